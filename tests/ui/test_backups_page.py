"""The backups page: what copies there are, one by hand, one for a USB stick, and the way back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton
from shiboken6 import delete

from data import store as stores
from data.store import Store
from tests.data.samples import add_unit, unit_names
from ui import dialogs
from ui.desk import Desk
from ui.pages.backups import BackupsPage


@pytest.fixture
def page(desk: Desk, qtbot) -> BackupsPage:
    made = BackupsPage(desk)
    qtbot.addWidget(made)
    return made


def settle(page: BackupsPage, qtbot) -> None:
    qtbot.waitUntil(lambda: not page.desk.tasks.running and not page._settle.isActive())


def show(page: BackupsPage, qtbot) -> None:
    page.resize(1080, 640)
    page.show()
    settle(page, qtbot)


def press(page: BackupsPage, text: str, qtbot) -> None:
    (button,) = [button for button in page.findChildren(QPushButton) if button.text() == text]
    assert button.isEnabled()
    button.click()
    settle(page, qtbot)


def texts(page: BackupsPage, column: int) -> list[str]:
    return [page.copies.model.columns[column].text(copy) for copy in page.copies.model.rows()]


def test_without_a_copy_the_page_says_when_one_comes(page: BackupsPage, qtbot) -> None:
    show(page, qtbot)
    assert not page.copies.isVisible()
    assert not page.findChild(QPushButton, "restore").isEnabled()
    assert "event.backups" in page.findChild(QLabel, "backupsFolder").text()


def test_copy_now(page: BackupsPage, qtbot) -> None:
    said: list[str] = []
    page.desk.said.connect(said.append)
    show(page, qtbot)
    press(page, "Copy now", qtbot)
    qtbot.waitUntil(page.copies.isVisible)
    assert texts(page, 1) == ["Copied by hand"]
    assert texts(page, 3) == ["✓ Whole"]
    assert said[0].startswith("Copied and verified: 000001_")


def test_every_reason_has_its_words(page: BackupsPage, store: Store, qtbot) -> None:
    add_unit(store, "高安市人民医院", action="draws.draw")
    qtbot.waitUntil(lambda: len(page.desk.backups.copies()) == 1)
    add_unit(store, "高安市中医院")
    page.desk.backups.tick()
    show(page, qtbot)
    assert texts(page, 1) == ["Minute with changes", "Drew"]


def test_a_copy_made_elsewhere_appears(page: BackupsPage, qtbot) -> None:
    page.desk.backups.copy()
    show(page, qtbot)
    page.desk.backups.copy()
    qtbot.waitUntil(lambda: len(page.copies.model.rows()) == 2)


def test_a_hidden_page_reads_when_it_is_shown_again(page: BackupsPage, qtbot) -> None:
    page.desk.backups.copy()
    show(page, qtbot)
    page.hide()
    with qtbot.waitSignal(page._watcher.directoryChanged):
        page.desk.backups.copy()
    show(page, qtbot)
    qtbot.waitUntil(lambda: len(page.copies.model.rows()) == 2)


def test_a_copy_becomes_a_new_event(
    page: BackupsPage, store: Store, qtbot, answers, tmp_path: Path, monkeypatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "inform", lambda parent, title, text: told.append(text))
    add_unit(store, "高安市人民医院")
    page.desk.backups.copy()
    add_unit(store, "高安市中医院")
    show(page, qtbot)
    answers.path = tmp_path / "again.biwu"
    press(page, "Open a copy as a new event…", qtbot)
    restored = stores.open_store(tmp_path / "again.biwu")
    assert unit_names(restored) == ["高安市人民医院"]
    restored.close()
    assert str(tmp_path / "again.biwu") in told[0]
    assert len(unit_names(store)) == 2


def test_the_copy_that_was_chosen_is_opened_though_another_came_meanwhile(
    page: BackupsPage, store: Store, qtbot, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(dialogs, "inform", lambda parent, title, text: None)
    chosen: list[Callable[[Path], None]] = []
    monkeypatch.setattr(dialogs, "save_file", lambda *arguments: chosen.append(arguments[4]))
    add_unit(store, "高安市人民医院")
    page.desk.backups.copy()
    show(page, qtbot)
    press(page, "Open a copy as a new event…", qtbot)
    add_unit(store, "高安市中医院")
    newest = page.desk.backups.copy()
    page._show([newest])
    assert page.copies.current() == newest
    chosen[0](tmp_path / "again.biwu")
    settle(page, qtbot)
    restored = stores.open_store(tmp_path / "again.biwu")
    assert unit_names(restored) == ["高安市人民医院"]
    restored.close()


def test_copies_read_for_a_page_that_is_gone_are_dropped(desk: Desk) -> None:
    gone = BackupsPage(desk)
    delete(gone)
    gone._show([])


def test_a_damaged_copy_is_marked_and_cannot_be_opened(page: BackupsPage, qtbot) -> None:
    page.desk.backups.copy().path.write_bytes(b"x" * 9000)
    show(page, qtbot)
    assert texts(page, 3) == ["✕ Damaged"]
    assert not page.findChild(QPushButton, "restore").isEnabled()


def test_the_event_goes_to_another_folder(page: BackupsPage, store: Store, qtbot, answers, tmp_path: Path) -> None:
    add_unit(store, "高安市人民医院")
    show(page, qtbot)
    usb = tmp_path / "usb"
    usb.mkdir()
    answers.path = usb / "event.biwu"
    press(page, "Copy to another folder…", qtbot)
    reader = stores.open_read_only(usb / "event.biwu")
    assert unit_names(reader) == ["高安市人民医院"]
    reader.close()


def test_an_existing_file_is_never_overwritten(
    page: BackupsPage, store: Store, qtbot, answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: list[str] = []
    monkeypatch.setattr("ui.tasks.show_error", lambda parent, error: errors.append(str(error)))
    show(page, qtbot)
    answers.path = store.path
    press(page, "Copy to another folder…", qtbot)
    assert "exists already" in errors[0]


def test_why_no_copy_could_be_made_stands_at_the_top(page: BackupsPage, store: Store, qtbot) -> None:
    page.desk.backups.folder.write_text("a file is in the way")
    add_unit(store, "高安市人民医院", action="draws.draw")
    qtbot.waitUntil(lambda: page.desk.backups.last_error is not None)
    page.desk.backups.folder.unlink()
    show(page, qtbot)
    assert "could not be written" in page.findChild(QLabel, "stripText").text()


def test_show_the_folder(page: BackupsPage, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page.desk.backups.copy()
    show(page, qtbot)
    press(page, "Show the folder", qtbot)
    assert opened == [str(page.desk.backups.folder)]


def test_a_page_reads_nothing_while_its_event_closes(page: BackupsPage, desk: Desk, qtbot) -> None:
    show(page, qtbot)
    desk.close()
    page.reread()
    assert not desk.tasks.running
