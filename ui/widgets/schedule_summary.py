"""The figures beside the timetable: when it ends, how sure that is, how long people wait, what the checker says."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries.schedule import TimetableRow, Waiting
from data.queries.schedule_words import minutes
from data.rules.decimals import clock
from ui.widgets import parts

_MOST_LINES = 8


class ScheduleSummary(QWidget):
    """Three cards; `show_timetable` fills them."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scheduleSummary")
        self.setFixedWidth(256)
        self.finish = parts.label("", "score")
        self.proof = parts.label("", wrap=True)
        self.average = parts.label("", wrap=True)
        self.longest = parts.label("", wrap=True)
        self.check = parts.label("", wrap=True)
        self.check.setObjectName("checkerFindings")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        lines = QWidget()
        lines.setLayout(self._lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        cards = QWidget()
        layout = QVBoxLayout(cards)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(parts.card(parts.muted(_("The day ends at")), self.finish, self.proof))
        layout.addWidget(parts.card(parts.heading(_("Waiting")), self.average, self.longest))
        layout.addWidget(parts.card(parts.heading(_("Checker")), self.check, lines))
        layout.addStretch(1)
        whole = QVBoxLayout(self)  # many findings are more than a small window has room for
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(parts.scrolled(cards))

    def show_timetable(self, row: TimetableRow, waiting: Waiting, who: str, hard: int, found: Sequence[str]) -> None:
        """hard: how many of `found`, the first ones, make the timetable unusable. who: waits longest."""
        self.finish.setText(clock(row.finish_minute))
        if row.is_shortest:
            self.proof.setText("✓ " + _("Proven: no timetable ends earlier."))
            parts.set_tone(self.proof, "done")
        else:
            text = _("No timetable ends before {bound}; this one ends {gap} later.")
            gap = minutes(row.finish_minute - row.bound_minute)
            self.proof.setText("▲ " + text.format(bound=clock(row.bound_minute), gap=gap))
            parts.set_tone(self.proof, "attention")
        tenths = (waiting.average_milli + 50) // 100
        self.average.setText(_("On average {n} minutes between visits").format(n=f"{tenths // 10}.{tenths % 10}"))
        longest = _("Longest: {minutes}, {who}").format(minutes=minutes(waiting.longest), who=who)
        self.longest.setText(longest if waiting.longest else _("Nobody waits between visits."))
        parts.clear(self._lines)
        if not found:
            self.check.setText("✓ " + _("No findings: nobody in two places, breaks free, recusals kept."))
            parts.set_tone(self.check, "done")
            return
        count = len(found)
        mark = "✕ " if hard else "▲ "
        self.check.setText(mark + ngettext("{n} finding", "{n} findings", count).format(n=count))
        parts.set_tone(self.check, "wrong" if hard else "attention")
        for number, text in enumerate(found[:_MOST_LINES]):
            self._lines.addWidget(
                parts.label(("✕ " if number < hard else "▲ ") + text, "small", wrap=True, selectable=True)
            )
        if count > _MOST_LINES:
            self._lines.addWidget(parts.muted(_("and {n} more").format(n=count - _MOST_LINES)))
