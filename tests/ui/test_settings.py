"""What this computer remembers, and how it knows its screens."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui import screens, settings
from ui.settings import Settings


def test_choices_survive_a_restart(tmp_path):
    first = Settings(tmp_path / "settings.ini")
    assert (first.language, first.dark, first.operator, first.recent) == ("zh_CN", False, "", [])
    first.language, first.dark, first.operator, first.projector_screen = "en", True, "李敏", "HDMI-1|||"
    first.remember_widths("people", [100, 80])
    again = Settings(tmp_path / "settings.ini")
    assert (again.language, again.dark, again.operator) == ("en", True, "李敏")
    assert again.projector_screen == "HDMI-1|||"
    assert again.widths("people") == [100, 80]
    assert again.widths("other") == []


def test_an_unknown_language_is_the_default(tmp_path):
    made = Settings(tmp_path / "settings.ini")
    made.language = "fr"
    assert made.language == "zh_CN"


def test_recent_events_are_the_newest_first_and_still_there(tmp_path):
    made = Settings(tmp_path / "settings.ini")
    paths = [tmp_path / f"{n}.biwu" for n in range(10)]
    for path in paths:
        path.write_text("")
        made.remember_recent(path)
    made.remember_recent(paths[5])
    assert made.recent[:2] == [paths[5], paths[9]]
    assert len(made.recent) == 8
    paths[9].unlink()
    assert paths[9] not in made.recent


def test_they_are_in_the_users_own_folder():
    assert settings.default_path().name == "settings.ini"


def test_a_screen_is_found_by_its_identity(qtbot):
    (screen,) = QGuiApplication.screens()
    assert screens.find(screens.identity(screen)) is screen
    assert screens.find("unplugged|||") is None
    assert "×" in screens.label(screen)


def test_the_operators_own_screen_is_never_projected_on(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    assert screens.projector_screens(window) == []
    assert screens.choose_projector_screen("", window) is None
