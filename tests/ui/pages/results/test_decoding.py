"""A blind event on the results page: numbers alone until the chief judge decodes the names before a witness."""

from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from data import models
from data.queries import sealing
from data.queries.sealing import hides_names
from tests.data import contest
from tests.ui.pages.results.driving import click, decode, finalise, headers, lines, open_dialog


def test_a_blind_event_shows_numbers_alone_until_it_is_final(qtbot, show, store, ready) -> None:
    with store.write("tester", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
        writing.insert(models.Draw, kind="numbers", state="drawn", record={}, frozen_at=writing.at)
    page = show(store)
    names = set(contest.NAMES)
    assert headers(page)[:3] == ["Place", "Number", "理论"]
    assert not names & {cell for row in lines(page) for cell in row}
    assert not page.findChild(QPushButton, "exportStandings").isEnabled()
    click(page.standings, "ladder")
    text = open_dialog(page, "ladderDialog").text()
    assert text.startswith("N-01\n")
    assert not any(name in text for name in (*names, "第一医院"))
    open_dialog(page, "ladderDialog").close()
    page.show_target("NT")
    assert lines(page) == []
    assert "totals of the units" in page.findChild(QLabel, "standingsNote").text()
    decode(qtbot, page)
    assert len(lines(page)) == 3
    finalise(qtbot, page)
    page.show_target("N")
    assert "张伟" in lines(page)[0]
    assert page.findChild(QPushButton, "exportStandings").isEnabled()


def test_decoding_takes_a_chief_judge_and_somebody_else(qtbot, show, nursing_marked) -> None:
    page = show(nursing_marked)
    assert "The names are sealed" in page.sealing.findChild(QLabel, "stripText").text()
    words = " ".join(label.text() for label in page.sealing.findChildren(QLabel))
    assert "number → name  sealed" in words
    assert sealing.sealing(nursing_marked).seal.stored in words
    chief = sealing.sealing(nursing_marked).chiefs[0]
    click(page.sealing, "decode")
    dialog = open_dialog(page, "decodingDialog")
    assert "✓ The list is the one that the numbers draw sealed" in dialog.findChild(QLabel, "sealWords").text()
    assert not dialog.yes.isEnabled()
    assert not dialog.reason.isVisible() or dialog._doubtful
    dialog.chief.setText("谁也不是")
    dialog.witness.setText("赵敏")
    dialog.reason.setText("理论成绩改日公布")
    dialog.yes.click()
    assert "no chief judge" in dialog.problem.text()
    assert hides_names(nursing_marked)
    dialog.chief.setText(f" {chief} ")
    dialog.yes.click()
    qtbot.waitUntil(lambda: not page._reading and not page._state.nameless)
    words = page.sealing.findChild(QLabel, "stripText").text()
    assert f"{chief} decoded the names before 赵敏" in words
    assert "The list is the one that the numbers draw sealed" in words
    assert not page.sealing.findChildren(QPushButton, "decode")


def test_names_that_were_exchanged_need_a_reason(qtbot, show, nursing_examined) -> None:
    with nursing_examined.write("tester", "test.exchange") as writing:
        one, other = models.Entrant.select().where(models.Entrant.number.is_null(False)).limit(2)
        writing.update(one, name=other.name)
    page = show(nursing_examined)
    click(page.sealing, "decode")
    dialog = open_dialog(page, "decodingDialog")
    assert "✕ The list is not the one" in dialog.findChild(QLabel, "sealWords").text()
    dialog.chief.setText(sealing.sealing(nursing_examined).chiefs[0])
    dialog.witness.setText("赵敏")
    assert not dialog.yes.isEnabled()
    dialog.reason.setText("参赛者改名")
    dialog.yes.click()
    qtbot.waitUntil(lambda: not page._reading and not page._state.nameless)
    assert "The list is not the one" in page.sealing.findChild(QLabel, "stripText").text()


def test_the_lanes_are_opened_before_the_names(qtbot, show, nursing_examined) -> None:
    with nursing_examined.write("tester", "test.lanes") as writing:
        writing.insert(models.Draw, kind="lanes", state="drawn", record={}, frozen_at=writing.at)
    page = show(nursing_examined)
    for left in (1, 0):
        click(page.sealing, "decode")
        dialog = [one for one in page.findChildren(QDialog, "decodingDialog") if one.isVisible()][-1]
        dialog.chief.setText(sealing.sealing(nursing_examined).chiefs[0])
        dialog.witness.setText("赵敏")
        dialog.yes.click()
        qtbot.waitUntil(lambda left=left: sum(one.is_sealed for one in page._state.sealing.layers) == left)
        if left:
            shown = [label.text() for label in page.sealing.findChildren(QLabel)]
            assert any(text.startswith("✓ lane → number  opened by") for text in shown)
    assert not page._state.nameless


def test_finalising_leads_to_the_decoding_first(qtbot, show, nursing_examined) -> None:
    page = show(nursing_examined)
    assert "decode the names" in page.purpose()
    click(page, "primary")
    click(open_dialog(page, "blockersDialog"), "mend")
    assert open_dialog(page, "decodingDialog").isVisible()
