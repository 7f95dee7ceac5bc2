"""Another takes a contestant's place at the check-in desk, by name or while names are sealed."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from data import models
from data.actions.photos import import_photos
from data.errors import NotFound
from data.queries import entrants, substitution
from data.queries.pinyin_search import spellings
from data.rules.photos import PhotoReading, Picture
from tests.data.pictures import face
from tests.data.reserves import name_reserves
from ui.pages.checkin import CheckinPage
from ui.question import Question
from ui.widgets.people.substitution_dialog import SubstitutionDialog


@pytest.fixture
def page(show_page, drawn) -> CheckinPage:
    return show_page(CheckinPage, drawn)


def nurse(page: CheckinPage):
    return next(row for row in entrants.entrants(page.desk.store, "1H") if row.unit == "市人民医院")


def seal(page: CheckinPage) -> None:
    with page.desk.store.write("tester", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
    page.reread()


def dialog(page: CheckinPage) -> SubstitutionDialog:
    page.card.replace_button.click()
    return page.findChild(SubstitutionDialog)


def all_texts(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def strip(page: CheckinPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel, "stripText"))


def test_a_reserve_takes_the_place(qtbot, page) -> None:
    row = nurse(page)
    reserves = name_reserves(page.desk.store)["1H", 1]
    page.show_target(row.id)
    asked = dialog(page)
    assert row.name in all_texts(asked)
    assert [one.person_id for one in asked.table.model.rows()[:2]] == reserves
    assert asked.table.model.index(0, 0).data() == "Reserve 1"
    assert not asked.typed.isVisibleTo(asked)
    assert not asked.save_button.isEnabled()
    asked.table.choose(reserves[0])
    asked.reason.setText("生病")
    asked.save_button.click()
    after = entrants.entrant(page.desk.store, row.id)
    assert after.person_id == reserves[0]
    assert page.card.findChild(QLabel, "arrivalName").text() == after.name
    assert page.card.findChild(QLabel, "arrivalReplaced").text() == f"Replaces {row.name}: 生病"
    qtbot.waitUntil(lambda: f"{after.number} {after.name} has taken the place." in strip(page))
    with qtbot.waitSignal(page.desk.going) as going:
        next(b for b in page.findChildren(QPushButton) if b.text() == "Go to the papers").click()
    assert going.args == ["print", "badges"]


def test_the_list_is_searched_by_pinyin(page) -> None:
    page.show_target(nurse(page).id)
    asked = dialog(page)
    one = asked.table.model.rows()[-1]
    asked.table.set_search(list(spellings(one.name))[-1])
    assert one in asked.table.model.rows()
    assert len(asked.table.model.rows()) < len(asked.table.model.all_rows())


def test_what_is_refused_stays_in_the_dialog(page) -> None:
    row = nurse(page)
    page.show_target(row.id)
    asked = dialog(page)
    asked.table.choose(asked.table.model.rows()[0].person_id)
    asked.reason.setText("生病")
    with page.desk.store.write("tester", "test.disqualify") as writing:
        writing.update(models.Entrant.get_by_id(row.id), state="disqualified")
    asked.save_button.click()
    assert "is disqualified" in asked.problem.text()
    assert entrants.entrant(page.desk.store, row.id).person_id == row.person_id
    asked.reason.setText("病")
    assert asked.problem.text() == ""


def test_teams_and_disqualified_have_no_such_button(page) -> None:
    team = next(row for row in entrants.entrants(page.desk.store) if row.person_id is None)
    page.show_target(team.id)
    assert not page.card.replace_button.isVisible()
    page.show_target(nurse(page).id)
    assert page.card.replace_button.isVisible()


def test_nobody_left_to_join_is_said(page) -> None:
    row = nurse(page)
    made = SubstitutionDialog(page, row, [], page.desk.settings, lambda *_: None)
    assert "Nobody else of this unit and division is on the roster." in all_texts(made)
    assert not made.table.isVisibleTo(made)


def test_an_entrant_that_is_gone_is_told(qtbot, page, monkeypatch) -> None:
    row = nurse(page)
    page.show_target(row.id)

    def gone(_store, _entrant):
        raise NotFound("This entrant is not in the event any more.")

    monkeypatch.setattr(substitution, "substitutes", gone)
    page.card.replace_button.click()
    qtbot.waitUntil(lambda: "not in the event any more" in strip(page))


def test_while_names_are_sealed_no_name_is_in_sight(page) -> None:
    row = nurse(page)
    name_reserves(page.desk.store)
    everyone = substitution.substitutes(page.desk.store, row.id)
    with page.desk.store.read():
        numbers = dict(models.Person.select(models.Person.id, models.Person.id_number).tuples())
    seal(page)
    page.show_target(row.id)
    asked = dialog(page)
    names = {one.name for one in everyone} | {row.name, row.unit}
    texts = all_texts(asked) + " ".join(asked.table.model.index(n, 0).data() for n in range(2))
    assert row.number in texts
    assert not any(name in texts for name in names)
    assert len(asked.table.model.columns) == 1
    asked.reason.setText("生病")
    asked.typed.setText("某某某")
    asked.save_button.click()
    assert "Nobody of this unit and division" in asked.problem.text()
    asked.typed.setText(numbers[everyone[4].person_id])
    asked.save_button.click()
    assert entrants.entrant(page.desk.store, row.id).person_id == everyone[4].person_id
    assert not any(name in all_texts(page) + strip(page) for name in names)
    assert page.card.findChild(QLabel, "arrivalReplaced").text().startswith("This place was handed on")


def test_a_sealed_event_without_reserves_asks_for_somebody_typed(page) -> None:
    seal(page)
    page.show_target(nurse_by_number(page).id)
    asked = dialog(page)
    assert "No reserves were drawn" in all_texts(asked)
    assert asked.typed.isVisibleTo(asked)


def nurse_by_number(page: CheckinPage):
    return entrants.entrants(page.desk.store, "1H")[0]


def test_who_says_who_he_is_gets_his_number_alone(qtbot, page) -> None:
    row = nurse(page)
    with page.desk.store.read():
        number = models.Person.get_by_id(row.person_id).id_number
    seal(page)
    assert page.table.view.isColumnHidden(1)
    assert "ID number" in page.scan.placeholderText()
    page.scan.setText(number)
    page.scan.returnPressed.emit()
    assert page.card.findChild(QLabel, "arrivalNumber").text() == row.number
    page._choose(None)
    page.findChild(QPushButton, "findByName").click()
    question = page.findChild(Question)
    question.field.setText(row.name)
    question.yes.click()
    assert page.card.findChild(QLabel, "arrivalNumber").text() == row.number
    assert row.name not in all_texts(page)
    page._on_name("某某某")
    qtbot.waitUntil(lambda: "as number, ID number or full name" in strip(page))


def test_the_card_shows_the_face_but_not_while_names_are_sealed(page) -> None:
    row = nurse(page)
    page.show_target(row.id)
    assert not page.card.portrait.isVisible()
    with page.desk.store.read():
        number = models.Person.get_by_id(row.person_id).id_number
    import_photos(page.desk.store, "李敏", PhotoReading((Picture("a.jpg", number, (), face((413, 579))),)))
    page.reread()
    assert page.card.portrait.isVisible()
    assert not page.card.portrait.pixmap().isNull()
    seal(page)
    assert not page.card.portrait.isVisible()
