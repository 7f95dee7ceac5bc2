"""One lane of the board: who performs, who comes next, and what can be done there."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout

from data.i18n import _
from data.queries.running_undo import IncidentRow, LastVisit
from ui.widgets import parts
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.running.board_words import (
    BoardLine,
    closed_words,
    end_words,
    incident_words,
    lane_name,
    next_words,
    state_words,
    times_words,
    who,
)

KEYS: Mapping[str, str] = {
    "begin": "F4",
    "end": "F5",
    "incident": "F6",
    "missing": "F7",
    "close": "F8",
    "undo": "F10",
}
_RIGHT = Qt.TextElideMode.ElideRight
_UNDO_WIDTH = 232  # pixels: what a link may take of the card, however long a hospital's name is


class LaneCard(QFrame):
    """Emits `wanted` with one of: begin, end, undo, incident, missing, close, reopen, judge, add_lane, remove_lane;
    and `withdrawn` with the IncidentRow that shall be taken back."""

    wanted = Signal(str)
    withdrawn = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("laneCard")
        self.line: BoardLine | None = None
        self._title = parts.label("", "heading", wrap=True)
        self._title.setObjectName("laneTitle")
        self._state = parts.pill("")
        self._state.setObjectName("laneState")
        self._help = parts.muted(_help(), wrap=True)
        self._closed = parts.label("", tone="wrong", wrap=True)
        self._now = parts.label("", "subheading", wrap=True)
        self._now.setObjectName("laneNow")
        self._now_detail = parts.muted("", wrap=True)
        self._next = parts.label("", "subheading", wrap=True)
        self._next.setObjectName("laneNext")
        self._next_detail = parts.label("", wrap=True)
        self._foot = parts.muted("", wrap=True)
        self._incidents = QVBoxLayout()
        self._incidents.setSpacing(2)
        self._shown_incidents: Sequence[IncidentRow] = ()
        self._buttons: dict[str, QPushButton] = {}
        self._more = parts.button(_("More"), name="lane:more")
        self._menu = QMenu(self._more)
        self._actions: dict[str, QAction] = {}
        self._build()
        self.show_line(None)

    def button(self, action: str) -> QPushButton:
        """The button of an action."""
        return self._buttons[action]

    def more(self, action: str) -> QAction:
        """An action of the menu: judge, add_lane, remove_lane."""
        return self._actions[action]

    def show_line(
        self,
        line: BoardLine | None,
        undo: LastVisit | None = None,
        incidents: Sequence[IncidentRow] = (),
        is_removable: bool = False,
    ) -> None:
        """Show this lane, with what can be taken back there; None says what the card is for.

        Args:
            undo: the visit whose start or end can be taken back.
            incidents: of the visit that runs, or of that one.
            is_removable: whether nobody uses the lane.
        """
        self.line = line
        row = line.row if line is not None else None
        current, following = (row.current, row.next) if row is not None else (None, None)
        self._title.setText(lane_name(row) if row is not None else _("Choose a lane"))
        words, tone = state_words(line) if line is not None else ("", "")
        self._state.setText(words)
        parts.set_tone(self._state, tone)
        self._state.setVisible(bool(words))
        self._closed.setText(closed_words(row) if row is not None and row.is_closed else "")
        parts.set_tone(self._closed, "muted" if row is not None and row.rests else "wrong")
        self._now.setText(_("Now: {who}").format(who=who(current)) if current else "")
        self._now_detail.setText("" if row is None or current is None else _detail(current.unit, times_words(row)))
        self._next.setText(_("Next: {who}").format(who=who(following)) if following else "")
        due, due_tone = next_words(line) if line is not None else ("", "")
        self._next_detail.setText("" if following is None else _detail(following.unit, due))
        parts.set_tone(self._next_detail, due_tone or "muted")
        self._foot.setText(_foot(line) if line is not None else "")
        self._help.setVisible(line is None)
        for label in (self._closed, self._now, self._now_detail, self._next, self._next_detail, self._foot):
            label.setVisible(bool(label.text()))
        self._show_incidents(incidents)
        self._show_buttons(line, undo)
        self._actions["remove_lane"].setVisible(is_removable)

    def _build(self) -> None:
        for action, words in (
            ("begin", _("Begin")),
            ("end", _("End")),
            ("incident", _("Incident…")),
            ("undo", _("Undo…")),
            ("missing", _("Is missing…")),
            ("close", _("Out of service…")),
            ("reopen", _("In service again")),
        ):
            button = parts.button(words, self._on_clicked, name=f"lane:{action}")
            if action in KEYS:
                button.setToolTip(QKeySequence(KEYS[action]).toString(QKeySequence.SequenceFormat.NativeText))
            self._buttons[action] = button
        parts.set_role(self._buttons["end"], "primary")
        parts.set_role(self._buttons["undo"], "link")
        for action, words in (
            ("judge", _("Replace a judge…")),
            ("add_lane", _("Add a lane…")),
            ("remove_lane", _("Remove this lane…")),
        ):
            made = self._menu.addAction(words)
            made.setObjectName(f"lane:{action}")
            made.triggered.connect(self._on_clicked)
            self._actions[action] = made
        self._more.setMenu(self._menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        head = parts.row(self._title, self._state)
        head.setStretch(0, 1)
        layout.addLayout(head)
        for widget in (self._help, self._closed, self._now, self._now_detail):
            layout.addWidget(widget)
        layout.addLayout(self._incidents)
        layout.addLayout(self._flow(*(self._buttons[action] for action in ("end", "incident", "undo"))))
        layout.addWidget(self._next)
        layout.addWidget(self._next_detail)
        layout.addLayout(self._flow(*(self._buttons[action] for action in ("begin", "missing"))))
        layout.addStretch(1)
        layout.addWidget(self._foot)
        layout.addLayout(self._flow(self._buttons["close"], self._buttons["reopen"], self._more))

    def _flow(self, *buttons: QPushButton) -> FlowLayout:
        flow = FlowLayout(spacing=8)
        for button in buttons:
            flow.addWidget(button)
        return flow

    def _show_buttons(self, line: BoardLine | None, undo: LastVisit | None) -> None:
        row = line.row if line is not None else None
        shown = {
            "begin": row is not None and row.next is not None,
            "missing": row is not None and row.next is not None,
            "end": row is not None and row.current is not None,
            "incident": row is not None and row.current is not None,
            "undo": undo is not None,
            "close": row is not None and (row.rests or not row.is_closed),
            "reopen": row is not None and row.is_closed and not row.rests,
        }
        for action, button in self._buttons.items():
            button.setVisible(shown[action])
        if undo is not None:
            words = _("Undo the end: {who}…") if undo.has_ended else _("Undo the start: {who}…")
            button = self._buttons["undo"]
            button.setText(button.fontMetrics().elidedText(words.format(who=undo.who), _RIGHT, _UNDO_WIDTH))
        self._more.setVisible(row is not None)
        self._actions["judge"].setEnabled(row is not None and bool(row.judges))
        parts.set_role(self._buttons["begin"], "" if row is not None and row.current is not None else "primary")
        if undo is not None:
            words = _("Take back the end of {who}") if undo.has_ended else _("Take back the start of {who}")
            self._buttons["undo"].setToolTip(f"{words.format(who=undo.who)}  {KEYS['undo']}")

    def _show_incidents(self, incidents: Sequence[IncidentRow]) -> None:
        if incidents == self._shown_incidents:
            return  # so that a button in use stays when the board is read anew
        self._shown_incidents = incidents
        parts.clear(self._incidents)
        for row in incidents:
            words = parts.label(f"▲ {incident_words(row)}", tone="attention", wrap=True)
            take_back = parts.link_button(_("Take back…"), partial(self.withdrawn.emit, row), name=f"withdraw:{row.id}")
            take_back.setAccessibleName(_("Take back the incident: {what}").format(what=row.text))
            line = parts.row(words, take_back)
            line.setStretch(0, 1)
            self._incidents.addLayout(line)

    def _on_clicked(self) -> None:
        clicked = self.sender()
        assert isinstance(clicked, QPushButton | QAction)
        self.wanted.emit(clicked.objectName().removeprefix("lane:"))


def _detail(unit: str, times: str) -> str:
    return " · ".join(text for text in (unit, times) if text)


def _help() -> str:
    return _(
        "A scanned badge begins the visit at once. Everything else is done in a lane: begin or end by hand, "
        "an incident with time given back, somebody who is missing, a lane out of service, another judge. "
        "What no longer fits the timetable is then shown above, with the ways to go on."
    )


def _foot(line: BoardLine) -> str:
    row = line.row
    told = [_("Judges: {names}").format(names="、".join(row.judges))] if row.judges else []
    if row.left:
        told.append(_("Expected to be through at {time}").format(time=end_words(row)))
    return "\n".join(told)
