"""The results page as a whole: where it leads before there is anything, and how it reads."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from data.actions import checkin, locks, marks
from data.errors import NotFound
from data.queries.blockers import Blocker
from tests.data import contest
from tests.ui.pages.results.driving import click, lines, open_dialog, told


def test_an_empty_file_leads_to_the_setup(qtbot, show, store) -> None:
    page = show(store)
    assert not page.tabs.isVisible()
    with qtbot.waitSignal(page.desk.going) as going:
        click(page, "emptyGo")
    assert going.args[0] == "setup"


def test_a_plan_without_entrants_leads_to_the_draws(qtbot, show, nursing_planned) -> None:
    page = show(nursing_planned)
    with qtbot.waitSignal(page.desk.going) as going:
        click(page, "emptyGo")
    assert going.args[0] == "draws"
    assert not page.findChild(QPushButton, "primary").isVisible()


def test_entrants_without_a_mark_lead_to_score_entry_until_one_is_in(qtbot, show, store) -> None:
    visits = contest.set_up(store)
    page = show(store)
    with qtbot.waitSignal(page.desk.going) as going:
        click(page, "emptyGo")
    assert going.args[0] == "score_entry"
    contest.hand_in_total(store, visits[2], 80)
    qtbot.waitUntil(lambda: page.tabs.isVisible())
    assert told(page) == "Provisional: 0 of 9 entrants have all their marks in."


def test_an_event_that_everyone_left_leads_to_the_draws(qtbot, show, store, ready) -> None:
    for visit in ready:
        checkin.set_state(store, "李敏", contest.entrant_of(store, visit), "withdrew", "停电")
    page = show(store)
    assert told(page) == "Nobody competes in this event yet."
    assert lines(page)[0][-1] == "✕ withdrew"
    assert page.findChild(QLabel, "standingsState").text() == "nobody competes"
    click(page, "primary")
    with qtbot.waitSignal(page.desk.going) as going:
        click(open_dialog(page, "blockersDialog"), "mend")
    assert going.args[0] == "draws"


def test_a_mark_handed_in_elsewhere_shows_at_once(qtbot, show, store, ready) -> None:
    page = show(store)
    assert lines(page)[0][:3] == ["1", "N-01", "张伟"]
    for seat in (1, 2):
        marks.hand_in(store, "裁判长", ready[5], seat, {}, total_milli=100_000, reason="申诉成立")
    qtbot.waitUntil(lambda: lines(page)[0][2] == "孙莉")


def test_changes_during_a_read_are_read_after_it(qtbot, show, store, ready) -> None:
    page = show(store)
    page.reread()
    page.reread()
    assert page._outdated
    qtbot.waitUntil(lambda: not page._reading and not page._outdated)


def test_what_cannot_be_read_is_told_at_the_top(qtbot, show, store, ready, monkeypatch) -> None:
    page = show(store)

    def fail(_store):
        raise NotFound("The file is gone.", todo="Look for it.")

    monkeypatch.setattr("ui.pages.results.result_state", fail)
    page.reread()
    qtbot.waitUntil(lambda: any("The file is gone." in one.text() for one in page.findChildren(QLabel, "stripText")))
    assert lines(page)[0][2] == "张伟"


def test_what_keeps_it_back_is_said_before_what_only_waits_for_a_lock(qtbot, show, store, ready) -> None:
    page = show(store)
    unlocked = Blocker("unlocked", "N", "It is not locked.", "Lock it.", ())
    unread = Blocker("unread", "NT", "One sheet is to be typed again.", "Type it.", ())
    page._state = replace(page._state, blockers=(unlocked, unread))
    assert page.purpose() == unread.text


def test_the_list_says_which_divisions_are_locked(qtbot, show, store, ready) -> None:
    page = show(store)

    def said() -> list[str]:
        divisions = page.standings.divisions
        return [divisions.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(divisions.count())]

    assert all("complete" in text for text in said())
    locks.lock_divisions(store, "李敏", ["N"])
    qtbot.waitUntil(lambda: "✓ locked" in said()[0])


def test_the_page_knows_the_way_back_to_what_is_in_sight(show, store, ready) -> None:
    page = show(store, "NT")
    assert page.place() == "NT"
    page.tabs.setCurrentWidget(page.appeals)
    assert page.place() == "appeals"
    page.show_target("history")
    assert page.place() == "history"
    page.show_target("N")
    assert page.place() == "N"
    page._reading = True
    page.show_target("NT")
    assert page.place() == "NT"
    page._reading = False
