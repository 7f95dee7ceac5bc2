"""The plan while it is edited: tables of texts, every edit undoable, nothing stored until it is saved."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from data.exchange.plan_tables import PlanReading, TableRow, Tables, plan_of, tables_of
from data.rules.plan import EventInfo, Plan
from data.rules.plan_layout import BREAKS, EVENT, EVENT_KEY, EVENT_VALUE, LAYOUTS, STATIONS, WALKS

_STATION, _TO_STATION = "考站", "到考站"
_Snapshot = dict[str, tuple[TableRow, ...]]


class PlanDraft(QObject):
    """The unsaved plan of an open event.

    It belongs to the desk, so that it outlives a page that is built anew in another language.
    `changed` is emitted after every edit; rows are counted from 0, their numbers in findings from 1.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("planDraft")
        self._now: _Snapshot = _snapshot(tables_of(Plan(EventInfo(name=""))))
        self._stored: _Snapshot | None = None
        self._undone: list[_Snapshot] = []
        self._done: list[_Snapshot] = []
        self._reading: PlanReading | None = None
        self._begun = False

    @property
    def is_started(self) -> bool:
        """Whether there is anything to edit."""
        return self._begun

    @property
    def is_changed(self) -> bool:
        """Whether something is not saved."""
        return self._begun and self._now != self._stored

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    def reading(self) -> PlanReading:
        """The plan that the tables make, with all findings; read once after every edit."""
        if self._reading is None:
            self._reading = plan_of(self._now)
        return self._reading

    def rows(self, sheet: str) -> tuple[TableRow, ...]:
        """The rows of a sheet; those of 赛事 hold 项目 and 内容."""
        return self._now.get(sheet, ())

    def event_value(self, header: str) -> str:
        """The text of an entry of the sheet 赛事."""
        return next(
            (row.cells.get(EVENT_VALUE, "") for row in self.rows(EVENT) if row.cells.get(EVENT_KEY) == header), ""
        )

    def start(self, plan: Plan | None) -> None:
        """Show the stored plan (None: a file without one), without anything to undo."""
        self._begun = plan is not None
        self._stored = None if plan is None else _snapshot(tables_of(plan))
        self._done.clear()
        self._undone.clear()
        self._set(self._stored or _snapshot(tables_of(Plan(EventInfo(name="")))))

    def take(self, tables: Tables) -> None:
        """Replace the whole draft by other tables, as one edit."""
        if not self._begun:
            self._begun = True
            self._set(_snapshot(tables))
        else:
            self._edit(_snapshot(tables))

    def set_event_value(self, header: str, text: str) -> None:
        rows = [row for row in self.rows(EVENT) if row.cells.get(EVENT_KEY) != header]
        rows.append(TableRow(0, {EVENT_KEY: header, EVENT_VALUE: text}))
        order = [column.header for column in LAYOUTS[0].columns]
        rows.sort(key=lambda row: order.index(row.cells[EVENT_KEY]) if row.cells.get(EVENT_KEY) in order else 99)
        self._replace(EVENT, rows)

    def set_cells(self, sheet: str, edits: Iterable[tuple[int, str, str]]) -> None:
        """Change cells, each given as row, header, text, as one edit."""
        rows = list(self.rows(sheet))
        for place, header, text in edits:
            row = rows[place]
            rows[place] = TableRow(row.number, {**row.cells, header: text}, row.id, row.parent_id)
        self._replace(sheet, rows)

    def insert(self, sheet: str, place: int, rows: Sequence[Mapping[str, str]], parent_id: int | None = None) -> None:
        """Add rows before the row at this place."""
        made = [TableRow(0, dict(cells), None, parent_id) for cells in rows]
        now = self.rows(sheet)
        self._replace(sheet, [*now[:place], *made, *now[place:]])

    def remove(self, sheet: str, places: Iterable[int]) -> None:
        """Remove rows."""
        self.remove_all({sheet: places})

    def remove_all(self, places: Mapping[str, Iterable[int]]) -> None:
        """Remove rows of several sheets as one edit."""
        left = {}
        for sheet, gone in places.items():
            taken = set(gone)
            left[sheet] = _numbered(row for place, row in enumerate(self.rows(sheet)) if place not in taken)
        self._edit({**self._now, **left})

    def of_stations(self, places: Iterable[int]) -> dict[str, list[int]]:
        """The places of the breaks and walks that make no sense without the stations at these places, by sheet."""
        rows, gone = self.rows(STATIONS), set(places)
        codes = {rows[place].cells.get(_STATION, "") for place in gone}
        codes -= {row.cells.get(_STATION, "") for place, row in enumerate(rows) if place not in gone} | {""}
        return {
            sheet: [
                place
                for place, row in enumerate(self.rows(sheet))
                if codes & {row.cells.get(_STATION, ""), row.cells.get(_TO_STATION, "")}
            ]
            for sheet in (BREAKS, WALKS)
        }

    def swap(self, sheet: str, one: int, other: int) -> None:
        """Let two rows change places."""
        rows = list(self.rows(sheet))
        rows[one], rows[other] = rows[other], rows[one]
        self._replace(sheet, rows)

    def undo(self) -> None:
        if self._done:
            self._undone.append(self._now)
            self._set(self._done.pop())

    def redo(self) -> None:
        if self._undone:
            self._done.append(self._now)
            self._set(self._undone.pop())

    def _replace(self, sheet: str, rows: Sequence[TableRow]) -> None:
        self._edit({**self._now, sheet: _numbered(rows)})

    def _edit(self, tables: _Snapshot) -> None:
        if tables != self._now:
            self._done.append(self._now)
            self._undone.clear()
            self._set(tables)

    def _set(self, tables: _Snapshot) -> None:
        self._now = tables
        self._reading = None
        self.changed.emit()


def draft_of(owner: QObject) -> PlanDraft:
    """The one draft that belongs to this desk; made when it is first asked for."""
    draft = owner.findChild(PlanDraft)
    return draft if isinstance(draft, PlanDraft) else PlanDraft(owner)


def _snapshot(tables: Tables) -> _Snapshot:
    return {layout.name: _numbered(tables.get(layout.name, ())) for layout in LAYOUTS}


def _numbered(rows: Iterable[TableRow]) -> tuple[TableRow, ...]:
    return tuple(TableRow(number, row.cells, row.id, row.parent_id) for number, row in enumerate(rows, start=1))
