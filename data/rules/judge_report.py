"""What the marks of a station say of its judges and of its items (裁判评分分析), to train judges and to mend sheets.

It judges nobody: a judge may be right against all the others. Everything is exact (see data/rules/reliability.py);
where there is too little to go by, a figure is None, and a report says "not enough".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from data.rules import marksheet, reliability
from data.rules.marksheet import Value
from data.rules.plan import Item

# Ours, as no textbook gives one number: below them a figure tells more of chance than of judges or items.
LEAST_COMPARED = 5  # visits that a judge marked together with others
LEAST_VISITS = 10  # visits of a station, for figures of its items and of all its judges
_STANDARD_ERRORS = 2  # some 95 % of judges who are like the others stay within
POOR = Fraction(1, 5)  # a discrimination below it is poor (Ebel 1972)


@dataclass(frozen=True)
class ItemSpan:
    """An item as its scores are counted here: from `low` to `high`, both in thousandths of a point.

    A penalty goes from its negative points to 0, a critical item from -1 (ticked) to 0; the latter adds nothing to the
    sum. `deductible`: points can be lost on it, which is not so of a bonus.
    """

    number: int
    low: int
    high: int
    adds: bool = True
    deductible: bool = True


@dataclass(frozen=True)
class JudgeSheet:
    """One judge's sheet of a visit. `scores` by item in the order of the station's items, none for a total alone."""

    visit: int
    judge: int
    total_milli: int
    scores: tuple[int, ...] = ()


@dataclass(frozen=True)
class JudgeFigures:
    """How one judge marked beside the others of the same visits; None and False where there is not enough.

    visits: those that somebody else marked too. severity: mean difference to the others, in thousandths of a point,
    above 0 is lenient. spread: standard deviation of those differences. agreement: correlation of his totals with
    the others' means. clear: the severity is more than chance, beyond twice its standard error. never: numbers of
    items that he never took points off, though others did in the same visits.
    """

    judge: int
    visits: int
    severity: Fraction | None = None
    spread: Fraction | None = None
    agreement: Fraction | None = None
    clear: bool = False
    never: tuple[int, ...] = ()


@dataclass(frozen=True)
class ItemFigures:
    """How one item worked; None where there is not enough.

    difficulty: the mean score as a part of the item's span, so 1 is an item on which nobody lost anything.
    discrimination: see `reliability.discrimination`. rest: correlation of the item with the sum of all the others.
    never_deducted: nobody lost a point on it.
    """

    number: int
    difficulty: Fraction | None = None
    discrimination: Fraction | None = None
    rest: Fraction | None = None
    never_deducted: bool = False


@dataclass(frozen=True)
class StationFigures:
    """One station. `visits`: those whose judges are all in; `itemised`: of those, with every sheet item by item.

    alpha: Cronbach's alpha of the items over the itemised visits. agreement: of the judges' totals over the visits.
    """

    visits: int
    itemised: int
    alpha: Fraction | None
    agreement: reliability.Agreement | None
    judges: tuple[JudgeFigures, ...]
    items: tuple[ItemFigures, ...]


def item_span(item: Item) -> ItemSpan:
    """How the scores of an item are counted."""
    if item.kind == marksheet.CRITICAL:
        return ItemSpan(item.number, -1, 0, adds=False)
    if item.kind == marksheet.PENALTY:
        return ItemSpan(item.number, item.full_milli, 0)
    return ItemSpan(item.number, 0, item.full_milli, deductible=item.kind != marksheet.BONUS)


def item_scores(items: Iterable[Item], values: Mapping[int, Value]) -> tuple[int, ...]:
    """The scores of a filled sheet's items, as `ItemSpan` counts them; a tick that is not there was not made.

    Of a sheet that lacks an item, or holds a value that its item does not take any more, there are none.
    """
    try:
        return tuple(_item_score(item, values.get(item.number)) for item in items)
    except marksheet.ValueProblem:
        return ()


def _item_score(item: Item, value: Value | None) -> int:
    if value is None:
        if item.kind not in marksheet.TICKS:
            raise marksheet.ValueProblem("empty")
        return 0
    return -int(bool(value)) if item.kind == marksheet.CRITICAL else marksheet.score_item(item, value)


def station_figures(items: Sequence[ItemSpan], sheets: Iterable[JudgeSheet], judges: int) -> StationFigures:
    """All figures of a station with this many judges a visit. The order of the sheets never matters."""
    by_visit: dict[int, list[JudgeSheet]] = {}
    for sheet in sheets:
        by_visit.setdefault(sheet.visit, []).append(sheet)
    visits = [tuple(sorted(found, key=lambda one: one.judge)) for _visit, found in sorted(by_visit.items())]
    whole = [found for found in visits if len(found) == judges]
    itemised = [found for found in whole if all(len(one.scores) == len(items) for one in found)] if items else []
    cases = [tuple(map(sum, zip(*(one.scores for one in found), strict=True))) for found in itemised]
    enough = len(cases) >= LEAST_VISITS
    adding = [place for place, item in enumerate(items) if item.adds]
    sums = [sum(case[place] for place in adding) for case in cases]
    return StationFigures(
        visits=len(whole),
        itemised=len(itemised),
        alpha=reliability.cronbach_alpha([[case[place] for place in adding] for case in cases]) if enough else None,
        agreement=reliability.agreement([[one.total_milli for one in found] for found in whole])
        if len(whole) >= LEAST_VISITS
        else None,
        judges=_judges(items, visits),
        items=tuple(
            _item(item, [case[place] for case in cases], sums, judges) if enough else ItemFigures(item.number)
            for place, item in enumerate(items)
        ),
    )


def _item(item: ItemSpan, scores: Sequence[int], sums: Sequence[int], judges: int) -> ItemFigures:
    """The scores and the sums of a case are those of all its judges, so the span is as many times as wide."""
    span = (item.high - item.low) * judges
    rests = [whole - score for whole, score in zip(sums, scores, strict=True)] if item.adds else sums
    return ItemFigures(
        item.number,
        (Fraction(sum(scores), len(scores)) - item.low * judges) / span,
        reliability.discrimination(scores, sums, span),
        reliability.correlation(scores, rests),
        item.deductible and min(scores) == item.high * judges,
    )


def _judges(items: Sequence[ItemSpan], visits: Sequence[tuple[JudgeSheet, ...]]) -> tuple[JudgeFigures, ...]:
    """Every judge who marked at the station, by key."""
    marked: dict[int, list[tuple[JudgeSheet, list[JudgeSheet]]]] = {}
    for found in visits:
        for sheet in found:
            others = [one for one in found if one is not sheet]
            known = marked.setdefault(sheet.judge, [])
            if others:
                known.append((sheet, others))
    return tuple(_judge(judge, items, compared) for judge, compared in sorted(marked.items()))


def _judge(
    judge: int, items: Sequence[ItemSpan], compared: Sequence[tuple[JudgeSheet, list[JudgeSheet]]]
) -> JudgeFigures:
    """Severity and spread are the mean and the standard deviation of the judge's total less the mean of the others'.

    Source: C. M. Myford and E. W. Wolfe, Journal of Applied Measurement 4 (2003), 386-422, for the severity (leniency)
    of a judge as his main effect, and for the correlation with the rest of the judges as a sign of randomness.
    """
    if len(compared) < LEAST_COMPARED:
        return JudgeFigures(judge, len(compared))
    own = [sheet.total_milli for sheet, _others in compared]
    rest = [Fraction(sum(one.total_milli for one in others), len(others)) for _sheet, others in compared]
    differences = [mine - theirs for mine, theirs in zip(own, rest, strict=True)]
    severity = reliability.mean(differences)
    squared = reliability.variance(differences)
    assert severity is not None
    assert squared is not None
    clear = len(compared) * severity**2 > _STANDARD_ERRORS**2 * squared
    return JudgeFigures(
        judge,
        len(compared),
        severity,
        reliability.root(squared),
        reliability.correlation(own, rest),
        clear,
        _never(items, compared),
    )


def _never(items: Sequence[ItemSpan], compared: Sequence[tuple[JudgeSheet, list[JudgeSheet]]]) -> tuple[int, ...]:
    """Numbers of the items that the judge left whole in every visit, and another judge did not in one of them."""
    found = []
    filled = [
        (sheet, [one for one in others if one.scores])
        for sheet, others in compared
        if sheet.scores and any(one.scores for one in others)
    ]
    for place, item in enumerate(items):
        if item.deductible and len(filled) >= LEAST_COMPARED:
            own = any(sheet.scores[place] < item.high for sheet, _others in filled)
            theirs = any(one.scores[place] < item.high for _sheet, others in filled for one in others)
            if theirs and not own:
                found.append(item.number)
    return tuple(found)
