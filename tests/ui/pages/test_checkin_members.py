"""The members of a team are named at the check-in desk, and nobody is told while names are sealed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from data import models
from data.actions.members import set_members
from data.errors import NotFound
from data.queries import entrants, members
from data.store import Store
from tests.data import choice_contest
from ui.pages.checkin import CheckinPage
from ui.widgets.people.members_dialog import MembersDialog


@pytest.fixture
def page(show_page, store: Store) -> CheckinPage:
    choice_contest.number_everyone(store)
    return show_page(CheckinPage, store)


def team_of(page: CheckinPage) -> entrants.EntrantRow:
    return next(row for row in entrants.entrants(page.desk.store, "T") if row.unit == "第一医院")


def dialog(page: CheckinPage) -> MembersDialog:
    page.card.members_button.click()
    return page.findChild(MembersDialog)


def words(page: CheckinPage) -> str:
    return page.card.findChild(QLabel, "arrivalMembers").text()


def test_members_are_ticked_and_shown_on_the_card(qtbot, page):
    row = team_of(page)
    page.show_target(row.id)
    assert words(page) == "No members are named yet."
    asked = dialog(page)
    people = members.team(page.desk.store, row.id).people
    assert asked.list.count() == len(people) == 4
    assert "competes alone: " in asked.list.item(0).text()
    assert asked.reason.isHidden()
    assert not asked.save_button.isEnabled()
    asked.tick(people[0].person_id)
    asked.tick(people[1].person_id)
    asked.save_button.click()
    assert [one.person_id for one in members.team(page.desk.store, row.id).members] == [
        one.person_id for one in people[:2]
    ]
    assert words(page) == f"Members: {people[0].name}、{people[1].name}"
    again = dialog(page)
    again.tick(people[0].person_id, on=False)
    assert again.count.text() == "1 member"
    again.reject()


def test_people_are_found_by_name_or_pinyin(qtbot, page):
    page.show_target(team_of(page).id)
    asked = dialog(page)
    asked.search.setText("zhao")
    shown = [asked.list.item(n).text() for n in range(asked.list.count()) if not asked.list.item(n).isHidden()]
    assert shown
    assert all(text.startswith("赵") for text in shown)
    asked.reject()


def test_other_teams_of_a_person_are_told(qtbot, page):
    row = team_of(page)
    with page.desk.store.write("t", "test.team") as writing:
        home = models.Entrant.get_by_id(row.id)
        other = writing.insert(
            models.Entrant, division=home.division_id, unit=home.unit_id, name="二队", token="7K3M2QX9"
        )
    person = members.team(page.desk.store, row.id).people[0].person_id
    set_members(page.desk.store, "t", other, [person])
    page.show_target(row.id)
    asked = dialog(page)
    assert "also in team 二队" in asked.list.item(0).text()
    asked.reject()


def test_after_the_team_performed_a_reason_is_asked_for(qtbot, page):
    row = team_of(page)
    with page.desk.store.write("t", "test.begin") as writing:
        station = models.Station.get(models.Station.code == "T1").id
        writing.insert(models.Visit, entrant=row.id, station=station, started_at=writing.at, ran_lane=1)
    page.show_target(row.id)
    asked = dialog(page)
    assert not asked.reason.isHidden()
    asked.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert not asked.save_button.isEnabled()
    asked.reason.setText("漏登")
    asked.save_button.click()
    assert len(members.team(page.desk.store, row.id).members) == 1


def test_what_is_refused_is_shown(qtbot, page):
    row = team_of(page)
    page.show_target(row.id)
    asked = dialog(page)
    asked.list.item(0).setCheckState(Qt.CheckState.Checked)
    with page.desk.store.write("t", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
    asked.save_button.click()
    assert "sealed" in asked.problem.text()
    asked.reject()


def test_a_person_and_a_sealed_team_have_no_members(qtbot, page):
    row = team_of(page)
    single = next(one for one in entrants.entrants(page.desk.store) if one.person_id)
    page.show_target(single.id)
    assert page.card.members_button.isHidden()
    with page.desk.store.write("t", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
    page.reread()
    page.show_target(row.id)
    assert page.card.members_button.isHidden()
    assert words(page) == ""


def test_a_team_that_is_gone_is_told(qtbot, page, monkeypatch):
    page.show_target(team_of(page).id)

    def gone(_store, _entrant):
        raise NotFound("gone", todo="look again")

    monkeypatch.setattr(members, "team", gone)
    page.card.members_button.click()
    assert page.findChild(MembersDialog) is None
    strip = " ".join(label.text() for label in page.findChildren(QLabel, "stripText"))
    assert "gone" in strip
