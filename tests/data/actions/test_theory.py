import pytest

from data import models
from data.actions import theory
from data.errors import InvalidInput, NotAllowed, NotFound
from data.rules.score_files import TheoryRow
from data.store import Store
from tests.data.contest import IDS, entrant_of, set_up


def row(line: int, name: str, mark: int, *, id_number: str = "", number: str = "") -> TheoryRow:
    return TheoryRow("理论.xlsx", "理论成绩", line, id_number, number, name, "第一医院", mark)


def marks_of(store: Store) -> list[tuple[int, int, bool, str]]:
    with store.read():
        rows = models.TheoryMark.select().order_by(models.TheoryMark.id)
        return [(mark.version, mark.value_milli, mark.latest, mark.reason) for mark in rows]


def test_a_mark_by_hand_is_corrected_with_a_reason(store: Store) -> None:
    entrant = entrant_of(store, set_up(store)[0])
    assert theory.set_theory(store, "录分", entrant, 59_500) == 1
    assert theory.set_theory(store, "录分", entrant, 59_500) == 1
    with pytest.raises(NotAllowed, match=r"59\.5 already"):
        theory.set_theory(store, "录分", entrant, 60_000)
    assert theory.set_theory(store, "录分", entrant, 60_000, "复核试卷") == 2
    assert marks_of(store) == [(1, 59_500, False, ""), (2, 60_000, True, "复核试卷")]


def test_impossible_marks_are_refused(store: Store) -> None:
    entrant = entrant_of(store, set_up(store)[0])
    for value in (-1, 100_001):
        with pytest.raises(InvalidInput, match="0 to 100"):
            theory.set_theory(store, "录分", entrant, value)
    with pytest.raises(NotFound):
        theory.set_theory(store, "录分", 999, 60_000)


def test_a_file_is_matched_by_id_number_or_contestant_number(store: Store) -> None:
    set_up(store)
    rows = [row(2, "张 伟", 90_000, id_number=IDS[0].lower()), row(3, "赵敏", 80_000, number="n-04")]
    done = theory.import_theory(store, "录分", rows)
    assert (done.added, done.corrected, done.same, done.problems) == (2, 0, 0, ())
    again = theory.import_theory(store, "录分", rows)
    assert (again.added, again.corrected, again.same) == (0, 0, 2)


def test_bad_rows_are_named_and_the_others_go_in(store: Store) -> None:
    set_up(store)
    rows = [
        row(2, "张伟", 90_000, id_number=IDS[0]),
        row(3, "李四", 80_000, id_number=IDS[1]),
        row(4, "王五", 80_000, number="N-77"),
        row(5, "张伟", 91_000, number="N-01"),
        row(6, "王芳", 101_000, number="N-03"),
        row(7, "", 70_000),
    ]
    done = theory.import_theory(store, "录分", rows)
    assert done.added == 1
    assert [problem.row for problem in done.problems] == [3, 4, 5, 6, 7]
    words = [problem.message for problem in done.problems]
    assert "belongs to 李娜, not to 李四" in words[0]
    assert "王五 does not compete" in words[1]
    assert "twice, in row 2 too" in words[2]
    assert "0 to 100" in words[3]


def test_a_corrected_file_needs_a_reason(store: Store) -> None:
    set_up(store)
    theory.import_theory(store, "录分", [row(2, "张伟", 90_000, id_number=IDS[0])])
    changed = [row(2, "张伟", 91_000, id_number=IDS[0])]
    refused = theory.import_theory(store, "录分", changed)
    assert "90 already" in refused.problems[0].message
    done = theory.import_theory(store, "录分", changed, "登分有误")
    assert (done.corrected, done.problems) == (1, ())
