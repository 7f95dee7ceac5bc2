from typing import Any

import pytest

from data import models
from data.actions import marks
from data.errors import InvalidInput, NotAllowed, NotFound, UserError
from data.queries import scores
from data.rules.alarms import Alarm
from data.rules.marksheet import Values
from data.store import Store
from tests.data.contest import BEST, entrant_of, set_up


def versions(store: Store, visit: int) -> list[tuple[int, int, int, bool, str]]:
    with store.read():
        rows = models.Mark.select().where(models.Mark.visit == visit).order_by(models.Mark.id)
        return [(row.seat, row.version, row.total_milli, row.latest, row.reason) for row in rows]


def audit_rows(store: Store) -> int:
    with store.read():
        return int(models.Audit.select().count())


def refusal(error: type[UserError], store: Store, visit: int, seat: int, values: Values, **more: Any) -> str:
    """The words of a hand-in that must be refused and leave nothing behind."""
    before = audit_rows(store)
    with pytest.raises(error) as caught:
        marks.hand_in(store, "录分", visit, seat, values, **more)
    assert audit_rows(store) == before
    return str(caught.value)


def test_a_sheet_is_scored_and_kept(store: Store) -> None:
    [visit, *_] = set_up(store)
    receipt = marks.hand_in(store, "录分", visit, 1, {**BEST, 2: "B", 5: True})
    assert receipt == marks.Receipt(1, 92_000, False, True)
    with store.read():
        mark = models.Mark.get()
        assert mark.values == {"1": 50_000, "2": "B", "3": {}, "4": 60_000, "5": True}
        assert (mark.total_only, mark.actor, mark.latest) == (False, "录分", True)


def test_a_total_alone_is_enough_where_the_sheet_was_added_by_hand(store: Store) -> None:
    [visit, *_] = set_up(store)
    assert marks.hand_in(store, "录分", visit, 1, {}, total_milli=87_300).total_milli == 87_300
    with store.read():
        assert models.Mark.get().total_only
    assert "0 to 100" in refusal(InvalidInput, store, visit, 2, {}, total_milli=100_001)


def test_items_and_total_must_agree(store: Store) -> None:
    [visit, *_] = set_up(store)
    assert "add up to 100, but the total says 99.5" in refusal(InvalidInput, store, visit, 1, BEST, total_milli=99_500)
    assert marks.hand_in(store, "录分", visit, 1, BEST, total_milli=100_000).total_milli == 100_000


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "not marked yet: 1, 2, 3, 4"),
        ({1: 50_000, 3: {}}, "not marked yet: 2, 4"),
        ({**BEST, 1: 50_500}, "Item 1: Only 0 to 50"),
        ({**BEST, 2: "E"}, "Item 2: Only these grades"),
        ({**BEST, 9: 1}, "no item 9"),
    ],
)
def test_a_sheet_with_a_missing_or_bad_item_is_refused(store: Store, values: Values, words: str) -> None:
    [visit, *_] = set_up(store)
    assert words in refusal(InvalidInput, store, visit, 1, values)


def test_a_critical_tick_is_noted(store: Store) -> None:
    [visit, *_] = set_up(store)
    assert marks.hand_in(store, "录分", visit, 1, {**BEST, 6: True}).failed


def test_a_correction_needs_a_reason_and_keeps_what_stood(store: Store) -> None:
    [visit, *_] = set_up(store)
    marks.hand_in(store, "录分", visit, 1, {}, total_milli=80_000)
    assert "already, with 80 points" in refusal(NotAllowed, store, visit, 1, {}, total_milli=81_000, reason="  ")
    receipt = marks.hand_in(store, "裁判长", visit, 1, {}, total_milli=81_000, reason="看错小数点")
    assert (receipt.version, receipt.changed) == (2, True)
    marks.hand_in(store, "裁判长", visit, 1, BEST, reason="补录明细")
    assert versions(store, visit) == [
        (1, 1, 80_000, False, ""),
        (1, 2, 81_000, False, "看错小数点"),
        (1, 3, 100_000, True, "补录明细"),
    ]


def test_the_same_sheet_again_changes_nothing(store: Store) -> None:
    [visit, *_] = set_up(store)
    marks.hand_in(store, "录分", visit, 1, {**BEST, 5: False})
    rows = audit_rows(store)
    receipt = marks.hand_in(store, "录分", visit, 1, {**BEST, 3: {"不牢": 0}})
    assert (receipt.version, receipt.changed) == (1, False)
    assert audit_rows(store) == rows


def test_only_the_seats_of_the_station_hand_in(store: Store) -> None:
    [visit, *_] = set_up(store)
    for seat in (0, 3):
        assert "judges 1 to 2" in refusal(InvalidInput, store, visit, seat, BEST)
    assert "no visit" in refusal(NotFound, store, 999, 1, BEST)


def test_a_judge_may_not_mark_his_own_hospital(store: Store) -> None:
    visits = set_up(store)
    assert "第一医院" in refusal(NotAllowed, store, visits[1], 1, BEST)
    assert marks.hand_in(store, "录分", visits[1], 2, BEST).changed
    assert marks.hand_in(store, "录分", visits[0], 1, BEST).changed


def test_recusal_looks_at_the_timetable_in_force(store: Store) -> None:
    visits = set_up(store)
    with store.write("tester", "test.reschedule") as writing:
        timetable = writing.insert(models.Timetable, number=2, made_at=writing.at, finish_minute=1, bound_minute=1)
        writing.insert(models.Slot, timetable=timetable, visit=visits[1], lane=1, starts_minute=1, ends_minute=2)
    assert marks.hand_in(store, "录分", visits[1], 1, BEST).changed


@pytest.mark.parametrize("state", ["absent", "disqualified"])
def test_no_mark_is_taken_for_who_is_out(store: Store, state: str) -> None:
    [visit, *_] = set_up(store)
    with store.write("tester", "test.state") as writing:
        writing.update(models.Entrant.get_by_id(entrant_of(store, visit)), state=state)
    assert state in refusal(NotAllowed, store, visit, 1, BEST)


def test_no_mark_is_taken_for_a_visit_that_did_not_happen(store: Store) -> None:
    [visit, *_] = set_up(store)
    marks.set_visit(store, "录分", visit, state="withdrew", reason="身体不适")
    assert "withdrew" in refusal(NotAllowed, store, visit, 1, BEST)


def test_judges_far_apart_raise_an_alarm(store: Store) -> None:
    [visit, *_] = set_up(store, spread_milli=10_000)
    assert marks.hand_in(store, "录分", visit, 1, {}, total_milli=90_000).alarms == ()
    assert marks.hand_in(store, "录分", visit, 2, {}, total_milli=79_500).alarms == (Alarm("spread", 0, 10_500),)
    assert marks.hand_in(store, "录分", visit, 2, {}, total_milli=80_000, reason="复核").alarms == ()


def test_an_unusual_sheet_is_told_with_its_receipt(store: Store) -> None:
    [visit, *_] = set_up(store)
    critical = marks.hand_in(store, "录分", visit, 1, {**BEST, 6: True})
    assert critical.alarms == (Alarm("critical", 1, 100_000),)
    assert marks.hand_in(store, "录分", visit, 2, {}, total_milli=0).alarms == (Alarm("extreme", 2, 0),)


def test_seconds_and_penalty_belong_to_the_visit(store: Store) -> None:
    [visit, *_] = set_up(store)
    marks.set_visit(store, "录分", visit, seconds_milli=305_500, overtime_milli=15_000, penalty_milli=2000)
    sheet = scores.open_sheet(store, visit, 1)
    assert (sheet.seconds_milli, sheet.overtime_milli, sheet.penalty_milli) == (305_500, 15_000, 2000)
    rows = audit_rows(store)
    marks.set_visit(store, "录分", visit, seconds_milli=305_500)
    assert audit_rows(store) == rows


@pytest.mark.parametrize(
    "change", [{"seconds_milli": 1000}, {"overtime_milli": 0}, {"penalty_milli": 0}, {"state": "absent"}]
)
def test_what_stands_of_a_visit_changes_with_a_reason_alone(store: Store, change: dict[str, Any]) -> None:
    [visit, *_] = set_up(store)
    marks.set_visit(store, "录分", visit, seconds_milli=305_500, overtime_milli=9000, penalty_milli=2000)
    with pytest.raises(InvalidInput, match="reason"):
        marks.set_visit(store, "录分", visit, **change)
    marks.set_visit(store, "录分", visit, **change, reason="计时员更正")
    with store.read():
        row = models.Visit.get_by_id(visit)
        assert {name: getattr(row, name) for name in change} == change


@pytest.mark.parametrize(
    "change",
    [{"seconds_milli": -1}, {"seconds_milli": 24 * 3600 * 1000 + 1}, {"penalty_milli": -1000}, {"overtime_milli": -1}],
)
def test_impossible_facts_of_a_visit_are_refused(store: Store, change: dict[str, Any]) -> None:
    [visit, *_] = set_up(store)
    with pytest.raises(InvalidInput, match="must be 0 to"):
        marks.set_visit(store, "录分", visit, **change)


def test_an_unknown_state_is_a_mistake_of_the_program(store: Store) -> None:
    [visit, *_] = set_up(store)
    with pytest.raises(ValueError, match="late"):
        marks.set_visit(store, "录分", visit, state="late", reason="x")
