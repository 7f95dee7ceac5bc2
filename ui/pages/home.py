"""Home: what to do now, how far each station is, and who is next."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries.readiness import Readiness, ReadinessLine
from ui.desk import Desk
from ui.pages.page import Page
from ui.widgets import parts
from ui.widgets.readiness_row import ReadinessRow

_HALF_MINUTE = 30_000


class HomePage(Page):
    key = "home"
    tables = frozenset(
        {
            "event",
            "division",
            "unit",
            "station",
            "judge",
            "person",
            "past_entry",
            "entrant",
            "draw",
            "timetable",
            "visit",
            "mark",
            "theory_mark",
            "playoff",
            "result_version",
            "printout",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: tuple[ReadinessLine, ...] | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(parts.card(self._list, margin=12))
        layout.addStretch(1)
        self.body.addWidget(parts.scrolled(content))
        self.add_action(_("Another event…"), desk.leave)
        self.set_primary(_("Scan  F2"), self._on_scan)
        self._timer = QTimer(self)
        self._timer.setInterval(_HALF_MINUTE)
        self._timer.timeout.connect(self._on_timer)
        self._timer.start()

    def title(self) -> str:
        return _("What to do now")

    def purpose(self) -> str:
        lines = self.desk.readiness().lines
        count = sum(line.severity in ("wrong", "attention") for line in lines)
        if count:
            return ngettext("{n} thing needs you.", "{n} things need you.", count).format(n=count)
        return _("Nothing needs mending. Each line leads to its page.")

    def refresh(self) -> None:
        self._show_lines(self.desk.readiness())

    def _show_lines(self, ready: Readiness) -> None:
        if ready.lines == self._lines:
            return
        self._lines = ready.lines
        parts.clear(self._list)
        for number, line in enumerate(ready.lines):
            if number:
                self._list.addWidget(parts.line())
            row = ReadinessRow(line)
            row.wanted.connect(self._on_line)
            self._list.addWidget(row)

    def _on_line(self, line: ReadinessLine) -> None:
        self.desk.go(line.page, line.target)

    def _on_scan(self) -> None:
        self.desk.go("checkin", "scan")

    def _on_timer(self) -> None:
        if self.isVisible():
            self.desk.forget_readiness()
            self.reread()
