"""A small day for the tests of the chart: three entrants, two stations, and its rules."""

from dataclasses import replace

from data.queries import schedule_draft as drafts
from data.queries.schedule import SlotRow
from data.queries.schedule_draft import Draft
from data.rules.rotation_faults import Finding
from data.rules.rotation_model import Entrant, Problem, Slot, Station
from ui.widgets.schedule.gantt_layout import Day, Line
from ui.widgets.schedule.schedule_moves import DraftMoves

NOBODY: frozenset[str] = frozenset()
OURS = frozenset({"市人民医院"})
SLOTS = (
    Slot(1, "A", 1, 540, 552),
    Slot(2, "A", 1, 554, 566),
    Slot(3, "A", 2, 540, 552),
    Slot(1, "B", 1, 560, 580),
    Slot(2, "B", 1, 590, 610),
)


class Words:
    """Findings as their codes."""

    def finding(self, finding: Finding) -> str:
        return finding.code


def draft() -> Draft:
    """Lane 2 of A has a judge of the unit of entrant 2."""
    stations = (Station("A", 12, 2, (NOBODY, OURS)), Station("B", 20, 0, (NOBODY,)))
    entrants = (Entrant(1, NOBODY, ("A", "B")), Entrant(2, OURS, ("A", "B")), Entrant(3, NOBODY, ("A",)))
    return drafts.of_timetable(Problem(540, 720, stations, entrants, before=SLOTS), 1)


def rows(slots=SLOTS) -> tuple[SlotRow, ...]:
    return tuple(
        SlotRow(
            number,
            slot.entrant,
            f"N-{slot.entrant:02}",
            ("张伟", "李娜", "王芳")[slot.entrant - 1],
            "市人民医院",
            "N",
            "护理·N",
            slot.station,
            f"站{slot.station}",
            slot.lane,
            slot.starts,
            slot.ends,
            "",
        )
        for number, slot in enumerate(slots, 1)
    )


def day(**changes) -> Day:
    lines = (Line("A", "站A", 1), Line("A", "站A", 2), Line("B", "站B", 1))
    return replace(Day(540, 720, lines, rows(), (("午休", 630, 660),)), **changes)


def moves(given: Draft | None = None) -> DraftMoves:
    return DraftMoves(given or draft(), Words())
