"""The charts of the judges' report, without a canvas: screen and paper paint the same rows, scales and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from data.i18n import _, ngettext
from data.queries.judge_report import ItemLine, JudgeLine, StationReport
from data.rules import judge_report, marksheet
from data.rules.decimals import half_up, show_milli
from data.rules.reliability import EXTREME_GROUP

_STEPS = (1, 2, 3, 4, 5)
_TICKS_A_SIDE = 2
_NONE = "–"
_LEAST_SHOWN = Fraction(-1, 2)  # of a discrimination; hardly an item has less
ATTENTION, WRONG = "attention", "wrong"


@dataclass(frozen=True)
class Tick:
    """A line of a scale at a share of its width, with the number below it."""

    at: Fraction
    text: str


@dataclass(frozen=True)
class Scale:
    """One drawn column: a dot or a bar a row. `line`: the share where a line stands out, such as that of nothing."""

    title: str
    ticks: tuple[Tick, ...]
    line: Fraction
    is_bar: bool = False


@dataclass(frozen=True)
class Spot:
    """Where a row's dot stands, or where its bar ends, as a share of the scale; `low` and `high` are its whiskers."""

    at: Fraction
    low: Fraction
    high: Fraction
    tone: str = ""


@dataclass(frozen=True)
class ChartRow:
    """`cells` by `Chart.columns`, `spots` by `Chart.scales`, None where not enough. `note`: what to look at."""

    label: str
    cells: tuple[str, ...]
    spots: tuple[Spot | None, ...]
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Chart:
    """Rows with a label, numbers and drawn columns."""

    title: str
    label: str
    columns: tuple[str, ...]
    scales: tuple[Scale, ...]
    rows: tuple[ChartRow, ...]


def station_words(station: StationReport) -> tuple[tuple[str, str], ...]:
    """The figures of a station as a whole: each with its name."""
    found = station.figures
    of_one, of_all = (None, None) if found.agreement is None else (found.agreement.single, found.agreement.average)
    judges = ngettext("{n} sheet", "{n} sheets", station.sheets).format(n=station.sheets)
    visits = ngettext("{n} visit", "{n} visits", station.judged).format(n=station.judged)
    words = [(_("Marks"), f"{judges} · {visits}"), (_("Full mark"), show_milli(station.full_milli))]
    words.append((_("Cronbach's alpha"), _figure(found.alpha)))
    if station.seats > 1:
        words.append((_("Agreement of one judge"), _figure(of_one)))
        words.append((_("Agreement of the mean of {n} judges").format(n=station.seats), _figure(of_all)))
    return tuple(words)


def _figure(value: Fraction | None) -> str:
    return _("not enough") if value is None else half_up(value, 2)


def judges_chart(station: StationReport) -> Chart:
    """The judges of a station: how severe each is beside the others, with the spread of the differences."""
    reach = [
        abs(one.figures.severity) + one.figures.spread
        for one in station.judges
        if one.figures.severity is not None and one.figures.spread is not None
    ]
    bound, ticks = _around_zero(max(reach, default=Fraction(0)))
    scale = Scale(_("severe ← points → lenient"), ticks, Fraction(1, 2))
    columns = (_("Visits"), _("Severity"), _("Spread"), _("Agreement"))
    rows = tuple(_judge_row(one, bound) for one in station.judges)
    return Chart(_("Judges"), _("Judge"), columns, (scale,), rows)


def _judge_row(line: JudgeLine, bound: Fraction) -> ChartRow:
    found = line.figures
    if found.severity is None or found.spread is None:
        return ChartRow(line.name, (str(found.visits), _NONE, _NONE, _NONE), (None,), _("not enough"), "muted")
    notes = []
    if found.clear:
        notes.append(_("clearly lenient") if found.severity > 0 else _("clearly severe"))
    if found.never:
        notes.append(_("never took points off: {items}").format(items=", ".join(map(str, found.never))))
    tone = ATTENTION if notes else ""
    cells = (
        str(found.visits),
        _signed(found.severity),
        half_up(found.spread / 1000, 2),
        _NONE if found.agreement is None else half_up(found.agreement, 2),
    )
    low, at, high = (
        Fraction(1, 2) + value / bound / 2
        for value in (found.severity - found.spread, found.severity, found.severity + found.spread)
    )
    spot = Spot(at, low, high, ATTENTION if found.clear else "")
    return ChartRow(line.name, cells, (spot,), "; ".join(notes), tone)


def _signed(milli: Fraction) -> str:
    text = half_up(milli / 1000, 2)
    return f"+{text}" if milli > 0 and Fraction(text) else text.replace("-", "−")


def _around_zero(reach: Fraction) -> tuple[Fraction, tuple[Tick, ...]]:
    """A scale from minus to plus the same, in thousandths, with a few round numbers that hold the reach."""
    step = Fraction(_nice(reach / 1000 / _TICKS_A_SIDE))
    bound = step * _TICKS_A_SIDE
    ticks = []
    for nth in range(-_TICKS_A_SIDE, _TICKS_A_SIDE + 1):
        text = show_milli(int(abs(nth) * step * 1000))
        sign = "−" if nth < 0 else "+" if nth else ""
        ticks.append(Tick(Fraction(nth + _TICKS_A_SIDE, 2 * _TICKS_A_SIDE), f"{sign}{text}"))
    return bound * 1000, tuple(ticks)


def _nice(least: Fraction) -> Fraction:
    """The smallest of 0.01, 0.02, 0.03, 0.04, 0.05, 0.1 … that is not below this."""
    power = Fraction(1, 100)
    while True:
        for step in _STEPS:
            if step * power >= least:
                return step * power
        power *= 10


def items_chart(station: StationReport) -> Chart:
    """The items of a station: how hard each is, and how far it tells the good from the weak."""
    tenths = tuple(Tick(Fraction(nth, 2), text) for nth, text in enumerate(("0", "0.5", "1")))
    apart = tuple(
        Tick(_on_discrimination(Fraction(nth, 2)), text) for nth, text in enumerate(("−0.5", "0", "0.5", "1"), start=-1)
    )
    title = _("discrimination, dashed at {poor}").format(poor=half_up(judge_report.POOR, 2))
    scales = (
        Scale(_("hard ← difficulty → easy"), tenths, Fraction(0), is_bar=True),
        Scale(title, apart, _on_discrimination(judge_report.POOR)),
    )
    columns = (_("Full mark"), _("Difficulty"), _("Discr."), _("With rest"))
    rows = tuple(_item_row(one) for one in station.items)
    return Chart(_("Items"), _("Item"), columns, scales, rows)


def _on_discrimination(value: Fraction) -> Fraction:
    """The share of a scale from -0.5 to 1; what is below stands at its end."""
    return max(Fraction(0), (value - _LEAST_SHOWN) / (1 - _LEAST_SHOWN))


def _item_row(line: ItemLine) -> ChartRow:
    item, found = line.item, line.figures
    label = f"{item.number}. {item.text}"
    points = show_milli(item.full_milli).replace("-", "−")
    if found.difficulty is None:
        return ChartRow(label, (points, _NONE, _NONE, _NONE), (None, None), _("not enough"), "muted")
    cells = [points, half_up(found.difficulty, 2)]
    cells += [_NONE if one is None else half_up(one, 2).replace("-", "−") for one in (found.discrimination, found.rest)]
    note, tone = _item_note(line)
    hard = Spot(found.difficulty, Fraction(0), found.difficulty)
    apart = None
    if found.discrimination is not None:
        place = _on_discrimination(found.discrimination)
        apart = Spot(place, _on_discrimination(Fraction(0)), place, tone)
    return ChartRow(label, tuple(cells), (hard, apart), note, tone)


def _item_note(line: ItemLine) -> tuple[str, str]:
    """What to look at in an item, and its tone."""
    found = line.figures
    if found.never_deducted:
        if line.item.kind in marksheet.TICKS:
            return _("never ticked"), "muted"
        return _("never deducted"), ATTENTION
    if found.discrimination is None:
        return _("everyone is equal"), "muted"
    if found.discrimination < 0:
        return _("the weak do better"), WRONG
    if found.discrimination < judge_report.POOR:
        return _("tells few apart"), ATTENTION
    return "", ""


def explanations() -> Iterable[tuple[str, str]]:
    """How each figure is reckoned and read."""
    return (
        (
            _("Severity"),
            _(
                "The mean of a judge's total less the mean of the others' totals, over the visits that others marked "
                "too. Above 0 is lenient, below 0 severe. 'Clearly' stands where it is beyond twice its standard "
                "error. A judge who differs from the others need not be the one who is wrong."
            ),
        ),
        (
            _("Spread"),
            _("The standard deviation of those differences: how unevenly a judge is above or below the others."),
        ),
        (
            _("Agreement"),
            _(
                "Of a judge: the correlation of his totals with the means of the others; near 1 he puts the entrants "
                "in the same order. Of a station: the intraclass correlation ICC(1,1) of one judge and ICC(1,k) of "
                "the mean of all (Shrout and Fleiss 1979); above 0.75 is good, below 0.5 poor."
            ),
        ),
        (
            _("Cronbach's alpha"),
            _(
                "How far the items of a sheet measure the same thing (Cronbach 1951), over the visits, the judges of "
                "each taken together. From 0.7 on is usual; a sheet of very different skills may well have less."
            ),
        ),
        (
            _("Difficulty"),
            _("The mean score of an item as a part of what it gives: 1 is an item on which nobody lost a point."),
        ),
        (
            _("Discrimination"),
            _(
                "The difficulty among the best {percent} per cent of the visits less that among the weakest {percent} "
                "(Kelley 1939): 0.40 and up is very good, below {poor} poor (Ebel 1972). 'With rest' is the "
                "correlation of the item with the sum of all others."
            ).format(percent=int(EXTREME_GROUP * 100), poor=half_up(judge_report.POOR, 2)),
        ),
        (
            _("Not enough"),
            _(
                "A judge's figures need {judge} visits together with others, those of a station and its items {visits} "
                "visits with all sheets; an item on which all are equal tells nobody apart."
            ).format(judge=judge_report.LEAST_COMPARED, visits=judge_report.LEAST_VISITS),
        ),
    )
