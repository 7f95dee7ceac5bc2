"""The judges' report out of an event: whose marks are whose, and what the charts say of them."""

from fractions import Fraction

import pytest

from data import models
from data.errors import Cancelled
from data.queries import judge_charts
from data.queries.judge_charts import ATTENTION, WRONG, Chart, items_chart, judges_chart, station_words
from data.queries.judge_report import ItemLine, JudgeLine, StationReport, judge_report
from data.rules.judge_report import ItemFigures, JudgeFigures, StationFigures
from data.rules.plan import Item
from data.store import Store
from tests.data import contest


@pytest.fixture
def judged(store: Store) -> list[int]:
    """Six visits in lane 1; judge 11 gives 80, judge 12 takes 5 more off the item 'fixed'."""
    return contest.judge_unlike(store)


def only(store: Store) -> StationReport:
    (found,) = judge_report(store).stations
    return found


def test_every_mark_belongs_to_the_judge_of_its_lane_and_seat(store: Store, judged: list[int]) -> None:
    station = only(store)
    assert (station.code, station.sheets, station.judged, station.seats) == ("S1", 12, 6, 2)
    assert (station.full_milli, station.figures.visits) == (100_000, 6)
    assert [(line.name, line.figures.severity, line.figures.never) for line in station.judges] == [
        ("裁判11", Fraction(5000), (3,)),
        ("裁判12", Fraction(-5000), ()),
    ]
    assert [line.item.number for line in station.items] == [1, 2, 3, 4, 5, 6]


def test_a_judge_at_two_seats_is_one_judge(store: Store, judged: list[int]) -> None:
    with store.write("tester", "test.two_lanes") as writing:
        for judge in models.Judge.select().where(models.Judge.lane == 2):
            writing.update(judge, name=f"裁判1{judge.seat}")
        for slot in models.Slot.select().where(models.Slot.visit.in_(judged[:3])):
            writing.update(slot, lane=2)
    assert [(line.name, line.figures.visits) for line in only(store).judges] == [("裁判11", 6), ("裁判12", 6)]


def test_the_lane_in_which_a_visit_ran_counts(store: Store, judged: list[int]) -> None:
    with store.write("tester", "test.ran") as writing:
        writing.update(models.Visit.get_by_id(judged[0]), ran_lane=2)
    names = {line.name: line.figures.visits for line in only(store).judges}
    assert names == {"裁判11": 5, "裁判12": 5, "裁判21": 1, "裁判22": 1}


def test_a_seat_without_a_name_goes_by_its_place(store: Store, judged: list[int]) -> None:
    with store.write("tester", "test.nameless") as writing:
        for judge in models.Judge.select().where(models.Judge.seat == 2):
            writing.delete(judge)
        for slot in models.Slot.select().where(models.Slot.visit == judged[5]):
            writing.delete(slot)
    assert [line.name for line in only(store).judges] == ["裁判11", "Lane 1, judge 2", "Judge 1", "Judge 2"]


def test_a_reserve_judge_counts_where_he_stepped_in(store: Store, judged: list[int]) -> None:
    with store.write("tester", "test.reserve") as writing:
        writing.update(models.Event.get(), stand_ins=True)
        writing.insert(
            models.Judge, name="候补", unit_name="", station=models.Station.get().id, lane=0, seat=1, reserve=True
        )
        writing.update(models.Judge.get(models.Judge.name == "裁判11"), unit_name="第一医院")
    names = {line.name: line.figures.visits for line in only(store).judges}
    assert names == {"裁判11": 4, "裁判12": 6, "候补": 2}


def test_no_contestant_is_named(store: Store, judged: list[int]) -> None:
    told = repr(judge_report(store))
    assert not [name for name in (*contest.NAMES, "N-01", "第一医院") if name in told]


def test_stations_without_marks_are_left_out_and_it_can_be_cancelled(store: Store) -> None:
    contest.set_up(store)
    assert judge_report(store).stations == ()
    told = []

    def cancel(done: int, total: int, text: str) -> None:
        told.append((done, total, text))
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        judge_report(store, cancel)
    assert told == [(0, 1, "静脉输液")]


def test_totals_alone_are_no_items(store: Store) -> None:
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    station = only(store)
    assert (station.figures.visits, station.figures.itemised) == (6, 0)
    assert [line.figures.severity for line in station.judges][:2] == [0, 0]


# Charts


def texts(chart: Chart) -> list[tuple]:
    return [(row.label, row.cells, row.note, row.tone) for row in chart.rows]


def test_the_chart_of_judges_says_who_is_severe_and_who_sees_less(store: Store, judged: list[int]) -> None:
    chart = judges_chart(only(store))
    assert texts(chart) == [
        ("裁判11", ("6", "+5.00", "0.00", "1.00"), "clearly lenient; never took points off: 3", ATTENTION),
        ("裁判12", ("6", "−5.00", "0.00", "1.00"), "clearly severe", ATTENTION),
    ]
    assert [tick.text for tick in chart.scales[0].ticks] == ["−6", "−3", "0", "+3", "+6"]
    spots = [row.spots[0] for row in chart.rows]
    assert [spot and (spot.at, spot.low, spot.high) for spot in spots] == [
        (Fraction(11, 12),) * 3,
        (Fraction(1, 12),) * 3,
    ]


def report(judges: list[JudgeFigures], items: list[tuple[Item, ItemFigures]]) -> StationReport:
    figures = StationFigures(12, 12, None, None, tuple(judges), tuple(found for _item, found in items))
    lines = tuple(JudgeLine(f"J{one.judge}", one) for one in judges)
    return StationReport(
        "S1", "心肺复苏", "心肺复苏", 100_000, 1, 12, 12, figures, lines, tuple(ItemLine(*one) for one in items)
    )


def test_what_is_not_enough_has_no_dot() -> None:
    steady = JudgeFigures(2, 9, Fraction(1, 7), Fraction(1200), None)
    chart = judges_chart(report([JudgeFigures(1, 3), steady], []))
    assert texts(chart) == [
        ("J1", ("3", "–", "–", "–"), "not enough", "muted"),
        ("J2", ("9", "0.00", "1.20", "–"), "", ""),
    ]
    assert chart.rows[0].spots == (None,)
    assert [tick.text for tick in judges_chart(report([JudgeFigures(1, 3)], [])).scales[0].ticks][-1] == "+0.02"


def item(number: int, kind: str = "points", full: int = 10_000) -> Item:
    return Item(number, "操作", f"第{number}项", full, kind, "", 500)


def test_the_chart_of_items_says_what_is_wrong_with_them() -> None:
    half = Fraction(1, 2)
    chart = items_chart(
        report(
            [],
            [
                (item(1), ItemFigures(1)),
                (item(2), ItemFigures(2, Fraction(1), None, None, True)),
                (item(3, "penalty", -5000), ItemFigures(3, Fraction(1), None, None, True)),
                (item(4), ItemFigures(4, half)),
                (item(5), ItemFigures(5, half, Fraction(-3, 4), Fraction(-1, 10))),
                (item(6), ItemFigures(6, half, Fraction(19, 100), half)),
                (item(7), ItemFigures(7, half, Fraction(1, 5), half)),
            ],
        )
    )
    assert [(row.cells, row.note, row.tone) for row in chart.rows] == [
        (("10", "–", "–", "–"), "not enough", "muted"),
        (("10", "1.00", "–", "–"), "never deducted", ATTENTION),
        (("−5", "1.00", "–", "–"), "never ticked", "muted"),
        (("10", "0.50", "–", "–"), "everyone is equal", "muted"),
        (("10", "0.50", "−0.75", "−0.10"), "the weak do better", WRONG),
        (("10", "0.50", "0.19", "0.50"), "tells few apart", ATTENTION),
        (("10", "0.50", "0.20", "0.50"), "", ""),
    ]
    assert chart.rows[0].spots == (None, None)
    assert chart.rows[1].spots[1] is None
    apart = [row.spots[1].at for row in chart.rows[4:]]
    assert apart[0] == 0  # below the end of the scale
    assert apart[2] == chart.scales[1].line


def test_a_station_says_its_figures_or_that_they_are_not_enough(store: Store, judged: list[int]) -> None:
    assert dict(station_words(only(store))) == {
        "Marks": "12 sheets · 6 visits",
        "Full mark": "100",
        "Cronbach's alpha": "not enough",
        "Agreement of one judge": "not enough",
        "Agreement of the mean of 2 judges": "not enough",
    }
    assert [name for name, _value in station_words(report([], []))] == ["Marks", "Full mark", "Cronbach's alpha"]


def test_a_large_event_has_every_figure(half_marked: Store) -> None:
    words = dict(station_words(judge_report(half_marked).stations[0]))
    assert 0 < float(words["Cronbach's alpha"]) <= 1
    assert 0 < float(words["Agreement of one judge"]) < float(words["Agreement of the mean of 3 judges"]) <= 1


def test_every_figure_is_explained() -> None:
    names = [name for name, _text in judge_charts.explanations()]
    assert {"Severity", "Spread", "Agreement", "Cronbach's alpha", "Difficulty", "Discrimination"} <= set(names)
