"""The large card of one entrant at check-in, readable over the desk."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from data.i18n import _
from data.local_time import local_time
from data.queries.arrivals import ArrivalRow
from data.queries.entrants import state_title
from data.queries.substitution import Replaced
from ui.widgets import parts
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.people.portrait import Portrait

STATE_TONES = {
    "expected": "info",
    "present": "done",
    "absent": "wrong",
    "withdrew": "attention",
    "disqualified": "wrong",
}
_WIDTH = 392
_STATE_MARKS = {"expected": "○", "present": "✓", "absent": "✕", "withdrew": "▲", "disqualified": "✕"}


def state_words(state: str) -> str:
    """The state with its mark, so that it is not told by colour alone."""
    return f"{_STATE_MARKS[state]} {state_title(state)}"


class ArrivalCard(QFrame):
    """Shows an ArrivalRow.

    Signals: check_in_wanted, replace_wanted, members_wanted, later_wanted, and state_wanted(state) for every
    other button.
    """

    check_in_wanted = Signal()
    replace_wanted = Signal()
    members_wanted = Signal()
    later_wanted = Signal()
    state_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("arrivalCard")
        self.setProperty("role", "card")
        self.setMinimumWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        self._number = parts.label("", "score")
        self._number.setObjectName("arrivalNumber")
        self._state = parts.pill("")
        self._state.setObjectName("arrivalState")
        self._name = parts.label("", "score", wrap=True)
        self._name.setObjectName("arrivalName")
        self._unit = parts.label("", "heading", wrap=True)
        self._division = parts.label("", "subheading", wrap=True)
        self._first = parts.label("", wrap=True)
        self._first.setObjectName("arrivalFirst")
        self._ready = parts.label("", tone="attention", wrap=True)
        self._ready.setObjectName("arrivalReady")
        self._time = parts.muted("", wrap=True)
        self._replaced = parts.muted("", wrap=True)
        self._replaced.setObjectName("arrivalReplaced")
        self._members = parts.label("", wrap=True)
        self._members.setObjectName("arrivalMembers")
        self.portrait = Portrait()
        self.check_in_button = parts.primary_button(_("Check in (Enter)"), self._on_check_in, name="checkIn")
        self._others = {
            "absent": parts.button(_("Absent…"), self._on_absent, name="markAbsent"),
            "withdrew": parts.button(_("Withdrew…"), self._on_withdrew, name="markWithdrew"),
            "disqualified": parts.button(_("Disqualify…"), self._on_disqualified, name="disqualify"),
            "present": parts.button(_("Here after all…"), self._on_present, name="markPresent"),
            "expected": parts.button(_("Undo check-in…"), self._on_expected, name="undoCheckIn"),
        }
        self.replace_button = parts.button(_("Replace…"), self._on_replace, name="replaceContestant")
        self.members_button = parts.button(_("Members…"), self._on_members, name="teamMembers")
        self.later_button = parts.button(_("Comes later…"), self._on_later, name="comesLater")
        layout.addLayout(parts.row(self._number, None, self._state))
        who = parts.column(self._name, self._unit, self._division, None)
        both = parts.row(who, self.portrait, spacing=16)
        both.setStretch(0, 1)
        both.setAlignment(self.portrait, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(both)
        for label in (self._members, self._replaced, self._first, self._ready, self._time):
            layout.addWidget(label)
        layout.addStretch(1)
        layout.addWidget(self.check_in_button)
        others = FlowLayout(spacing=8)
        for button in (self.members_button, self.replace_button, self.later_button, *self._others.values()):
            others.addWidget(button)
        layout.addLayout(others)
        self.show_arrival(None)

    def button(self, state: str) -> QPushButton:
        """The button that asks for this state."""
        return self._others[state]

    def show_arrival(
        self,
        row: ArrivalRow | None,
        replaced: Replaced | None = None,
        photo: bytes | None = None,
        members: Sequence[str] | None = None,
    ) -> None:
        """Show this entrant with whom it replaces and its face (a JPEG), or what to do when there is none.

        Args:
            members: the names of those in a team; None where nobody may name them, or it is no team.
        """
        entrant = row.entrant if row else None
        self._number.setText((entrant.number or "—") if entrant else "")
        self._state.setVisible(entrant is not None)
        self._name.setText(
            _("Scan a badge") if entrant is None else "" if entrant.name == entrant.number else entrant.name
        )
        self._unit.setText(entrant.unit if entrant else "")
        self._division.setText(entrant.division_title if entrant else "")
        self._first.setText(first_visit(row) if row else "")
        if entrant is None:
            words = _("A scanned badge is checked in at once. After a number or a name, compare and press Enter.")
            self._time.setText(words)
            parts.set_tone(self._first, "")
        else:
            self._state.setText(state_words(entrant.state))
            parts.set_tone(self._state, STATE_TONES[entrant.state])
            self._time.setText(arrival_words(row) if row else "")
            parts.set_tone(self._first, "attention" if row and row.late_minutes else "")
        self._ready.setText(ready_words(row) if row else "")
        self._replaced.setText(replaced_words(replaced) if replaced else "")
        self._members.setText("" if members is None else members_words(members))
        self.portrait.setVisible(photo is not None)
        self.portrait.show_photo(photo)
        texts = (self._number, self._name, self._unit, self._division, self._members, self._replaced, self._first)
        for label in (*texts, self._ready, self._time):
            label.setVisible(bool(label.text()))
        self._show_buttons(entrant.state if entrant else "")
        may_change = entrant is not None and entrant.person_id is not None and entrant.state != "disqualified"
        self.replace_button.setVisible(may_change)
        self.members_button.setVisible(members is not None)
        self.later_button.setVisible(
            row is not None and row.starts_minute is not None and row.entrant.state in ("expected", "present")
        )

    def _show_buttons(self, state: str) -> None:
        self.check_in_button.setVisible(state == "expected")
        shown = {
            "expected": ("absent", "withdrew", "disqualified"),
            "present": ("expected", "withdrew", "disqualified"),
            "absent": ("present", "expected"),
            "withdrew": ("present",),
            "disqualified": ("present",),
        }.get(state, ())
        for name, button in self._others.items():
            button.setVisible(name in shown)
        self._others["expected"].setText(_("Undo check-in…") if state == "present" else _("Not here yet…"))

    def _on_check_in(self) -> None:
        self.check_in_wanted.emit()

    def _on_replace(self) -> None:
        self.replace_wanted.emit()

    def _on_later(self) -> None:
        self.later_wanted.emit()

    def _on_members(self) -> None:
        self.members_wanted.emit()

    def _on_absent(self) -> None:
        self.state_wanted.emit("absent")

    def _on_withdrew(self) -> None:
        self.state_wanted.emit("withdrew")

    def _on_disqualified(self) -> None:
        self.state_wanted.emit("disqualified")

    def _on_present(self) -> None:
        self.state_wanted.emit("present")

    def _on_expected(self) -> None:
        self.state_wanted.emit("expected")


def clock_words(minute: int) -> str:
    """A time of day: 545 is 09:05."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def replaced_words(replaced: Replaced) -> str:
    """Whom the entrant replaces and why; while names are sealed, only that it does."""
    if not replaced.left:
        return _("This place was handed on to somebody else of the unit.")
    return _("Replaces {name}: {reason}").format(name=replaced.left, reason=replaced.reason)


def members_words(members: Sequence[str]) -> str:
    """Who is in the team."""
    return _("Members: {names}").format(names="、".join(members)) if members else _("No members are named yet.")


def first_visit(row: ArrivalRow) -> str:
    """Where the entrant goes first, and whether that has begun."""
    if row.starts_minute is None:
        return ""
    told = _("First: {time} at {station}, lane {lane}").format(
        time=clock_words(row.starts_minute), station=row.station, lane=row.lane
    )
    if not row.late_minutes:
        return told
    late = _("{n} min late").format(n=row.late_minutes)
    return f"{told} · ▲ {late}"


def ready_words(row: ArrivalRow) -> str:
    """From when on the entrant can be called, where somebody said so."""
    if row.ready_minute is None:
        return ""
    return _("▲ Here only from {time}").format(time=clock_words(row.ready_minute))


def arrival_words(row: ArrivalRow) -> str:
    """When the entrant arrived."""
    if row.entrant.arrived_at is None:
        return ""
    return _("Arrived at {time}").format(time=f"{local_time(row.entrant.arrived_at):%H:%M}")
