"""The figures beside the timetable: when it ends, how sure that is, how long people wait, what the checker says."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries.schedule import Waiting
from data.queries.schedule_words import minutes
from data.rules.decimals import clock
from data.rules.rotation_check import Finding
from data.rules.rotation_model import Progress
from ui.widgets import parts
from ui.widgets.schedule.schedule_versions import VersionsCard

_MOST_LINES = 8
_ALL_LINES = 200
_WIDTH = 264


@dataclass(frozen=True)
class Figures:
    """What the summary says of a timetable. `findings`: each with its words, hard ones first."""

    finish: int
    bound: int
    waiting: Waiting
    longest_who: str
    findings: tuple[tuple[Finding, str], ...]

    @property
    def hard(self) -> int:
        """How many findings make the timetable unusable."""
        return sum(finding.hard for finding, _words in self.findings)

    @property
    def in_the_way(self) -> int:
        """How many findings keep a draft from being put in force, whenever that is tried. What is late by now is
        judged when it is saved."""
        return sum(finding.hard and finding.code != "too_early" for finding, _words in self.findings)


class ScheduleSummary(QWidget):
    """Cards; `show_timetable` fills them. finding_chosen: the finding whose visit is to be shown. settings_wanted:
    the settings of the planning are to be changed."""

    finding_chosen = Signal(object)
    settings_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scheduleSummary")
        self.setFixedWidth(_WIDTH)
        self.finish = parts.label("", "score")
        self.proof = parts.label("", wrap=True)
        self.average = parts.label("", wrap=True)
        self.longest = parts.label("", wrap=True)
        self.check = parts.label("", wrap=True)
        self.check.setObjectName("checkerFindings")
        self.settings = parts.muted("", wrap=True)
        self.settings.setObjectName("planningSettings")
        self.versions = VersionsCard()
        self._found: tuple[tuple[Finding, str], ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._lines.setContentsMargins(0, 0, 0, 0)
        lines = QWidget()
        lines.setLayout(self._lines)
        self._live = self._build_live()
        cards = QWidget()
        layout = QVBoxLayout(cards)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._live)
        layout.addWidget(parts.card(parts.muted(_("The day ends at")), self.finish, self.proof))
        layout.addWidget(parts.card(parts.heading(_("Checker")), self.check, lines))
        layout.addWidget(parts.card(parts.heading(_("Waiting")), self.average, self.longest))
        change = parts.link_button(_("Change"), self.settings_wanted.emit, name="changeSettings")
        layout.addWidget(parts.card(parts.row(parts.heading(_("Planned by")), None, change), self.settings))
        layout.addWidget(self.versions)
        layout.addStretch(1)
        whole = QVBoxLayout(self)  # many findings are more than a small window has room for
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(parts.scrolled(cards))

    def show_timetable(self, figures: Figures) -> None:
        """Show the figures of the timetable on the screen."""
        self.finish.setText(clock(figures.finish))
        if figures.hard:
            self.proof.setText("▲ " + _("Made for earlier settings: plan the day again."))
            parts.set_tone(self.proof, "attention")
        else:
            _show_proof(self.proof, figures.finish, figures.bound)
        waiting = figures.waiting
        tenths = (waiting.average_milli + 50) // 100
        self.average.setText(_("On average {n} minutes between visits").format(n=f"{tenths // 10}.{tenths % 10}"))
        longest = _("Longest: {minutes}, {who}").format(minutes=minutes(waiting.longest), who=figures.longest_who)
        self.longest.setText(longest if waiting.longest else _("Nobody waits between visits."))
        self._found = figures.findings
        self._show_findings(_MOST_LINES, figures.hard)

    def show_progress(self, progress: Progress | None) -> None:
        """How far a planning is: the best timetable so far beside what no timetable can beat; None: none runs."""
        self._live.setVisible(progress is not None)
        if progress is None:
            return
        self._best.setText(clock(progress.finish))
        _show_proof(self._best_proof, progress.finish, progress.bound)
        each = _("Waiting, all together: {minutes}").format(minutes=minutes(progress.waiting))
        self._best_waiting.setText(each)

    def _build_live(self) -> QFrame:
        self._best = parts.label("", "score")
        self._best.setObjectName("bestFinish")
        self._best_proof = parts.label("", wrap=True)
        self._best_waiting = parts.label("", wrap=True)
        card = parts.card(parts.heading(_("Best so far")), self._best, self._best_proof, self._best_waiting)
        card.hide()
        return card

    def _show_all(self) -> None:
        self._show_findings(_ALL_LINES, sum(finding.hard for finding, _words in self._found))

    def _show_findings(self, most: int, hard: int) -> None:
        parts.clear(self._lines)
        count = len(self._found)
        if not count:
            self.check.setText("✓ " + _("No findings: nobody in two places, breaks free, recusals kept."))
            parts.set_tone(self.check, "done")
            return
        mark = "✕ " if hard else "▲ "
        self.check.setText(mark + ngettext("{n} finding", "{n} findings", count).format(n=count))
        parts.set_tone(self.check, "wrong" if hard else "attention")
        for finding, text in self._found[:most]:
            line = _FindingLine(finding, ("✕ " if finding.hard else "▲ ") + text)
            line.chosen.connect(self.finding_chosen)
            self._lines.addWidget(line)
        if count > most and most == _MOST_LINES:
            self._lines.addWidget(parts.link_button(_("Show all {n}").format(n=count), self._show_all, name="showAll"))
        elif count > most:
            self._lines.addWidget(parts.muted(_("and {n} more").format(n=count - most)))


class _FindingLine(QWidget):
    """One finding; a click, Enter or the space bar asks for its visit."""

    chosen = Signal(object)

    def __init__(self, finding: Finding, text: str) -> None:
        super().__init__()
        self._finding = finding
        self.setObjectName("findingLine")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Show the visit in the chart"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.addWidget(parts.label(text, "small", wrap=True))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._finding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._finding)
        else:
            super().keyPressEvent(event)


def _show_proof(label: QLabel, finish: int, bound: int) -> None:
    if finish <= bound:
        label.setText("✓ " + _("Proven: no timetable ends earlier."))
        parts.set_tone(label, "done")
        return
    text = _("No timetable ends before {bound}; this one ends {gap} later.")
    label.setText("▲ " + text.format(bound=clock(bound), gap=minutes(finish - bound)))
    parts.set_tone(label, "attention")
