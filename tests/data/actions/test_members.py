"""Members of a team: who may be one, what that means for the timetable, and what stays closed in a blind event."""

import pytest

from data import models
from data.actions import draws as draw_actions
from data.actions import roster
from data.actions.members import set_members
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import audit_log, draws, entrants, members, readiness
from data.queries import schedule as schedule_queries
from data.queries.roster_import import preview_import
from data.rules import rotation
from data.rules.draw_record import ITEMS, SELECTION
from data.rules.roster import RosterReading, RosterRow
from data.store import Store
from data.verify import verify_file
from tests.data import choice_contest


@pytest.fixture
def drawn(store: Store) -> Store:
    """The contest with optional stations: teams of four hospitals, two people of each in each division."""
    choice_contest.number_everyone(store)
    choice_contest.draw_kind(store, ITEMS)
    return store


def team_of(store: Store, unit: str = "第一医院") -> entrants.EntrantRow:
    return next(row for row in entrants.entrants(store, "T") if row.unit == unit)


def people_of(store: Store, unit: str = "第一医院") -> list[int]:
    with store.read():
        rows = models.Person.select(models.Person.id).join(models.Unit).where(models.Unit.name == unit)
        return [person for (person,) in rows.order_by(models.Person.id).tuples()]


def log_length(store: Store) -> int:
    with store.read():
        return int(models.Audit.select().count())


def put_mark(store: Store, team: int) -> None:
    with store.write("t", "test.mark") as writing:
        station = models.Station.get(models.Station.code == "T1").id
        visit = writing.insert(models.Visit, entrant=team, station=station)
        mark = {"visit": visit, "seat": 1, "version": 1, "latest": True, "values": {}, "total_milli": 0}
        writing.insert(models.Mark, **mark, actor="t", at=writing.at)


def test_members_are_named_changed_and_taken_out_again(drawn: Store):
    team, people = team_of(drawn), people_of(drawn)
    assert members.members_by_team(drawn) == {}
    set_members(drawn, "李敏", team.id, people[:2])
    before = log_length(drawn)
    set_members(drawn, "李敏", team.id, reversed(people[:2]))
    assert log_length(drawn) == before
    set_members(drawn, "李敏", team.id, [people[1], people[3]])
    found = members.team(drawn, team.id)
    assert [one.person_id for one in found.people] == [one.person_id for one in sorted(
        found.people, key=lambda one: members.name_order.by_pinyin(one.name))]  # fmt: skip
    assert {one.person_id for one in found.members} == {people[1], people[3]}
    assert members.members_by_team(drawn)[team.id] == tuple(one.name for one in found.members)
    set_members(drawn, "李敏", team.id, [])
    assert members.members_by_team(drawn) == {}


def test_a_team_shows_who_competes_alone_and_in_other_teams(drawn: Store):
    team, people = team_of(drawn), people_of(drawn)
    with drawn.write("t", "test.team") as writing:
        row = models.Entrant.get_by_id(team.id)
        other = writing.insert(
            models.Entrant, division=row.division_id, unit=row.unit_id, name="第一医院2队", token="7K3M2QX9"
        )
        extra = writing.insert(models.Person, unit=row.unit_id, division=1, name="丁")
    set_members(drawn, "李敏", other, [people[0]])
    shown = {one.person_id: one for one in members.team(drawn, team.id).people}
    alone = {row.person_id: row.number for row in entrants.entrants(drawn)}
    assert shown[people[0]].number == alone[people[0]]
    assert shown[people[0]].competes
    assert shown[people[0]].teams == ("第一医院2队",)
    assert not shown[people[0]].is_member
    assert (shown[extra].competes, shown[extra].number, shown[extra].teams) == (False, "", ())


def test_the_day_never_has_a_team_and_its_member_at_once(drawn: Store):
    team, people = team_of(drawn), people_of(drawn)
    set_members(drawn, "李敏", team.id, people)
    problem = schedule_queries.problem(drawn)
    alone = {row.id for row in entrants.entrants(drawn) if row.person_id in people}
    (planned,) = [entrant for entrant in problem.entrants if entrant.id == team.id]
    assert set(planned.shares) == alone
    slots = rotation.solve(problem, waiting_budget=0.0).slots
    of_team = [slot for slot in slots if slot.entrant == team.id]
    others = [slot for slot in slots if slot.entrant in alone]
    assert of_team
    assert others
    assert not [one for one in of_team for other in others if one.starts < other.ends and other.starts < one.ends]


def test_who_cannot_be_a_member_is_refused(drawn: Store):
    team, people = team_of(drawn), people_of(drawn)
    with pytest.raises(InvalidInput, match="twice"):
        set_members(drawn, "李敏", team.id, [people[0], people[0]])
    with pytest.raises(NotAllowed, match="another unit"):
        set_members(drawn, "李敏", team.id, [people_of(drawn, "第二医院")[0]])
    with pytest.raises(NotFound, match="roster"):
        set_members(drawn, "李敏", team.id, [10**6])
    with pytest.raises(NotFound, match="entrant"):
        set_members(drawn, "李敏", 10**6, [])
    single = next(row for row in entrants.entrants(drawn) if row.person_id)
    with pytest.raises(NotAllowed, match="Only a team"):
        set_members(drawn, "李敏", single.id, [])
    assert members.members_by_team(drawn) == {}


def test_after_a_team_performed_its_members_change_with_a_reason(drawn: Store):
    team, people = team_of(drawn), people_of(drawn)
    assert not members.team(drawn, team.id).has_performed
    put_mark(drawn, team.id)
    assert members.team(drawn, team.id).has_performed
    with pytest.raises(InvalidInput, match="reason"):
        set_members(drawn, "李敏", team.id, people[:1], " ")
    set_members(drawn, "李敏", team.id, people[:1], "漏登")
    assert len(members.team(drawn, team.id).members) == 1


def test_the_readiness_list_tells_of_teams_without_members(drawn: Store):
    def lines() -> list[tuple[str, str, object]]:
        found = readiness.readiness(drawn).lines
        return [(line.title, line.page, line.target) for line in found if "members of" in line.title]

    assert lines() == []
    set_members(drawn, "李敏", team_of(drawn).id, people_of(drawn))
    second = team_of(drawn, "第二医院").id
    assert lines() == [("The members of 3 teams are not named", "checkin", second)]
    for unit in choice_contest.UNITS:
        set_members(drawn, "李敏", team_of(drawn, unit).id, people_of(drawn, unit))
    assert lines() == []
    set_members(drawn, "李敏", second, [])
    with drawn.write("t", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
    assert lines() == []


def test_a_sealed_event_names_no_member(drawn: Store):
    team, people = team_of(drawn), people_of(drawn)
    set_members(drawn, "李敏", team.id, people[:1])
    with drawn.write("t", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
    assert members.members_by_team(drawn) == {}
    found = members.team(drawn, team.id)
    assert (found.people, found.sealed) == ((), True)
    with pytest.raises(NotAllowed, match="sealed"):
        set_members(drawn, "李敏", team.id, [])
    with pytest.raises(NotAllowed) as refused:
        roster.remove_people(drawn, "李敏", people[:1], "误报")
    (name,) = [row.name for row in members_rows(drawn)]
    assert name not in str(refused.value)
    entry = next(entry for entry in audit_log.entries(drawn) if entry.action == "members.set_members")
    assert entry.title == "Named the members of a team"
    (line,) = audit_log.details(drawn, entry.seq).rows
    assert line.subject == line.after == "(sealed)"


def members_rows(store: Store) -> list[models.Person]:
    with store.read():
        return [row.person for row in models.Member.select(models.Member, models.Person).join(models.Person)]


def test_a_member_stays_on_the_roster_and_in_the_unit(drawn: Store):
    team = team_of(drawn)
    with drawn.write("t", "test.person") as writing:
        row = models.Entrant.get_by_id(team.id)
        division = models.Division.get(models.Division.code == "E").id
        extra = writing.insert(models.Person, unit=row.unit_id, division=division, name="丁一")
    set_members(drawn, "李敏", team.id, [extra])
    with pytest.raises(NotAllowed, match="丁一 is a member"):
        roster.remove_people(drawn, "李敏", [extra], "误报")
    with pytest.raises(NotAllowed, match="丁一 is a member"):
        roster.change_person(drawn, "李敏", extra, roster.PersonInput("第二医院", "丁一", "急诊组"), "调动")
    roster.change_person(drawn, "李敏", extra, roster.PersonInput("第一医院", "丁乙", "急诊组"), "改名")
    with drawn.write("t", "test.id") as writing:
        writing.update(models.Person.get_by_id(extra), id_number="11010519491231002X")
    moved = RosterRow("a.xlsx", "1", 2, "第二医院", "丁乙", "急诊组", id_number="11010519491231002X")
    (refused,) = preview_import(drawn, RosterReading([moved])).refused
    assert "member of a team" in refused.message
    set_members(drawn, "李敏", team.id, [])
    roster.remove_people(drawn, "李敏", [extra], "误报")


def test_voiding_the_selection_takes_the_members_with_the_teams(drawn: Store):
    set_members(drawn, "李敏", team_of(drawn).id, people_of(drawn))
    for kind in (ITEMS, "numbers", SELECTION):
        draw_actions.void(drawn, "t", draws.current(drawn, kind).id, "重抽")
    assert members_rows(drawn) == []
    drawn.close()
    assert verify_file(drawn.path) == []
