"""Dragging a visit on the chart of 1,000 visits, frame by frame, beside an empty repaint of the same widget."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from data import i18n
from data.queries import schedule_draft as drafts
from data.queries.schedule import SlotRow
from data.rules import rotation
from data.rules.rotation_model import Problem, Slot
from tests.benchmarks.bench_schedule import wide
from tests.benchmarks.report import Row, against
from ui import language, theme
from ui.garbage import GarbageCollector
from ui.widgets.schedule.gantt_layout import LANES, PEOPLE, Day, Line
from ui.widgets.schedule.gantt_view import GanttView
from ui.widgets.schedule.schedule_moves import DraftMoves

_SIZE = (1920, 1080)
_FRAMES = 320
_AT_MOST = 16.0  # milliseconds of a frame at 60 a second


class _Words:
    """Stands in for the words of an event file."""

    def finding(self, finding: object) -> str:
        return f"{finding.code}: the visit of this entrant cannot stand here, because another one is in its way."


def _rows(problem: Problem, slots: tuple[Slot, ...]) -> tuple[SlotRow, ...]:
    return tuple(
        SlotRow(
            number,
            slot.entrant,
            f"A-{slot.entrant:03}",
            f"张伟{slot.entrant}",
            "市人民医院",
            "A",
            "急救·A",
            slot.station,
            f"考站 {slot.station}",
            slot.lane,
            slot.starts,
            slot.ends,
            "",
        )
        for number, slot in enumerate(slots, 1)
    )


def shown(entrants: int, stations: int, lanes: int, chart: str) -> GanttView:
    """A chart of a planned day, with its rules, painted once."""
    problem = wide(entrants, stations, lanes)
    slots = rotation.solve(problem, waiting_budget=0.0).slots
    draft = drafts.begin(replace(problem, closes=max(slot.ends for slot in slots) + 60), slots, (), 1)
    view = GanttView()
    view.resize(*_SIZE)
    view.show()
    lines = tuple(
        Line(station.code, f"考站 {station.code}", lane) for station in problem.stations for lane in station.lanes
    )
    view.set_day(Day(problem.opens, draft.problem.closes, lines, _rows(problem, slots), (("午休", 720, 810),)))
    view.set_moves(DraftMoves(draft, _Words()))
    view.set_chart(chart)
    QApplication.processEvents()
    return view


def _sent(view: GanttView, kind: QEvent.Type, place: QPoint) -> None:
    is_move = kind == QEvent.Type.MouseMove
    button = Qt.MouseButton.NoButton if is_move else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    at = view.viewport().mapToGlobal(place)
    event = QMouseEvent(kind, QPointF(place), QPointF(at), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.viewport(), event)


def _path(view: GanttView, start: QPoint) -> Iterator[QPoint]:
    """To and fro over the lanes of the station, over other stations, and along the edge, where the chart scrolls."""
    wide, high = view.viewport().width(), view.viewport().height()
    for step in range(_FRAMES):
        share = step / _FRAMES
        x = 180 + (wide - 190) * abs(1 - 2 * ((3 * share) % 1))
        y = start.y() + (high / 3) * (1 - abs(1 - 2 * ((7 * share) % 1))) * (1 if start.y() < high / 2 else -1)
        yield QPoint(round(x), round(y))


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    begun, begun_cpu = time.perf_counter(), time.thread_time()
    work()
    return (time.perf_counter() - begun) * 1000, (time.thread_time() - begun_cpu) * 1000


def frames(view: GanttView) -> list[tuple[float, float]]:
    """Milliseconds from each mouse move to the end of its repaint, while one visit is dragged; then those in which
    the processor was at it, which are the same on a machine that does nothing else."""
    slot = next(slot for slot in view.day.slots if slot.starts_minute >= view.day.opens + 60)
    view.reveal(slot)
    QApplication.processEvents()
    bar = view.bar_of(slot).center().toPoint()

    def frame(place: QPoint) -> None:
        _sent(view, QEvent.Type.MouseMove, place)
        QApplication.processEvents()

    _sent(view, QEvent.Type.MouseButtonPress, bar)
    measured = [_timed(lambda place=place: frame(place)) for place in _path(view, bar)]
    assert view.hand.is_dragging
    view.hand.drop_nothing()
    _sent(view, QEvent.Type.MouseButtonRelease, bar)
    return measured


def empty_frames(view: GanttView) -> list[tuple[float, float]]:
    """Milliseconds of a repaint of the same chart without a day in it."""
    view.set_day(Day(480, 1080, (), ()))

    def frame() -> None:
        view.viewport().update()
        QApplication.processEvents()

    return [_timed(frame) for _ in range(_FRAMES)]


def _figures(name: str, view: GanttView) -> list[Row]:
    measured = frames(view)
    dragged, busy = (sorted(column) for column in zip(*measured, strict=True))
    floor = statistics.median(wall for wall, _busy in empty_frames(view))
    view.close()
    return [
        against(f"{name}: drag frame, median", statistics.median(dragged), "ms", floor),
        against(f"{name}: drag frame, 95 %", dragged[int(len(dragged) * 0.95)], "ms", floor),
        against(f"{name}: drag frame, worst of {len(dragged)}", dragged[-1], "ms", floor),
        against(f"{name}: the same, processor", busy[-1], "ms", floor),
        Row(f"{name}: frames over {_AT_MOST:g} ms", sum(each > _AT_MOST for each in dragged), "", None, None),
    ]


def run() -> list[Row]:
    """1,000 visits by lane and by entrant, and 8,000 visits."""
    app = QApplication.instance() or QApplication([])
    if not app.styleSheet():
        theme.load_fonts()
        theme.apply(app)
    language.use("zh_CN")
    i18n._("Schedule")  # the words are loaded, as in the window
    garbage = GarbageCollector()  # as in the window
    rows = [
        *_figures("1,000 visits by lane", shown(125, 8, 4, LANES)),
        *_figures("1,000 visits by entrant", shown(125, 8, 4, PEOPLE)),
        *_figures("8,000 visits by lane", shown(1000, 8, 6, LANES)),
        *_figures("8,000 visits by entrant", shown(1000, 8, 6, PEOPLE)),
    ]
    garbage.close()
    return rows
