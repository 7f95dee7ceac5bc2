"""The report on judges and items: what its figures mean, what is too little, and what never changes them."""

import statistics
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from data.rules import judge_report as report
from data.rules.judge_report import ItemSpan, JudgeFigures, JudgeSheet, StationFigures
from data.rules.plan import Item

SPANS = (ItemSpan(1, 0, 60_000), ItemSpan(2, 0, 40_000), ItemSpan(3, -5000, 0), ItemSpan(4, -1, 0, adds=False))
VISITS = 10


def sheet(visit: int, judge: int, *scores: int) -> JudgeSheet:
    return JudgeSheet(visit, judge, sum(scores[:3]), scores)


def station(*, harsh: int = 2000, visits: int = VISITS) -> list[JudgeSheet]:
    """Three judges; 1 and 2 are of one mind, 3 takes some more off the first item. The later the visit, the better."""
    found = []
    for visit in range(visits):
        for judge in (1, 2, 3):
            first = 40_000 + 1000 * visit - (harsh + 100 * (visit % 2) if judge == 3 else 0)
            found.append(sheet(visit, judge, first, 40_000, -5000 if visit < 3 else 0, -1 if visit == 0 else 0))
    return found


def of_judge(found: StationFigures, judge: int) -> JudgeFigures:
    return next(one for one in found.judges if one.judge == judge)


def test_severity_is_the_mean_difference_to_the_others_of_the_same_visits() -> None:
    """By hand: judge 3 is 2000 below both in five visits and 2100 in the others; the mean is -2050."""
    found = report.station_figures(SPANS, station(), 3)
    third, first = of_judge(found, 3), of_judge(found, 1)
    assert (third.visits, third.severity, third.clear) == (VISITS, Fraction(-2050), True)
    assert float(third.spread) == round(statistics.stdev([2000, 2100] * 5), 4)
    # Judge 1 is as judge 2, and so above the mean of 2 and 3 by half of what 3 is below.
    assert (first.severity, first.clear) == (Fraction(1025), True)
    assert first.agreement > Fraction(99, 100)


def test_a_judge_who_differs_by_chance_alone_is_not_called_clear() -> None:
    sheets = []
    for visit, off in enumerate((900, -800, 500, -700, 400, -200)):
        sheets += [JudgeSheet(visit, 1, 80_000 + off), JudgeSheet(visit, 2, 80_000)]
    found = of_judge(report.station_figures((), sheets, 2), 1)
    assert found.severity == Fraction(100, 6)
    assert not found.clear
    assert found.agreement is None  # judge 2 gives everyone the same


def test_too_few_visits_give_no_figures() -> None:
    found = report.station_figures(SPANS, station(visits=4), 3)
    assert found.judges == (JudgeFigures(1, 4), JudgeFigures(2, 4), JudgeFigures(3, 4))
    assert (found.visits, found.itemised, found.alpha, found.agreement) == (4, 4, None, None)
    assert all(item == report.ItemFigures(item.number) for item in found.items)


def test_a_judge_alone_has_nobody_to_be_compared_with() -> None:
    found = report.station_figures(SPANS, [one for one in station() if one.judge == 1], 1)
    assert found.judges == (JudgeFigures(1, 0),)
    assert found.agreement is None
    assert found.alpha is not None
    assert found.items[0].difficulty == Fraction(44_500, 60_000)


def test_items_tell_how_hard_they_are_and_whom_they_tell_apart() -> None:
    found = report.station_figures(SPANS, station(harsh=0), 3)
    graded, whole, penalty, critical = found.items
    low = sum(sum(one.scores[0] for one in station(harsh=0) if one.visit == visit) for visit in range(VISITS))
    assert graded.difficulty == Fraction(low, VISITS * 3 * 60_000)
    assert graded.discrimination is not None
    assert graded.discrimination > 0
    assert not graded.never_deducted
    # Nobody lost anything on the second item, so it tells nobody apart.
    assert (whole.difficulty, whole.discrimination, whole.rest, whole.never_deducted) == (1, None, None, True)
    # Three of ten had the penalty: they are the weakest three (27 % of ten), so it tells all apart.
    assert (penalty.difficulty, penalty.discrimination) == (Fraction(7, 10), 1)
    assert (critical.difficulty, critical.discrimination) == (Fraction(9, 10), Fraction(1, 3))


def test_alpha_leaves_out_what_adds_nothing() -> None:
    found = report.station_figures(SPANS, station(harsh=0), 3)
    rows = [[3 * score for score in sheet.scores] for sheet in station(harsh=0) if sheet.judge == 1]
    first, third = [row[0] for row in rows], [row[2] for row in rows]
    whole = statistics.variance([one + other for one, other in zip(first, third, strict=True)])
    # The pairs of visits differ by nothing else, for judge 3 is 100 below in every second one.
    parts = statistics.variance(first) + statistics.variance(third)
    assert abs(float(found.alpha) - 2 * (1 - parts / whole)) < 0.01


def test_a_judge_who_never_sees_what_others_see_is_named_with_the_items() -> None:
    sheets = []
    for visit in range(6):
        sheets.append(sheet(visit, 1, 60_000, 30_000, 0, 0))
        sheets.append(sheet(visit, 2, 50_000, 30_000 + visit, 0 if visit else -5000, 0))
    found = report.station_figures(SPANS, sheets, 2)
    assert of_judge(found, 1).never == (1, 3)
    assert of_judge(found, 2).never == ()
    bonus = (ItemSpan(1, 0, 60_000, deductible=False), *SPANS[1:])
    assert of_judge(report.station_figures(bonus, sheets, 2), 1).never == (3,)


def test_totals_alone_count_for_the_judges_and_not_for_the_items() -> None:
    sheets = [JudgeSheet(one.visit, one.judge, one.total_milli) for one in station()]
    found = report.station_figures(SPANS, sheets, 3)
    assert of_judge(found, 3).severity == Fraction(-2050)
    assert of_judge(found, 3).never == ()
    assert (found.visits, found.itemised, found.alpha) == (VISITS, 0, None)
    assert found.agreement is not None
    # A second judge's items beside a first one's total are compared with nobody's.
    half = [JudgeSheet(one.visit, one.judge, one.total_milli) if one.judge < 3 else one for one in station()]
    assert of_judge(report.station_figures(SPANS, half, 3), 3).never == ()


def test_visits_without_every_judge_count_for_those_who_were_there() -> None:
    sheets = [one for one in station() if (one.visit, one.judge) != (0, 2)]
    found = report.station_figures(SPANS, sheets, 3)
    assert (found.visits, [one.visits for one in found.judges]) == (VISITS - 1, [VISITS, VISITS - 1, VISITS])
    assert found.agreement is None  # nine are not enough


ITEMS = (
    Item(1, "操作", "穿刺", 15_000, "grades", "A=15/B=12/C=9/D=6"),
    Item(2, "整表", "掉物", -5000, "penalty"),
    Item(3, "整表", "污染", 0, "critical", "不合格"),
    Item(4, "整表", "人文关怀", 5000, "bonus"),
)


def test_items_of_every_kind_have_a_span_and_scores() -> None:
    assert [report.item_span(item) for item in ITEMS] == [
        ItemSpan(1, 0, 15_000),
        ItemSpan(2, -5000, 0),
        ItemSpan(3, -1, 0, adds=False),
        ItemSpan(4, 0, 5000, deductible=False),
    ]
    assert report.item_scores(ITEMS, {1: "B", 4: 2000}) == (12_000, 0, 0, 2000)
    assert report.item_scores(ITEMS, {1: "A", 2: True, 3: True, 4: 0}) == (15_000, -5000, -1, 0)


def test_a_sheet_that_is_not_whole_has_no_scores() -> None:
    assert report.item_scores(ITEMS, {1: "A", 3: True}) == ()  # a critical item ended it
    assert report.item_scores(ITEMS, {1: "E", 4: 0}) == ()  # the sheet knew an E once


@st.composite
def marked(draw: st.DrawFn) -> list[JudgeSheet]:
    judges = draw(st.integers(2, 4))
    total = st.integers(0, 100)
    return [
        sheet(visit, judge, 1000 * draw(total) // 2, 400 * draw(total), -5000 * draw(st.integers(0, 1)), 0)
        for visit in range(draw(st.integers(5, 12)))
        for judge in range(judges)
    ]


@given(marked(), st.randoms())
def test_no_order_of_the_sheets_matters(sheets: list[JudgeSheet], chance) -> None:
    judges = len({one.judge for one in sheets})
    mixed = list(sheets)
    chance.shuffle(mixed)
    assert report.station_figures(SPANS, mixed, judges) == report.station_figures(SPANS, sheets, judges)


@given(marked(), st.integers(-20_000, 20_000))
def test_whoever_gives_everyone_more_is_more_lenient_by_as_much(sheets: list[JudgeSheet], more: int) -> None:
    judges = len({one.judge for one in sheets})
    raised = [
        JudgeSheet(one.visit, one.judge, one.total_milli + (more if one.judge == 0 else 0), one.scores)
        for one in sheets
    ]
    before, after = (report.station_figures(SPANS, some, judges) for some in (sheets, raised))
    assert of_judge(after, 0).severity == of_judge(before, 0).severity + more
    assert of_judge(after, 0).spread == of_judge(before, 0).spread
    assert of_judge(after, 0).agreement == of_judge(before, 0).agreement
    assert of_judge(after, 1).severity == of_judge(before, 1).severity - Fraction(more, judges - 1)


@given(marked())
def test_the_severities_of_judges_who_marked_the_same_visits_add_up_to_nothing(sheets: list[JudgeSheet]) -> None:
    judges = len({one.judge for one in sheets})
    found = report.station_figures(SPANS, sheets, judges)
    assert sum(one.severity for one in found.judges) == 0


@given(marked())
def test_difficulty_is_a_share(sheets: list[JudgeSheet]) -> None:
    judges = len({one.judge for one in sheets})
    for item in report.station_figures(SPANS, sheets, judges).items:
        assert item.difficulty is None or 0 <= item.difficulty <= 1
        assert item.never_deducted == (item.difficulty == 1)
