"""This event's people kept for coming years, and read out of another event's file."""

from pathlib import Path

import pytest

from data import models
from data.actions import history, operators, roster
from data.errors import FileProblem, NotAllowed, NotFound
from data.exchange.history_event import read_event_history
from data.queries.coverage import past_people
from data.queries.history import competitors, history_state
from data.rules.roster import HistoryRow
from data.store import Store, create
from tests.data import contest
from tests.data.published import publish, set_event

SAVED = Path(__file__).parents[2] / "db_versions"
UNITS = ["第一医院", "第一医院", "第二医院", "第二医院", "第三医院", "第三医院"]


@pytest.fixture
def held(store: Store) -> list[int]:
    """An event of 2026 with a result version; its entrants."""
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    set_event(store, date="2026-03-01", coverage_years=3)
    publish(store)
    return [contest.entrant_of(store, visit) for visit in visits]


def entries(store: Store) -> list[tuple[str, str, str, int]]:
    with store.read():
        rows = models.PastEntry.select().order_by(models.PastEntry.year, models.PastEntry.id)
        return [(row.id_number, row.name, row.unit_name, row.year) for row in rows]


def absent(store: Store, entrant: int) -> None:
    with store.write("tester", "test.absent") as writing:
        writing.update(models.Entrant.get_by_id(entrant), state="absent")


def test_everybody_who_competed_is_kept_once(store: Store, held: list[int]) -> None:
    assert history.keep(store, "李敏") == history.Kept(1, 6, 6, 0, 0)
    assert [(name, unit, year) for _key, name, unit, year in entries(store)] == [
        (name, unit, 2026) for name, unit in zip(contest.NAMES, UNITS, strict=True)
    ]
    assert [key for key, *_rest in entries(store)] == [
        *contest.IDS[:3],
        *(f"{n}\t{u}" for n, u in zip(contest.NAMES[3:], UNITS[3:], strict=True)),
    ]
    assert history.keep(store, "李敏") == history.Kept(1, 6, 0, 0, 0)
    state = history_state(store)
    assert (state.year, state.version, state.competed, state.kept, state.is_kept) == (2026, 1, 6, 6, True)
    assert (state.years, state.coverage_years) == (((2026, 6),), 3)


def test_a_newer_version_takes_away_who_did_not_compete(store: Store, held: list[int]) -> None:
    history.keep(store, "李敏")
    absent(store, held[0])
    publish(store)
    state = history_state(store)
    assert (state.version, state.missing, state.gone, state.is_kept) == (2, (), ("张伟",), False)
    assert history.keep(store, "李敏") == history.Kept(2, 5, 0, 0, 1)
    with store.write("tester", "test.present") as writing:
        writing.update(models.Entrant.get_by_id(held[0]), state="present")
    publish(store)
    assert history_state(store).missing == ("张伟",)
    assert history.keep(store, "李敏") == history.Kept(3, 6, 1, 0, 0)


def test_what_was_imported_stays_and_is_not_doubled(store: Store, held: list[int]) -> None:
    rows = [
        HistoryRow("h.csv", "", 2, contest.IDS[0], "张 伟", "一院", 2026),
        HistoryRow("h.csv", "", 3, "110105194912310021", "周全", "别院", 2026),
    ]
    roster.import_history(store, "李敏", rows)
    assert history.keep(store, "李敏") == history.Kept(1, 6, 5, 1, 0)
    absent(store, held[0])
    publish(store)
    assert history.keep(store, "李敏") == history.Kept(2, 5, 0, 0, 0)
    assert {name for _key, name, _unit, _year in entries(store)} == {*contest.NAMES, "周全"}


def test_another_year_of_the_event_takes_the_entries_along(store: Store, held: list[int]) -> None:
    history.keep(store, "李敏")
    set_event(store, date="2025-12-30")
    publish(store)
    assert history.keep(store, "李敏") == history.Kept(2, 6, 6, 0, 6)
    assert history_state(store).years == ((2025, 6),)


def test_members_of_teams_competed(store: Store, held: list[int]) -> None:
    with store.write("tester", "test.team") as writing:
        division = writing.insert(
            models.Division, code="T", category="全县", name="双人组", entry="team", quota=1, position=3
        )
        unit = models.Unit.get(models.Unit.name == "第二医院")
        people = [
            writing.insert(models.Person, unit=unit.id, division=division, name=name, id_number=number)
            for name, number in (("吴一", "11010519491231006X"), ("郑二", None))
        ]
        team = writing.insert(models.Entrant, division=division, unit=unit.id, name="第二医院", token="TEAM9")
        for person in (*people, models.Person.get(models.Person.name == "王芳").id):
            writing.insert(models.Member, entrant=team, person=person)
    publish(store)
    names = [(one.name, one.key) for one in competitors(store).people]
    assert names[-2:] == [("吴一", "11010519491231006X"), ("郑二", "郑二\t第二医院")]
    assert len(names) == 8


def test_who_was_replaced_after_a_version_is_named_by_his_own_number(store: Store, held: list[int]) -> None:
    with store.write("tester", "test.replace") as writing:
        entrant = models.Entrant.get_by_id(held[0])
        joined = writing.insert(
            models.Person,
            unit=entrant.unit_id,
            division=entrant.division_id,
            name="林立",
            id_number="11010519491231006X",
        )
        writing.insert(
            models.Substitution,
            entrant=entrant.id,
            left=entrant.person_id,
            joined=joined,
            old_token="X",
            actor="李敏",
            at=writing.at,
            reason="病",
        )
        writing.update(entrant, person=joined, name="林立")
    assert (competitors(store).people[0].name, competitors(store).people[0].key) == ("张伟", contest.IDS[0])
    publish(store)
    assert (competitors(store).people[0].name, competitors(store).people[0].key) == ("林立", "11010519491231006X")


def test_nothing_is_kept_before_a_version_or_without_a_date(store: Store) -> None:
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    state = history_state(store)
    assert (state.year, state.version, state.is_kept, state.years) == (None, None, False, ())
    with pytest.raises(NotFound, match="no result version"):
        history.keep(store, "李敏")
    publish(store)
    with pytest.raises(NotAllowed, match="no date"):
        history.keep(store, "李敏")
    assert history_state(store).version is None


def test_where_people_sign_in_a_stranger_keeps_nothing(store: Store, held: list[int]) -> None:
    operators.add(store, "李敏", "王小明", "1234")
    with pytest.raises(NotAllowed, match="signed in"):
        history.keep(store, "路人")
    assert entries(store) == []


@pytest.fixture
def next_year(store: Store, held: list[int], tmp_path: Path) -> Store:
    """The event of the year after, with the same people on its roster."""
    opened = create(tmp_path / "next.biwu")
    contest.set_up(opened)
    set_event(opened, date="2027-03-01", coverage_years=3)
    yield opened
    opened.close()


def test_the_file_of_an_event_tells_the_next_who_competed(store: Store, next_year: Store) -> None:
    """Those without an ID number are known by name and unit, be it that they have one the year after."""
    with next_year.write("tester", "test.numbers") as writing:
        person = models.Person.get(models.Person.name == "赵敏")
        writing.update(person, id_number="110105194912310021")
    with next_year.read():
        assert past_people() == set()
    reading = read_event_history(store.path)
    assert (len(reading.rows), reading.problems) == (6, [])
    assert reading.rows[0] == HistoryRow("event.biwu", "", 1, contest.IDS[0], "张伟", "第一医院", 2026)
    assert roster.import_history(next_year, "李敏", reading.rows) == 6
    with next_year.read():
        assert len(past_people()) == 6
    assert roster.import_history(next_year, "李敏", read_event_history(store.path).rows) == 0


def test_it_tells_what_it_knows_of_the_years_before_too(store: Store, held: list[int]) -> None:
    roster.import_history(store, "李敏", [HistoryRow("h.csv", "", 2, "110105194912310021", "周全", "别院", 2024)])
    history.keep(store, "李敏")
    years = [row.year for row in read_event_history(store.path).rows]
    assert sorted(set(years)) == [2024, 2026]
    assert len({(row.id_number, row.year) for row in read_event_history(store.path).rows}) == 7


def test_a_file_of_an_older_biwu_is_read_and_left_as_it_is() -> None:
    for path in sorted(SAVED.glob("*.biwu")):
        before = path.read_bytes()
        reading = read_event_history(path)
        assert [(row.name, row.year) for row in reading.rows if row.year == 2022] == [("张伟杰", 2022)]
        assert path.read_bytes() == before
    assert not list(SAVED.glob("*.lock"))


def test_files_that_tell_nothing_are_refused_or_say_so(store: Store, tmp_path: Path) -> None:
    contest.set_up(store)
    reading = read_event_history(store.path)
    assert reading.rows == []
    assert "no history of earlier years" in reading.problems[0].message
    set_event(store, is_rehearsal=True)
    with pytest.raises(NotAllowed, match="rehearsal"):
        read_event_history(store.path)
    broken = tmp_path / "broken.biwu"
    broken.write_bytes(b"SQLite format 3\x00" + b"\x00" * 100)
    with pytest.raises(FileProblem):
        read_event_history(broken)
    with pytest.raises(FileProblem, match="does not exist"):
        read_event_history(tmp_path / "none.biwu")
