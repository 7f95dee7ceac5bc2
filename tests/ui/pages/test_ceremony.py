"""The ceremony of a draw, driven from the draws page as an operator drives it in front of the hall."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from data import models
from data.actions import draws as actions
from data.queries import draws as queries
from tests.conftest import SEED_PARTS
from tests.ui.pages.test_draws_page import answer, button, by_text, dialog_of, settle, turn_to, type_seed
from ui.pages.draws import DrawsPage
from ui.pages.projector import ProjectorPage
from ui.projector.ceremony import DRAW, LIST, RESULT, SEED
from ui.projector.ceremony_slides import HashSlide, SealedSlide, SeedSlide, StepSlide
from ui.projector.slides import BlankSlide, TitleSlide
from ui.projector.window import ProjectorWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_page(qtbot, show_page):
    def make(store) -> DrawsPage:
        page = show_page(DrawsPage, store)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        settle(qtbot, page)
        return page

    return make


def show_ceremony(qtbot, page) -> None:
    qtbot.mouseClick(button(page, "showCeremony"), LEFT)
    qtbot.waitUntil(lambda: page.ceremony.show_ is not None)
    settle(qtbot, page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.waitUntil(lambda: page.focusWidget() is page.ceremony)


def at(page) -> tuple[str, int]:
    return page.ceremony.show_.stage, page.ceremony.show_.position


def pill(page) -> str:
    return page.findChild(QLabel, "ceremonyState").text()


def press(qtbot, page, *keys: Qt.Key) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    for key in keys:
        qtbot.keyClick(page.focusWidget() or page, key)


def test_from_the_frozen_list_to_the_result(qtbot, open_page, nursing_rostered):
    draw_id = actions.freeze(nursing_rostered, "李敏", "selection")
    page = open_page(nursing_rostered)
    panel = page.panels["selection"]
    assert not page.ceremony.isVisible()
    show_ceremony(qtbot, page)
    assert page.ceremony.isVisible()
    assert isinstance(page.ceremony.preview.slide, HashSlide)
    assert page.findChild(ProjectorWindow).view.slide == page.ceremony.preview.slide
    press(qtbot, page, Qt.Key.Key_Space, Qt.Key.Key_Right)
    assert at(page) == (LIST, 2)
    assert not button(page, "stage:draw").isEnabled()
    type_seed(qtbot, page, "selection")
    assert at(page) == (SEED, 0)
    slide = page.ceremony.preview.slide
    assert isinstance(slide, SeedSlide)
    assert [(line.part, line.witness) for line in slide.lines] == [("08 15 6", "甲"), ("高安", "乙")]
    assert (slide.key, slide.note) == ("6.8.15./高安/", "")
    qtbot.mouseClick(button(page, "primary"), LEFT)
    answer(qtbot, page)
    qtbot.waitUntil(lambda: at(page)[0] == DRAW)
    assert queries.current(nursing_rostered, "selection").state == "drawn"
    assert panel.seed.seed_parts() == ["", ""]
    page.ceremony.show_.step()
    slide = page.ceremony.preview.slide
    assert isinstance(slide, StepSlide)
    assert slide.now.id == queries.steps(queries.record(nursing_rostered, draw_id))[0].id
    qtbot.waitUntil(lambda: page.focusWidget() is page.ceremony)
    press(qtbot, page, Qt.Key.Key_S, Qt.Key.Key_Right)
    assert at(page) == (RESULT, 0)
    qtbot.mouseClick(button(page, "ceremonyEnd"), LEFT)
    assert isinstance(page.ceremony.hall.slide, TitleSlide)
    assert not page.ceremony.isVisible()
    assert page.focusWidget() is page  # and not some button that the next key would press


def test_the_buttons_do_what_the_keys_do(qtbot, open_page, drawn):
    page = open_page(drawn)
    turn_to(qtbot, page, "selection")
    show_ceremony(qtbot, page)
    for name, place in (
        ("ceremonyNext", (LIST, 1)),
        ("ceremonySkip", (LIST, page.ceremony.show_.last)),
        ("ceremonyBack", (LIST, page.ceremony.show_.last - 1)),
        ("stage:draw", (DRAW, 0)),
        ("stage:result", (RESULT, 0)),
    ):
        qtbot.mouseClick(button(page, name), LEFT)
        assert at(page) == place
    qtbot.mouseClick(button(page, "speed:fast"), LEFT)
    assert page.ceremony.show_.speed == "fast"
    qtbot.mouseClick(button(page, "ceremonyPause"), LEFT)
    assert button(page, "ceremonyPause").text() == "Go on (P)"
    qtbot.mouseClick(button(page, "ceremonyBlank"), LEFT)
    assert (pill(page), page.ceremony.hall.slide) == ("▲ black", BlankSlide())
    press(qtbot, page, Qt.Key.Key_B)
    assert pill(page) == "● live"
    qtbot.mouseClick(button(page, "ceremonyWindow"), LEFT)
    assert pill(page) == "– projector off"
    qtbot.mouseClick(button(page, "ceremonyWindow"), LEFT)
    assert pill(page) == "● live"


def test_the_projector_knows_the_same_keys(qtbot, open_page, drawn):
    page = open_page(drawn)
    show_ceremony(qtbot, page)
    window = page.findChild(ProjectorWindow)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert at(page) == (LIST, 1)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert at(page) == (LIST, 1)


def test_keys_go_into_a_field_and_the_space_bar_to_a_button(qtbot, open_page, nursing_rostered):
    actions.freeze(nursing_rostered, "李敏", "selection")
    page = open_page(nursing_rostered)
    show_ceremony(qtbot, page)
    field = page.panels["selection"].findChild(QLineEdit, "part1")
    field.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_B, Qt.Key.Key_Space, Qt.Key.Key_S, Qt.Key.Key_Left):
        qtbot.keyClick(field, key)
    assert field.text() == "1b s"
    assert (at(page), page.ceremony.hall.blank, page.ceremony.show_.speed) == ((SEED, 0), False, "normal")
    press_button = button(page, "showCeremony")
    press_button.setFocus()
    qtbot.keyClick(press_button, Qt.Key.Key_Space)
    assert page.ceremony.show_ is None


def test_the_language_stays_while_a_seed_is_typed_or_a_ceremony_is_on(qtbot, open_page, nursing_rostered):
    actions.freeze(nursing_rostered, "李敏", "selection")
    page = open_page(nursing_rostered)
    assert page.why_it_stays() == ""
    field = page.panels["selection"].findChild(QLineEdit, "witness2")
    field.setText("赵")
    assert "A seed is being typed" in page.why_it_stays()
    field.clear()
    show_ceremony(qtbot, page)
    assert "ceremony of a draw is on" in page.why_it_stays()
    qtbot.mouseClick(button(page, "showCeremony"), LEFT)
    assert page.why_it_stays() == ""


def test_voiding_the_draw_ends_its_ceremony(qtbot, open_page, nursing_rostered):
    actions.freeze(nursing_rostered, "李敏", "selection")
    page = open_page(nursing_rostered)
    show_ceremony(qtbot, page)
    by_text(page, "Void…").click()
    answer(qtbot, page, "名单漏了一人")
    qtbot.waitUntil(lambda: page.ceremony.show_ is None)
    assert isinstance(page.ceremony.hall.slide, TitleSlide)


def test_a_blind_draw_goes_from_the_seed_to_its_seal(qtbot, open_page, nursing_drawn):
    actions.void(nursing_drawn, "李敏", queries.current(nursing_drawn, "numbers").id, "重抽")
    actions.freeze(nursing_drawn, "李敏", "numbers")
    page = open_page(nursing_drawn)
    show_ceremony(qtbot, page)
    type_seed(qtbot, page, "numbers")
    page._go_on()
    answer(qtbot, page)
    qtbot.waitUntil(lambda: at(page) == (RESULT, 0))
    slide = page.ceremony.preview.slide
    assert isinstance(slide, SealedSlide)
    assert slide.statement == "42 numbers given, sealed until they are decoded"
    settle(qtbot, page)
    panel = page.panels["numbers"]
    assert panel.findChild(QLabel, "drawnKey").text() == "6.8.15./高安/"
    assert not panel.list.isVisible()
    assert not panel.list.model.all_rows()
    assert not panel.steps.model.all_rows()
    assert panel.list.view.isColumnHidden(2)
    assert panel.list.view.isColumnHidden(3)


def test_the_ceremony_and_the_leaderboard_never_fight(qtbot, open_page, drawn):
    draws = open_page(drawn)
    projector = ProjectorPage(draws.desk)
    qtbot.addWidget(projector)
    projector.show()
    item = projector.divisions.item(0)
    item.setCheckState(Qt.CheckState.Checked)
    assert projector.hall.board.released
    show_ceremony(qtbot, draws)
    assert isinstance(projector.preview.slide, HashSlide)
    assert item.checkState() == Qt.CheckState.Unchecked
    assert not projector.divisions.isEnabled()
    assert projector.findChild(QLabel, "projectorState").text() == "● live: draw ceremony"
    assert "ceremony of a draw" in projector.findChild(QLabel, "pagePurpose").text()
    with qtbot.waitSignal(projector.desk.going) as going:
        by_text(projector, "Go to the draws page").click()
    assert going.args[0] == "draws"
    draws.ceremony.end()
    assert projector.divisions.isEnabled()
    assert isinstance(projector.preview.slide, TitleSlide)


def test_another_kind_leaves_the_ceremony_on_and_can_take_its_place(qtbot, open_page, drawn):
    page = open_page(drawn)
    show_ceremony(qtbot, page)
    assert page.ceremony.show_.ceremony.kind == "numbers"
    turn_to(qtbot, page, "selection")
    assert button(page, "showCeremony").text() == "Show the ceremony"
    assert page.ceremony.isVisible()
    show_ceremony(qtbot, page)
    qtbot.waitUntil(lambda: page.ceremony.show_.ceremony.kind == "selection")


def test_lanes_and_judges_are_optional_and_drawn_in_their_order(qtbot, open_page, drawn):
    page = open_page(drawn)
    assert button(page, "choice:items").isHidden()
    assert "– optional" in button(page, "choice:lanes").text()
    assert "– optional" in button(page, "choice:judges").text()
    for kind in ("judges", "lanes"):
        turn_to(qtbot, page, kind)
        panel = page.panels[kind]
        assert "No judge of the own unit" in panel.findChild(QLabel, "drawSettings").text()
        qtbot.mouseClick(button(page, "primary"), LEFT)
        qtbot.waitUntil(lambda kind=kind: queries.current(drawn, kind) is not None)
        settle(qtbot, page)
        row = queries.current(drawn, kind)
        actions.draw(drawn, "李敏", row.id, SEED_PARTS, ("王建国", "赵芳"))
        qtbot.waitUntil(lambda panel=panel: panel.view.row is not None and panel.view.row.state == "drawn")
        settle(qtbot, page)
        panel.steps.set_filter("Passed over")
        assert {walked.step.taken for walked in panel.steps.model.rows()} == {False}
        panel.steps.set_filter("Passed over", on=False)
        taken = [walked.step.id for walked in panel.steps.model.all_rows() if walked.step.taken]
        assert len(taken) == queries.current(drawn, kind).results


def test_what_is_needed_first_is_told_and_leads_there(qtbot, open_page, rostered):
    page = open_page(rostered)
    turn_to(qtbot, page, "lanes")
    assert not button(page, "primary").isEnabled()
    panel = page.panels["lanes"]
    assert "Draw the contestant numbers first." in panel.findChild(QLabel, "stripText").text()
    qtbot.mouseClick(panel.findChild(QPushButton, "need"), LEFT)
    settle(qtbot, page)
    assert button(page, "choice:numbers").isChecked()
    with qtbot.waitSignal(page.desk.going) as going:
        qtbot.mouseClick(page.panels["numbers"].findChild(QPushButton, "changeSettings"), LEFT)
    assert going.args == ["setup", "赛事"]


def test_rules_that_cannot_hold_are_told_at_the_freeze(qtbot, open_page, drawn):
    actions.void(drawn, "李敏", queries.current(drawn, "numbers").id, "重抽")
    with drawn.write("test", "test.apart") as writing:
        unit = models.Unit.get()
        writing.update(models.Event.get(), apart=True)
        for entrant in models.Entrant.select():
            writing.update(entrant, unit=unit.id)
    page = open_page(drawn)
    assert "Colleagues never follow each other" in page.panels["numbers"].findChild(QLabel, "drawSettings").text()
    qtbot.mouseClick(button(page, "primary"), LEFT)
    dialog = dialog_of(qtbot, page, "errorDialog")
    said = " ".join(found.text() for found in dialog.findChildren(QLabel))
    dialog.close()
    assert "No draw could keep the rules of this list" in said
    assert unit.name in said
    assert queries.current(drawn, "numbers") is None


def test_staff_are_needed_before_anything_is_drawn(qtbot, open_page, planned):
    page = open_page(planned)
    panel = page.panels["selection"]
    with qtbot.waitSignal(page.desk.going) as going:
        qtbot.mouseClick(panel.findChild(QPushButton, "need"), LEFT)
    assert going.args[0] == "roster"
    turn_to(qtbot, page, "numbers")
    assert not button(page, "primary").isEnabled()
