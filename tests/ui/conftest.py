"""What the tests of the user interface share: a desk without a window, and answers for file dialogs."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from data.store import Store
from ui import dialogs, theme
from ui.desk import Desk
from ui.pages.page import Page
from ui.path_chooser import PathChooser
from ui.settings import Settings

# How long a wait for a signal or a state may last before it counts as a fault, also on a loaded machine.
QtBot.waitUntil.__kwdefaults__["timeout"] = 60_000
QtBot.waitSignal.__kwdefaults__["timeout"] = 60_000

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    """The desk's fonts and style sheet."""
    if not qapp.styleSheet():
        theme.load_fonts()
        theme.apply(qapp)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def make_desk(settings: Settings) -> Iterator:
    """`make_desk(store)` gives a Desk over any store; all are closed after the test."""
    made: list[Desk] = []

    def make(store) -> Desk:
        desk = Desk(store, settings)
        desk.sit_down("李敏")
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(make_desk, store) -> Desk:
    """A desk over an empty event file."""
    return make_desk(store)


@pytest.fixture
def show_page(qtbot: QtBot, make_desk) -> Callable[[type[Page], Store], Page]:
    """`show_page(CheckinPage, store)` shows a page over a store, as large as in the smallest window."""

    def show(kind: type[Page], store: Store) -> Page:
        page = kind(make_desk(store))
        qtbot.addWidget(page)
        page.resize(1088, 630)
        page.show()
        return page

    return show


class Answers:
    """Answers every file dialog that the tested page opens: set `path` (or `paths`) first."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.asked: list[str] = []

    @property
    def path(self) -> Path:
        return self.paths[0]

    @path.setter
    def path(self, value: Path) -> None:
        self.paths = [value]

    def show(self, chooser: PathChooser) -> None:
        self.asked.append(chooser.windowTitle())
        if self.paths:
            chooser.answer([str(path) for path in self.paths])
        chooser.deleteLater()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    made = Answers()
    monkeypatch.setattr(dialogs, "show_chooser", made.show)
    return made
