"""Those who compete are found by badge, number and name."""

from datetime import datetime

import pytest

from data import i18n, models
from data.actions import checkin
from data.errors import InvalidInput, NotFound
from data.queries import entrants as queries
from data.queries.arrivals import ArrivalRow, arrivals
from data.queries.plan import event_code
from data.rules import identity
from data.store import Store


def test_all_who_arrive_in_the_order_of_the_draw(drawn: Store) -> None:
    rows = queries.entrants(drawn)
    assert len(rows) == 152 + 30
    assert [row.draw_order for row in queries.entrants(drawn, "1H")] == list(range(1, 25))
    assert rows[0].number == "1Y-01"
    assert (rows[0].division_title, rows[0].entry, rows[0].state) == ("一类·医疗组", "individual", "expected")
    assert queries.count_states(rows) == {
        "expected": 182,
        "present": 0,
        "absent": 0,
        "withdrew": 0,
        "disqualified": 0,
    }


def test_totals_of_units_are_listed_only_when_asked_for(nursing_drawn: Store) -> None:
    people = queries.entrants(nursing_drawn)
    everyone = queries.entrants(nursing_drawn, with_sums=True)
    assert {row.entry for row in people} == {"individual"}
    assert {row.entry for row in everyone} == {"individual", "sum"}


def test_an_entrant_by_id_token_and_number(drawn: Store) -> None:
    row = queries.entrants(drawn)[5]
    assert queries.entrant(drawn, row.id) == row
    assert queries.by_token(drawn, row.token) == row
    assert queries.by_number(drawn, f" {row.number.lower().replace('-', '')}　") == row if row.number else False
    assert queries.by_token(drawn, "00000000") is None
    assert queries.by_number(drawn, "9Z-99") is None
    assert queries.by_number(drawn, "-") is None
    with pytest.raises(NotFound):
        queries.entrant(drawn, 10**6)


def test_a_scan_gives_the_entrant_and_for_a_sheet_its_seat(drawn: Store) -> None:
    row, event = queries.entrants(drawn)[0], event_code(drawn)
    assert queries.by_scan(drawn, identity.badge_code(event, row.token)) == queries.Scanned(row)
    assert queries.by_scan(drawn, identity.badge_code(event, row.token)[-12:]) == queries.Scanned(row)
    sheet = identity.sheet_code(event, row.token, "S1", 2)
    assert queries.by_scan(drawn, sheet) == queries.Scanned(row, "S1", 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nothing was scanned."),
        ("https://example.org", "not a badge"),
        ("BW9 GA23 7K3M-2QX9-CT", "another version"),
        ("BW1 GA23 7K3M-2QX9-CC", "damaged"),
        ("BW1 GA23 7K3M-2QX9-CT", "another event"),
    ],
)
def test_a_wrong_scan_says_in_one_line_what_is_wrong(drawn: Store, text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as caught:
        queries.by_scan(drawn, text)
    assert caught.value.todo
    assert "\n" not in caught.value.what


def test_a_badge_from_before_the_last_draw_is_known_as_such(drawn: Store) -> None:
    with pytest.raises(InvalidInput, match="no entrant in it any more"):
        queries.by_scan(drawn, identity.badge_code(event_code(drawn), "ZZZZZZZZ"))


def test_search_by_number_name_and_unit_together(drawn: Store) -> None:
    row = queries.entrants(drawn)[0]
    assert row in queries.search(drawn, row.name)
    assert queries.search(drawn, row.number or "") == [row]
    both = queries.search(drawn, f"{row.unit}  {row.name}")
    assert row in both
    assert all(found.unit == row.unit for found in both)
    assert all(found.unit == "市人民医院" for found in queries.search(drawn, "shirenminyiyuan"))
    assert queries.search(drawn, "  ") == []
    assert queries.search(drawn, "没有这个人") == []


@pytest.mark.parametrize("state", checkin.STATES)
def test_every_state_has_a_word(state: str) -> None:
    assert queries.state_title(state)
    i18n.use("zh_CN")
    assert not queries.state_title(state).isascii()


def add_timetable(store: Store, entrant_id: int, number: int, starts: list[int]) -> None:
    """A timetable in which the entrant has one slot after another."""
    with store.write("李敏", "test.add_timetable") as writing:
        timetable = writing.insert(
            models.Timetable, number=number, made_at=writing.at, finish_minute=600, bound_minute=600
        )
        for station, minute in zip(models.Station.select().order_by(models.Station.position), starts, strict=False):
            visit = models.Visit.get_or_none(models.Visit.entrant == entrant_id, models.Visit.station == station.id)
            visit_id = visit.id if visit else writing.insert(models.Visit, entrant=entrant_id, station=station.id)
            writing.insert(
                models.Slot, timetable=timetable, visit=visit_id, lane=2, starts_minute=minute, ends_minute=minute + 9
            )


def arrival(store: Store, entrant_id: int) -> ArrivalRow:
    return next(row for row in arrivals(store) if row.id == entrant_id)


def minute_of(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def test_without_a_timetable_nobody_is_late(drawn: Store) -> None:
    first = arrivals(drawn)[0]
    assert (first.station, first.starts_minute, first.late_minutes, first.is_overdue) == (None, None, 0, False)


def test_the_first_visit_of_the_newest_timetable_says_who_is_late(drawn: Store) -> None:
    row = queries.entrants(drawn)[0]
    with drawn.write("李敏", "test.move") as writing:  # to the day that the computer's clock shows
        now = drawn.clock().astimezone()
        writing.update(models.Event.get(), date=now.date().isoformat())
    add_timetable(drawn, row.id, 1, [5])
    add_timetable(drawn, row.id, 2, [minute_of(now) + 60, minute_of(now) - 7])
    found = arrival(drawn, row.id)
    assert (found.station, found.lane, found.starts_minute) == ("静脉输液", 2, minute_of(now) - 7)
    assert found.late_minutes in (7, 8)
    assert found.is_overdue
    checkin.check_in(drawn, "李敏", row.id)
    late = arrival(drawn, row.id)
    assert late.late_minutes in (7, 8)
    assert not late.is_overdue
    checkin.set_state(drawn, "李敏", row.id, "absent", "病假")
    assert arrival(drawn, row.id).late_minutes == 0


def test_on_another_day_nobody_is_late(drawn: Store) -> None:
    row = queries.entrants(drawn)[0]
    with drawn.write("李敏", "test.move") as writing:
        writing.update(models.Event.get(), date="1999-12-31")
    add_timetable(drawn, row.id, 1, [0])
    found = arrival(drawn, row.id)
    assert (found.starts_minute, found.late_minutes) == (0, 0)
