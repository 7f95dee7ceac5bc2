"""What is scanned or typed at the desk on the floor: a badge begins a visit, a number or a name finds somebody."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from data.actions import running
from data.errors import UserError
from data.i18n import _, ngettext
from data.queries import entrants, schedule
from data.queries.entrants import EntrantRow
from data.queries.plan import event_code
from data.queries.running import Board
from data.rules import identity
from data.rules.decimals import clock
from ui.desk import Desk

UNTIMELY = ("early", "order", "turn", "late")  # codes of scans that the secretariat may overrule


class BoardScan(QObject):
    """Signals: said(text, tone); scanned(Scan), after which the board is read anew; found(entrant id)."""

    said = Signal(str, str)
    scanned = Signal(object)
    found = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: int | None = None

    def forget(self) -> None:
        """An Enter begins nothing any more."""
        self._found = None

    def take(self, text: str, station: str | None, board: Board) -> None:
        """Take a scanned or typed line at the door of a station (None: of any). An empty one begins the visit of who
        was found by the line before."""
        store = self._desk.store
        if not text:
            if self._found is not None:
                row = entrants.entrant(store, self._found)
                self._found = None
                self._scan(identity.badge_code(event_code(store), row.token), station)
            return
        self._found = None
        try:
            identity.parse_scan(text, event_code(store))
        except identity.ScanProblem as problem:
            self._find(text, problem, board)
        else:
            self._scan(text, station)

    def refuse(self, error: UserError) -> None:
        """Say in a line, and to the ear, why something was not done."""
        QApplication.beep()
        self.said.emit(" ".join(part for part in (error.what, error.todo) if part), "wrong")

    def _scan(self, code: str, station: str | None) -> None:
        try:
            scanned = running.scan(self._desk.store, self._desk.actor, code, station)
        except UserError as error:
            self.refuse(error)
            return
        if not scanned.is_good:
            QApplication.beep()
        self.scanned.emit(scanned)

    def _find(self, text: str, problem: identity.ScanProblem, board: Board) -> None:
        """Look for a number or a name; what is neither was meant as a code and is damaged."""
        found = entrants.arriving(self._desk.store, text)
        if len(found) == 1:
            self._found = found[0].id
            self.found.emit(found[0].id)
            self.said.emit(self._whereabouts(found[0], board), "info")
        elif found:
            words = ngettext("{n} fits “{text}”: type more of it.", "{n} fit “{text}”: type more of it.", len(found))
            self.said.emit(words.format(n=len(found), text=text), "info")
        else:
            self.refuse(entrants.scan_error(problem))

    def _whereabouts(self, row: EntrantRow, board: Board) -> str:
        """Where somebody is or should be, in a line."""
        name = entrants.in_a_line(row.number, row.name)
        for lane in board.lanes:
            if lane.current is not None and lane.current.entrant_id == row.id:
                words = _("{who} performs at {station}, lane {lane}.")
                return words.format(who=name, station=f"{lane.station_code} {lane.station_name}", lane=lane.lane)
        day = schedule.slots_by_entrant(self._desk.store).get(row.id, [])
        slot = next((slot for slot in day if not slot.state), None)
        if slot is None:
            self._found = None
            return _("{who} has nothing to come.").format(who=name)
        words = _("{who}: next at {station}, lane {lane}, {time}. Enter begins the visit.")
        return words.format(
            who=name,
            station=f"{slot.station_code} {slot.station_name}",
            lane=slot.lane,
            time=clock(slot.starts_minute),
        )
