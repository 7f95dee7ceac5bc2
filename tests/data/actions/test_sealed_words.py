"""What actions and checks answer while names are sealed: numbers, never a name, and no unit beside a number."""

import sqlite3

import pytest

from data import models
from data.actions import checkin, marks, roster, setup_guards, theory
from data.actions.marks_import import apply_marks
from data.actions.roster import PersonInput
from data.errors import InvalidInput, NotAllowed, UserError
from data.rules.score_files import MarkRow, TheoryRow
from data.store import Store
from data.verify import verify_file
from tests.data import contest


@pytest.fixture
def visits(store: Store) -> list[int]:
    """The small contest, sealed; its visits."""
    made = contest.set_up(store)
    with store.write("tester", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
        writing.insert(models.Draw, kind="numbers", state="drawn", record={}, frozen_at=writing.at)
    return made


def quiet(error: UserError) -> str:
    """What an error says, which is nothing that tells who somebody is."""
    said = "\n".join((error.what, error.where, error.todo))
    assert not any(name in said for name in (*contest.NAMES, *filter(None, contest.IDS), "医院"))
    return said


def test_a_recusal_names_neither_the_judge_nor_the_unit(store: Store, visits: list[int]) -> None:
    with pytest.raises(NotAllowed) as refused:
        marks.hand_in(store, "录分", visits[1], 1, {}, total_milli=80_000)
    assert "This judge may not mark this visit." in quiet(refused.value)
    assert refused.value.where == "N-02 · 静脉输液"


def test_theory_marks_are_refused_by_number(store: Store, visits: list[int]) -> None:
    entrant = contest.entrant_of(store, visits[0])
    with pytest.raises(InvalidInput) as refused:
        theory.set_theory(store, "录分", entrant, 100_001)
    assert "N-01 · 100.001" in quiet(refused.value)
    theory.set_theory(store, "录分", entrant, 80_000)
    with pytest.raises(NotAllowed) as refused_again:
        theory.set_theory(store, "录分", entrant, 81_000)
    assert "N-01" in quiet(refused_again.value)


def refused(store: Store, *rows: tuple[str, str, str]) -> list[str]:
    """What an import of theory marks says of those of these rows (ID number, contestant number, name) it leaves out."""
    made = [TheoryRow("f", "s", n, *row, "", 70_000) for n, row in enumerate(rows, start=2)]
    return [problem.message.partition(".")[0] for problem in theory.import_theory(store, "录分", made).problems]


def test_theory_marks_come_by_number_or_by_person(store: Store, visits: list[int]) -> None:
    assert refused(store, ("", "N-04", ""), ("", "N-04", "")) == ["N-04 is there twice, in row 2 too"]
    twice = (contest.IDS[1], "", contest.NAMES[1])
    assert refused(store, twice, twice) == [f"{contest.NAMES[1]} is there twice, in row 2 too"]
    nameless = (contest.IDS[0], "", "")
    assert refused(store, nameless, nameless) == ["(sealed) is there twice, in row 2 too"]
    assert refused(store, (contest.IDS[2], "", "别人")) == [
        "The ID number goes with another name than the one in this row"
    ]


def test_no_file_of_theory_marks_finds_out_whose_number_is_which(store: Store, visits: list[int]) -> None:
    """A file with everyone beside every number would say by its refusals which of them belong together."""
    apart = "While names are sealed, a file has contestant numbers alone, or none"
    for number, person in (("N-01", contest.NAMES[0]), ("N-01", contest.NAMES[1])):
        assert refused(store, ("", number, person)) == [apart]
    assert refused(store, (contest.IDS[0], "N-01", ""), (contest.IDS[0], "N-02", "")) == [apart, apart]
    everyone = [("", f"N-0{n}", "") for n in range(1, 7)]
    assert refused(store, (contest.IDS[0], "", ""), *everyone) == [apart] * 6


def test_a_line_of_a_marks_file_that_names_a_person_is_not_answered_with_the_number(
    store: Store, visits: list[int]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        apply_marks(store, "录分", [MarkRow(2, contest.IDS[0], "S1", "1", "合计", "1000")])
    assert "Line 2: " in refused.value.where
    assert "N-0" not in quiet(refused.value)


def test_check_in_answers_by_number(store: Store, visits: list[int]) -> None:
    entrant = contest.entrant_of(store, visits[0])
    marks.hand_in(store, "录分", visits[0], 1, {}, total_milli=80_000)
    with pytest.raises(NotAllowed) as marked:
        checkin.set_state(store, "录分", entrant, "absent", "没来")
    assert "N-01 has marks" in quiet(marked.value)
    checkin.set_state(store, "录分", entrant, "withdrew", "受伤")
    with pytest.raises(NotAllowed) as out:
        checkin.check_in(store, "录分", entrant)
    assert "N-01 is marked as withdrew" in quiet(out.value)
    with store.read():
        total = models.Entrant.get(models.Entrant.number.is_null()).id
    with pytest.raises(NotAllowed) as unit:
        checkin.check_in(store, "录分", total)
    assert "(sealed) is a unit's total" in quiet(unit.value)


def test_the_roster_answers_without_names_of_contestants(store: Store, visits: list[int]) -> None:
    with store.read():
        person = models.Entrant.get_by_id(contest.entrant_of(store, visits[0])).person_id
    with pytest.raises(NotAllowed) as drawn:
        roster.remove_people(store, "录分", [person], "重复")
    assert "(sealed) was drawn" in quiet(drawn.value)
    typed = PersonInput("第三医院", "新来的", "护理组", id_number=contest.IDS[0])
    with pytest.raises(InvalidInput) as taken:
        roster.add_person(store, "录分", typed, "替补")
    assert "(sealed)" in taken.value.what
    assert contest.NAMES[0] not in str(taken.value)


def test_a_plan_answers_by_number(store: Store, visits: list[int]) -> None:
    marks.set_visit(store, "录分", visits[0], seconds_milli=60_000)
    with pytest.raises(UserError) as refused, store.write("录分", "setup.save_plan") as writing:
        setup_guards.drop_visits(writing, set())
    assert "N-01 has marks" in quiet(refused.value)


def test_a_check_of_the_file_keeps_values_to_itself(store: Store, visits: list[int]) -> None:
    path = store.path
    store.close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE entrant SET name = '王五' WHERE number = 'N-01'")
    raw.commit()
    raw.close()
    lines = "\n".join(verify_file(path))
    assert "entrant" in lines
    assert "(sealed)" in lines
    assert "王五" not in lines
    assert contest.NAMES[0] not in lines
