"""Ties decided and honours given on the page of results."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from data.actions import honours as honour_actions
from data.actions import results
from data.actions.setup import save_plan
from data.errors import InvalidInput
from data.queries import leaderboard, playoffs
from data.queries.honours import honours
from data.queries.plan import current_plan
from data.rules.plan import Honour
from tests.data import contest
from ui.pages.results import ResultsPage
from ui.widgets.results.honours_dialog import HonoursDialog
from ui.widgets.results.playoff_dialog import PlayoffDialog

HONOURS = (
    Honour("先进个人", "person", "place", 1),
    Honour("技术能手", "person", "awards", 2),
    Honour("先进团体", "unit", "place", 2),
    Honour("优秀组织奖", "unit", "attendance"),
    Honour("道德风尚奖", "person", "hand", 2),
    Honour("精神文明奖", "unit", "hand"),
)


@pytest.fixture
def tied(store):
    """The first two are equal over the line of the first prize; their entrants."""
    visits = contest.set_up(store)
    save_plan(store, "tester", replace(current_plan(store), honours=HONOURS), "荣誉")
    contest.mark_everyone(store, visits, (90, 90, 85, 80, 75, 70))
    return [contest.entrant_of(store, visit) for visit in visits]


@pytest.fixture
def page(qtbot, show_page, store, tied) -> ResultsPage:
    page = show_page(ResultsPage, store)
    qtbot.waitUntil(lambda: page.standings.state is not None and not page.is_reading)
    return page


def tie_of(store):
    return playoffs.ties(store, leaderboard.all_standings(store))[0]


@pytest.fixture
def open_tie(qtbot, store):
    """`open_tie(save=…, share=…)` opens the dialog of the first tie over a window that outlives it."""
    window = QWidget()
    qtbot.addWidget(window)

    def made(save=None, share=None) -> PlayoffDialog:
        dialog = PlayoffDialog(window, tie_of(store), save or (lambda *_: None), share or (lambda *_: None))
        dialog.open()
        return dialog

    yield made
    window.close()


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def cuts(store) -> list[tuple[str, str]]:
    return [(tie.cuts, tie.shares) for tie in leaderboard.standings(store, "N").ties]


def test_a_tie_over_an_award_line_is_shared_with_a_reason(qtbot, page, store) -> None:
    page.standings.view._menu.actions()[0].trigger()
    dialog = page.findChild(PlayoffDialog)
    assert dialog.playing.isChecked()
    assert dialog.reason.isHidden()
    dialog.sharing.click()
    assert not dialog.fields[0].isEnabled()
    assert dialog.save_button.text() == "Share the award"
    assert not dialog.save_button.isEnabled()
    dialog.reason.setText("组委会决定")
    click(dialog.save_button)
    assert cuts(store) == [("", "一等奖")]
    qtbot.waitUntil(
        lambda: page.standings.view._menu.actions()[0].text() == "Place 1: 张伟、李娜 (share 一等奖, as was decided)"
    )


def test_the_decision_is_shown_and_may_give_way_to_a_play_off(open_tie, store, tied) -> None:
    results.share_award(store, "裁判长", tied[:2], "组委会决定")
    saved = []
    dialog = open_tie(save=lambda places, reason: saved.append((places, reason)))
    assert dialog.sharing.isChecked()
    assert dialog.reason.text() == "组委会决定"
    dialog.playing.click()
    assert not dialog.save_button.isEnabled()
    for field, place in zip(dialog.fields, "21", strict=True):
        QTest.keyClicks(field, place)
    assert dialog.save_button.isEnabled()
    dialog.reason.clear()
    assert not dialog.save_button.isEnabled(), "how it was decided is changed, so there has to be a reason"
    dialog.reason.setText("改为加赛")
    click(dialog.save_button)
    assert saved == [({tied[0]: 2, tied[1]: 1}, "改为加赛")]


def test_what_is_refused_is_said_in_the_dialog(open_tie, tied) -> None:
    def refuse(_entrants, _reason) -> None:
        raise InvalidInput("These are no tie.")

    dialog = open_tie(share=refuse)
    dialog.sharing.click()
    dialog.reason.setText("组委会决定")
    click(dialog.save_button)
    assert dialog.isVisible()
    assert "These are no tie." in dialog.problem.text()
    dialog.reject()


def test_a_tie_that_no_award_depends_on_is_only_played(store, open_tie) -> None:
    contest.mark_everyone(store, contest.set_up(store), (95, 90, 90, 80, 75, 70))
    dialog = open_tie()
    assert dialog.sharing.isHidden()
    dialog.reject()


def test_a_line_of_the_standings_says_what_decided(qtbot, page, store, tied) -> None:
    results.record_playoff(store, "裁判长", {tied[0]: 2, tied[1]: 1})
    view = page.standings.view
    qtbot.waitUntil(lambda: not view.ties_button.isHidden() and view._menu.actions()[0].text().endswith("play-off)"))
    tips = [view.table.model.data(view.table.model.index(row, 0), Qt.ItemDataRole.ToolTipRole) for row in range(3)]
    assert tips[0] == "The total is that of others; the play-off decided."
    assert tips[2] in (None, "")


@pytest.fixture
def dialog(qtbot, page) -> HonoursDialog:
    click(page.standings.view.honours_button)
    found = page.findChild(HonoursDialog)
    qtbot.waitUntil(lambda: found.list.count() == len(HONOURS))
    return found


def shown(dialog: HonoursDialog) -> list[tuple[str, ...]]:
    items = [dialog.tree.topLevelItem(row) for row in range(dialog.tree.topLevelItemCount())]
    return [tuple(item.text(column) for column in range(4)) for item in items]


def in_list(dialog: HonoursDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_honours_wait_for_the_tie_and_are_given_by_the_rule(qtbot, page, store, tied, dialog) -> None:
    assert in_list(dialog) == [
        "先进个人  2",
        "技术能手  1",
        "先进团体  –",
        "优秀组织奖  –",
        "道德风尚奖  0/2",
        "精神文明奖  0",
    ]
    bases = []
    for row in range(len(HONOURS)):
        dialog.list.setCurrentRow(row)
        bases.append(dialog.basis.text())
    assert bases == [
        "The first of each division.",
        "Whoever has an award of the first 2 levels.",
        "The 2 units with the most award points: 8 of the first level, 4 of the second, 2 of the third, else 1.",
        "Units of which nobody was absent or withdrew.",
        "Decided by hand, each with a reason. The plan has 2.",
        "Decided by hand, each with a reason.",
    ]
    assert dialog.empty.text() == "Nobody has this honour."
    dialog.list.setCurrentRow(2)
    assert dialog.empty.text().startswith("Known when all marks are in")
    dialog.list.setCurrentRow(0)
    assert shown(dialog) == [
        ("N-01 张伟", "第一医院", "全县·护理组: place 1", "the rule"),
        ("N-02 李娜", "第一医院", "全县·护理组: place 1", "the rule"),
    ]


def test_an_honour_is_given_and_taken_back_in_the_dialog(qtbot, store, dialog) -> None:
    dialog.list.setCurrentRow(4)
    assert not dialog.give_button.isEnabled()
    dialog.who.setCurrentText("N-06 孙莉 · 第三医院")
    dialog.reason.setText("主动帮助他人")
    click(dialog.give_button)
    qtbot.waitUntil(lambda: shown(dialog) == [("N-06 孙莉", "第三医院", "主动帮助他人", "李敏")])
    assert in_list(dialog)[4] == "道德风尚奖  1/2"
    assert dialog.reason.text() == ""
    assert dialog.focusWidget() is dialog.who, "ready for the next one"
    dialog.list.setCurrentRow(0)
    dialog.reason.setText("违纪")
    assert not dialog.take_button.isEnabled()
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(1))
    click(dialog.take_button)
    qtbot.waitUntil(lambda: len(shown(dialog)) == 2 and shown(dialog)[1][2] == "taken back: 违纪")
    assert [one.name for one in honours(store)[0].holders] == ["张伟"]
    dialog.reason.setText("再议")
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(1))
    assert not dialog.take_button.isEnabled(), "it was taken back already"
    click(next(button for button in dialog.findChildren(QPushButton, "close")))


def test_what_is_refused_is_said_above_the_holders(qtbot, store, dialog) -> None:
    dialog.list.setCurrentRow(4)
    given = honours(store)[4]
    honour_actions.give_honour(store, "裁判长", given.id, given.candidates[0].key, "推荐")
    dialog.who.setCurrentText("N-01 张伟 · 第一医院")
    dialog.reason.setText("推荐")
    click(dialog.give_button)
    qtbot.waitUntil(lambda: dialog._problems.count() == 1)
    assert dialog.give_button.isEnabled()
    dialog.who.setCurrentText("没有这个人")
    assert not dialog.give_button.isEnabled()
    assert isinstance(dialog, QDialog)


def test_a_plan_without_honours_offers_none(qtbot, show_page, store) -> None:
    contest.mark_everyone(store, contest.set_up(store))
    page = show_page(ResultsPage, store)
    qtbot.waitUntil(lambda: page.standings.state is not None and not page.is_reading)
    assert page.standings.view.honours_button.isHidden()
