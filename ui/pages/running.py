"""The running day 现场: the board of the lanes, the scan field of the desk, and the ways to go on when it is late."""

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from data.actions.running import Receipt, Scan
from data.i18n import _, ngettext
from data.queries.printouts import SLIPS
from data.queries.sealing import hides_names
from ui.desk import Desk
from ui.pages.page import Page
from ui.widgets import parts
from ui.widgets.choice import Choice
from ui.widgets.running import board_why
from ui.widgets.running.board_figures import BoardFigures
from ui.widgets.running.board_reader import BoardRead, BoardReader
from ui.widgets.running.board_scan import UNTIMELY, BoardScan
from ui.widgets.running.board_table import BoardTable
from ui.widgets.running.board_words import BoardLine
from ui.widgets.running.lane_card import KEYS, LaneCard
from ui.widgets.running.lane_desk import LaneDesk
from ui.widgets.running.offers_desk import OffersDesk
from ui.widgets.scan_field import ScanField

_TICK_MS = 10_000
_CARD_WIDTH = 288
_STATIONS_WIDTH = 180


class RunningPage(Page):
    """A target is a pair of station code and lane, a station code, or an entrant's id."""

    key = "running"
    tables = frozenset(
        {"event", "station", "judge", "break", "walk", "session", "division", "unit", "entrant", "member", "timetable"}
        | {"slot", "visit", "incident", "lane_closure", "mark", "drawn_station", "component", "component_station"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._read = BoardRead()
        self._has_read = False  # a large event is read in a worker thread, the first time too
        self._looks_anyway = False  # on another day than the event's
        self._fit = board_why.Fit()
        self._changed = ""  # what happened since the timetable was made, where times may have to follow
        self._overruled: int | None = None  # a visit that may begin although a scan was refused
        self._filling = False
        self._pause = self.add_action("", self._on_pause)
        self._pause.setObjectName("pause")
        self._ways = self.set_primary(_("Time the rest anew…"), self._go_on)
        self.reader = BoardReader(desk, self)
        self.reader.read.connect(self._show)
        self.reader.checked.connect(self._on_checked)
        self.desk_scan = BoardScan(desk, self)
        self.desk_scan.said.connect(self._say)
        self.desk_scan.scanned.connect(self._tell_scan)
        self.desk_scan.found.connect(self._show_entrant)
        self.lanes = LaneDesk(desk, self)
        self.lanes.done.connect(self._on_done)
        self.lanes.refused.connect(self.desk_scan.refuse)
        self.offers = OffersDesk(desk, self)
        self.offers.opened.connect(self._show_offers)
        self.offers.closed.connect(self._show_board)
        self.offers.taken.connect(self._on_taken)
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.reader.reread)
        desk.closing.connect(self._tick.stop)
        self._add_keys()

    def title(self) -> str:
        return _("On the floor")

    def purpose(self) -> str:
        board = self._read.board
        if board.timetable is None:
            return _("Here the day is followed lane by lane while it runs.")
        if not board.date_is_today:
            return _("Timetable {number} waits for its day.").format(number=board.timetable)
        left = sum(row.left for row in board.lanes)
        if not left:
            return _("Every visit has taken place.")
        told = ngettext(
            "Timetable {number}, {n} visit left. Scan badges as people begin; what is late shows at once.",
            "Timetable {number}, {n} visits left. Scan badges as people begin; what is late shows at once.",
            left,
        )
        return told.format(number=board.timetable, n=left)

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("F3", _("Find a lane by who is there")),
            (KEYS["begin"], _("Begin the next visit of the lane")),
            (KEYS["end"], _("End the visit that runs in the lane")),
            (KEYS["incident"], _("Report an incident")),
            (KEYS["missing"], _("The next one is missing")),
            (KEYS["close"], _("Take the lane out of service")),
            ("F9", _("Time the rest of the day anew")),
            (KEYS["undo"], _("Undo the last start or end of the lane")),
            ("Esc", _("Back to the board and the scan field")),
        ]

    @property
    def is_busy(self) -> bool:
        """Whether anything of this page runs in a worker thread."""
        return self.offers.is_busy or self.reader.is_busy or super().is_busy

    def show_target(self, target: Any) -> None:
        self._show_board()
        if isinstance(target, int):
            self._show_entrant(target)
        else:
            self._choose(target if isinstance(target, tuple) else (target, 1))

    def refresh(self) -> None:
        words = _("Scan or type a badge; or a number or pinyin of a name to find somebody")
        if hides_names(self.desk.store):
            words = _("Scan or type a badge; or a number to find somebody")
        self.scan.setPlaceholderText(words)
        self.scan.setAccessibleName(words)
        self.reader.refresh()
        if self.reader.is_busy and not self._has_read:
            self._show_state(parts.empty_state(_("Reading the board"), ""))

    # What is in sight

    def _build(self) -> None:
        self._empty = QWidget()
        QVBoxLayout(self._empty).setContentsMargins(0, 0, 0, 0)
        self.scan = ScanField("")
        self.scan.scanned.connect(self._on_scanned)
        self.stations = Choice()
        self.stations.setObjectName("stations")
        self.stations.setAccessibleName(_("Station"))
        self.stations.setToolTip(_("Shows this station alone, and takes every scan as one at its door."))
        self.stations.setMinimumWidth(_STATIONS_WIDTH)
        self.stations.currentIndexChanged.connect(self._fill)
        self._said = QVBoxLayout()
        self._strips = QVBoxLayout()
        self._strips.setSpacing(8)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_board())
        self._stack.addWidget(self.offers.panel)
        self._day = QWidget()
        whole = QVBoxLayout(self._day)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        top = parts.row(self.scan, self.stations)
        top.setStretch(0, 1)
        whole.addLayout(top)
        whole.addLayout(self._said)
        whole.addLayout(self._strips)
        whole.addWidget(self.offers.progress)
        whole.addWidget(self._stack, 1)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._day, 1)

    def _build_board(self) -> QWidget:
        self.figures = BoardFigures()
        self.table = BoardTable(self.desk.settings)
        self.table.chosen.connect(self._on_chosen)
        self.scan.catch_typing(self.table.view)
        self.card = LaneCard()
        self.card.wanted.connect(self._on_wanted)
        self.card.withdrawn.connect(self.lanes.ask_withdrawal)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.addWidget(self.table)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        side = parts.scrolled(self.card)
        side.setMinimumWidth(_CARD_WIDTH)
        split.addWidget(side)
        split.setStretchFactor(0, 1)
        split.setSizes([752, _CARD_WIDTH])
        board = QWidget()
        lines = QVBoxLayout(board)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        lines.addWidget(self.figures)
        lines.addWidget(split, 1)
        return board

    def _add_keys(self) -> None:
        keys = {"F3": self._go_find, "F9": self._go_on, "Esc": self._back}
        for text, slot in (keys | dict.fromkeys(KEYS.values(), self._on_key)).items():
            QShortcut(QKeySequence(text), self).activated.connect(slot)

    def _show(self, read: BoardRead) -> None:
        if read.board.timetable != self._read.board.timetable:
            self._changed = ""
        self._read, self._has_read = read, True
        has_day = read.board.timetable is not None and (read.board.date_is_today or self._looks_anyway)
        self._empty.setVisible(not has_day)
        self._day.setVisible(has_day)
        self._pause.setVisible(has_day and read.board.date_is_today)
        self._ways.setVisible(has_day and read.board.date_is_today)
        self._purpose.setText(self.purpose())
        if has_day:
            self._show_day()
        else:
            self._show_empty()

    def _show_empty(self) -> None:
        if self._read.board.timetable is None:
            state = parts.empty_state(
                _("There is no timetable to follow yet."),
                _("Plan the day first. From then on the board shows every lane: who performs, who is next, how late."),
                parts.primary_button(_("Go to the schedule"), self._go_to_schedule, name="goToSchedule"),
            )
        else:
            today = f"{self.desk.store.clock().astimezone():%Y-%m-%d}"
            state = parts.empty_state(
                _("The event is on {date}; today is {today}.").format(date=self._read.date or "–", today=today),
                _(
                    "On the day itself badges are scanned here as people begin, and the board follows. "
                    "To run the day today as a rehearsal, set its date to today on the setup page."
                ),
                parts.button(_("Look at the board"), self._look_anyway, name="lookAnyway"),
                parts.primary_button(_("Set the date"), self._go_to_setup, name="goToSetup"),
            )
        self._show_state(state)

    def _show_state(self, state: QWidget) -> None:
        """Something to read in the place of the day."""
        layout = self._empty.layout()
        assert layout is not None
        parts.clear(layout)
        layout.addWidget(state)
        self._day.hide()
        self._empty.show()

    def _show_day(self) -> None:
        board = self._read.board
        self._pause.setText(_("Pause…") if board.paused_until is None else _("End the pause"))
        self.figures.show_board(board, self._read.minute)
        self.offers.tell_minute(self._read.minute)
        self._fill_stations()
        self._fill()
        self._show_strips()

    def _fill_stations(self) -> None:
        names = {row.station_code: f"{row.station_code} {row.station_name}" for row in self._read.board.lanes}
        self.stations.offer([("", _("All stations")), *names.items()])

    def _fill(self) -> None:
        self._filling = True
        self.table.show_board(self._read.board, self.stations.currentData() or "")
        self._filling = False
        self._show_card(self.table.current())

    def _show_card(self, line: BoardLine | None) -> None:
        read = self._read
        if line is None:
            self.card.show_line(None)
        else:
            self.card.show_line(line, read.undo.get(line.key), read.incidents_of(line.row), line.key in read.removable)
        self.card.setEnabled(self._read.board.date_is_today)

    def _show_strips(self) -> None:
        parts.clear(self._strips)
        board = self._read.board
        if not board.date_is_today:
            words = _("The event is on {date}: nothing can be noted today. The times below are those of this computer.")
            self._strips.addWidget(parts.strip(words.format(date=self._read.date or "–"), "info"))
            return
        texts = [board_why.pause_words(board)] if board.paused_until is not None else []
        why = board_why.reasons(self._fit)
        if self._stack.currentWidget() is self.offers.panel:
            why = []
        elif why:
            texts.append(board_why.strip_words(why))
        elif self._changed and not texts:
            texts.append(_("{what} The rest of the day may be timed anew.").format(what=self._changed))
        if texts:
            button = parts.button(_("Show the ways to go on (F9)"), self._go_on, name="showWays")
            tone = "attention" if why or board.paused_until is not None else "info"
            strip = parts.strip(" ".join(texts), tone, button)
            strip.setObjectName("dayStrip")
            self._strips.addWidget(strip)

    def _say(self, text: str, tone: str, *buttons: QAbstractButton) -> None:
        parts.clear(self._said)
        if text:
            strip = parts.strip(text, tone, *buttons)
            strip.setObjectName("said")
            self._said.addWidget(strip)

    def _on_checked(self, fits: board_why.Fit) -> None:
        self._fit = fits
        if not self._day.isHidden():
            self._show_strips()

    # The desk

    def _on_scanned(self, text: str) -> None:
        self._say("", "")
        self.desk_scan.take(text, self.stations.currentData() or None, self._read.board)
        self.scan.setFocus()

    def _tell_scan(self, scanned: Scan) -> None:
        self.reread()
        self._show_entrant(scanned.entrant_id)
        if scanned.is_good:
            self._say(scanned.text, "done" if scanned.code == "started" else "info")
        elif scanned.code in UNTIMELY and scanned.visit_id is not None:
            self._overruled = scanned.visit_id
            self._say(scanned.text, "wrong", parts.button(_("Begin all the same"), self._overrule, name="overrule"))
        else:
            self._say(scanned.text, "wrong")

    def _overrule(self) -> None:
        if self._overruled is not None:
            visit, self._overruled = self._overruled, None
            self.lanes.begin(visit)

    def _on_chosen(self, line: BoardLine | None) -> None:
        if not self._filling:
            self._show_card(line)

    def _choose(self, lane: tuple[str, int]) -> None:
        if self.stations.currentData() not in ("", lane[0]):
            self.stations.setCurrentIndex(0)
        self.table.choose(lane)
        self._show_card(self.table.current())

    def _show_entrant(self, entrant_id: int) -> None:
        """Choose the lane where somebody performs, or comes next."""
        lanes = self._read.board.lanes
        places = [(row.current, row) for row in lanes] + [(row.next, row) for row in lanes]
        for slot, row in places:
            if slot is not None and slot.entrant_id == entrant_id:
                self._choose((row.station_code, row.lane))
                return

    def _on_wanted(self, action: str) -> None:
        line = self.table.current()
        if line is not None:
            self._say("", "")
            self.lanes.do(action, line, self._read.undo.get(line.key), self._read.minute)

    def _on_key(self) -> None:
        shortcut = self.sender()
        assert isinstance(shortcut, QShortcut)
        action = next(action for action, keys in KEYS.items() if QKeySequence(keys) == shortcut.key())
        if self.card.button(action).isVisible() and self.card.isEnabled():
            self._on_wanted(action)

    def _on_done(self, receipt: Receipt, retimes: bool) -> None:
        if retimes:
            self._changed = receipt.text
        self._say(receipt.whole, "done")
        self.desk.say(receipt.text)
        self.reread()
        self.scan.setFocus()

    def _on_pause(self) -> None:
        if self._read.board.paused_until is None:
            self.lanes.ask_pause()
        else:
            self.lanes.resume()

    # The ways to go on

    def _go_on(self) -> None:
        if self._read.board.date_is_today and self._read.board.timetable is not None:
            why = board_why.reasons(self._fit)
            self.offers.compute(board_why.in_a_sentence(why) or self._changed or _("The rest is timed anew"))

    def _show_offers(self) -> None:
        self._say("", "")
        self._stack.setCurrentWidget(self.offers.panel)
        self._show_strips()

    def _show_board(self) -> None:
        self._stack.setCurrentIndex(0)
        self._show_strips()
        self.scan.setFocus()

    def _on_taken(self, _number: int, told: str) -> None:
        self._changed = ""
        words = _("{told} To go back is to time the rest anew: earlier timetables stay on record.")
        print_button = parts.button(_("Print the changed timetables"), self._go_to_print, name="printChanged")
        self._say(words.format(told=told), "done", print_button)

    def _go_find(self) -> None:
        self._show_board()
        self.table.search.setFocus()
        self.table.search.selectAll()

    def _back(self) -> None:
        self._say("", "")
        self.desk_scan.forget()
        if self._stack.currentWidget() is self.offers.panel:
            self.offers.close()
        self.scan.setFocus()

    def _look_anyway(self) -> None:
        self._looks_anyway = True
        self.reader.look_anyway()

    def _go_to_schedule(self) -> None:
        self.desk.go("schedule")

    def _go_to_setup(self) -> None:
        self.desk.go("setup")

    def _go_to_print(self) -> None:
        self.desk.go("print", (SLIPS, True))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self.scan.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
