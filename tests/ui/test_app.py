"""The one function that main.py calls: what is open afterwards, and that nothing is left behind."""

import sys

import pytest

from data import i18n
from data import store as stores
from ui import app
from ui.settings import Settings


@pytest.fixture
def run(qapp, monkeypatch, tmp_path):
    """Runs the application with an event loop that looks at the open windows and ends."""
    seen = []

    def look() -> int:
        seen.extend(window.objectName() for window in qapp.topLevelWidgets() if window.isVisible())
        for window in qapp.topLevelWidgets():
            window.close()
        return 7

    monkeypatch.setattr(app, "QApplication", lambda _arguments: qapp)
    monkeypatch.setattr(qapp, "exec", look, raising=False)
    monkeypatch.setattr(app, "default_path", lambda: tmp_path / "settings.ini")

    def start(*arguments, **named):
        seen.clear()
        assert app.run(*arguments, **named) == 7
        assert sys.excepthook is sys.__excepthook__
        return seen

    return start


def test_without_a_file_the_choice_is_shown_in_chinese(run):
    assert run(None) == ["startWindow"]
    assert i18n.language() == "zh_CN"


def test_with_a_file_the_event_is_shown(run, tmp_path):
    stores.create(tmp_path / "a.biwu").close()
    assert run(tmp_path / "a.biwu", language="en") == ["mainWindow"]
    assert i18n.language() == "en"
    assert Settings(tmp_path / "settings.ini").recent == [tmp_path / "a.biwu"]
    stores.open_store(tmp_path / "a.biwu").close()


def test_a_file_that_is_gone_leads_to_the_choice(run, tmp_path):
    assert "startWindow" in run(tmp_path / "gone.biwu")
