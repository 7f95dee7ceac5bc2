"""The bar at the top: which event, what is going on, how old the last copy is, who is at the desk, what time it is."""

from datetime import UTC, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from data.change import Change
from data.i18n import _, language, ngettext
from data.queries.plan import is_rehearsal
from ui import theme
from ui.desk import Desk
from ui.widgets import parts
from ui.widgets.elided_label import ElidedLabel

SWITCH_KEY = "F12"
_TOO_OLD = 120  # seconds without a copy while there are changes that no copy holds


class TopBar(QFrame):
    """Signals: operator_wanted, language_wanted, theme_wanted, backups_wanted (a click on each)."""

    operator_wanted = Signal()
    language_wanted = Signal()
    theme_wanted = Signal()
    backups_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setFixedHeight(48)
        self._desk = desk
        self._last_change: datetime | None = None
        brand = parts.label(_("Biwu"), "heading", tone="info")
        brand.setFixedWidth(theme.RAIL_WIDTH - 18)
        self._event = ElidedLabel("", "subheading")
        self._event.setObjectName("eventName")
        self._rehearsal = parts.pill(f"{parts.MARKS['attention']} " + _("Rehearsal"), "attention")
        self._rehearsal.setObjectName("rehearsal")
        self._stage = parts.pill("", "muted")
        self._stage.setObjectName("stage")
        self._backup = parts.button("", self.backups_wanted, role="pill", name="backupAge")
        self._operator = parts.button("", self.operator_wanted, role="pill", name="operator")
        other = parts.button(
            "EN" if language() == "zh_CN" else "中文", self.language_wanted, role="pill", name="language"
        )
        other.setToolTip(_("Change the language") + "  Ctrl+L")
        other.setAccessibleName(_("Change the language"))
        shade = parts.button("◐", self.theme_wanted, role="pill", name="theme")
        shade.setToolTip(_("Light or dark"))
        shade.setAccessibleName(_("Light or dark"))
        self._clock = parts.label("", "heading", tone="info")
        self._clock.setObjectName("clock")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 18, 0)
        layout.setSpacing(10)
        for widget in (brand, self._event, self._rehearsal, self._stage):
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in (self._backup, self._operator, other, shade, self._clock):
            layout.addWidget(widget)
        desk.bus.changed.connect(self._on_change)
        desk.actor_changed.connect(self._show_actor)
        self._show_actor()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tick)
        self._second.start()
        desk.closing.connect(self._second.stop)
        self.tick()

    def show_event(self, name: str, stage: str, tone: str) -> None:
        """The event's name and what is going on in it."""
        self._event.setText(name)
        self._rehearsal.setVisible(is_rehearsal(self._desk.store))
        self._stage.setText(f"● {stage}" if stage else "")
        self._stage.setVisible(bool(stage))
        parts.set_tone(self._stage, tone)

    def tick(self) -> None:
        """Show the time and the age of the newest copy."""
        self._clock.setText(self._desk.store.clock().astimezone().strftime("%H:%M"))
        error = self._desk.backups.last_error
        age = self._desk.backups.age_seconds()
        if error is not None:
            self._show_backup(_("No copy could be made"), "wrong", str(error))
        elif age is None:
            self._show_backup(_("No copy yet"), "muted", "")
        else:
            late = age > _TOO_OLD and self._has_changes_younger_than_copy(age)
            self._show_backup(_age_words(age), "attention" if late else "done", "")

    def _has_changes_younger_than_copy(self, age: int) -> bool:
        return self._last_change is not None and (datetime.now(UTC) - self._last_change).total_seconds() < age

    def _show_backup(self, text: str, tone: str, tip: str) -> None:
        self._backup.setText(f"{parts.MARKS[tone]} {text}")
        self._backup.setToolTip(tip or _("The newest copy of the event file. Click to see all copies."))
        parts.set_tone(self._backup, tone)

    def _show_actor(self) -> None:
        asks = self._desk.asks_who()
        tone = "attention" if asks else "done" if self._desk.signed_in else ""
        text = _("Sign in") if asks else self._desk.actor
        self._operator.setText(f"{parts.MARKS[tone]} {text}" if tone else text)
        tip = _("Nobody has signed in.") if asks else _("Who is at the desk. Click when somebody else takes over.")
        self._operator.setToolTip(f"{tip}  {SWITCH_KEY}")
        parts.set_tone(self._operator, tone)

    def _on_change(self, _change: Change) -> None:
        self._last_change = datetime.now(UTC)


def _age_words(seconds: int) -> str:
    if seconds < 60:
        return ngettext("Last copy {n} second ago", "Last copy {n} seconds ago", seconds).format(n=seconds)
    if seconds < 3600:
        minutes = seconds // 60
        return ngettext("Last copy {n} minute ago", "Last copy {n} minutes ago", minutes).format(n=minutes)
    hours = seconds // 3600
    if hours < 48:
        return ngettext("Last copy {n} hour ago", "Last copy {n} hours ago", hours).format(n=hours)
    return ngettext("Last copy {n} day ago", "Last copy {n} days ago", hours // 24).format(n=hours // 24)
