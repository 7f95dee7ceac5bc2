import pytest

from data import models
from data.actions.marks_import import apply_marks
from data.errors import InvalidInput
from data.queries import scores
from data.rules.score_files import MarkRow
from data.store import Store
from tests.data.contest import IDS, set_up

SHEET = (("1", "４５．５"), ("2", "b"), ("3", "不牢"), ("4", "1:05"))


def rows(*texts: tuple[str, str, str, str, str]) -> list[MarkRow]:
    return [MarkRow(line, *cells) for line, cells in enumerate(texts, start=2)]


def sheet(entrant: str, seat: str = "1") -> list[tuple[str, str, str, str, str]]:
    return [(entrant, "S1", seat, number, value) for number, value in SHEET]


def refused(store: Store, *texts: tuple[str, str, str, str, str]) -> str:
    with pytest.raises(InvalidInput) as caught:
        apply_marks(store, "演练", rows(*texts))
    with store.read():
        assert models.Mark.select().count() == 0
    return caught.value.where


def test_sheets_totals_and_facts_of_visits_are_taken(store: Store) -> None:
    visits = set_up(store)
    done = apply_marks(
        store,
        "演练",
        rows(
            *sheet("N-01"),
            (IDS[0], "S1", "2", "合计", "88.5"),
            ("n-01", "S1", "用时", "", "5:06"),
            ("N-01", "S1", "超时扣分", "", "2"),
            ("N-02", "S1", "", "状态", "缺考"),
            ("N-03", "", "", "状态", "弃权"),
        ),
    )
    assert (done.changed, done.same) == (2, 0)
    first = scores.open_sheet(store, visits[0], 1)
    assert first.mark is not None
    assert first.mark.total_milli == 45_500 + 12_000 + 10_000 + 10_000
    assert (first.seconds_milli, first.penalty_milli) == (306_000, 2000)
    second = scores.open_sheet(store, visits[0], 2).mark
    assert second is not None
    assert (second.total_milli, second.total_only) == (88_500, True)
    assert scores.open_sheet(store, visits[1], 1).state == "absent"
    assert scores.open_sheet(store, visits[2], 1).state == "withdrew"


def test_the_same_file_twice_changes_nothing(store: Store) -> None:
    set_up(store)
    apply_marks(store, "演练", rows(*sheet("N-01")))
    done = apply_marks(store, "演练", rows(*sheet("N-01")))
    assert (done.changed, done.same) == (0, 1)


def test_a_team_is_named_by_unit_and_division(store: Store) -> None:
    set_up(store)
    for name in ("第一医院/NT", "一院/nt", "一院／NT"):
        assert "no visit to station S1" in refused(store, (name, "S1", "1", "1", "5"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("N-99", "S1", "1", "1", "5"), "no entrant “N-99”"),
        (("N-01", "S9", "1", "1", "5"), "no station “S9”"),
        (("N-01", "S1", "甲", "1", "5"), "“甲” is no judge's seat"),
        (("N-01", "S1", "3", "合计", "5"), "judges 1 to 2"),
        (("N-01", "S1", "1", "7", "5"), "no item 7"),
        (("N-01", "S1", "1", "一", "5"), "no item 一"),
        (("N-01", "S1", "1", "1", "51"), "Item 1: Only 0 to 50"),
        (("N-01", "S1", "1", "1", ""), "Item 1: Nothing was entered"),
        (("N-01", "S1", "1", "1", "5"), "not marked yet: 2, 3, 4"),
        (("N-01", "S1", "1", "合计", "1,5"), "not a comma"),
        (("N-01", "S1", "用时", "", "快"), "not a number"),
        (("N-01", "S1", "超时扣分", "", "-2"), "must be 0 to 1000"),
        (("N-01", "S1", "", "状态", "迟到"), "“迟到” is no state"),
        (("N-01", "S9", "", "状态", "缺考"), "no visit to station S9"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_nothing_is_taken(
    store: Store, row: tuple[str, str, str, str, str], words: str
) -> None:
    set_up(store)
    where = refused(store, *sheet("N-03"), row)
    assert where.startswith("Line 6: ")
    assert words in where


def test_an_item_twice_is_refused(store: Store) -> None:
    set_up(store)
    assert "Item 1 is there twice" in refused(store, *sheet("N-01"), ("N-01", "S1", "1", "1", "5"))


@pytest.mark.parametrize(
    ("judge", "number"), [("1", "合计"), ("用时", ""), ("超时扣分", "")], ids=["total", "seconds", "penalty"]
)
def test_a_value_twice_is_refused(store: Store, judge: str, number: str) -> None:
    set_up(store)
    lines = [("N-01", "S1", judge, number, points) for points in ("5", "6")]
    assert f"“{number or judge}” is there twice" in refused(store, *lines)
