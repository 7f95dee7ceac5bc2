"""Rehearse this event 演练: the rest of the day on a copy, with simulated judges, then what came of it."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from data.errors import Cancelled, UserError
from data.i18n import _
from data.rehearsal_words import DEFAULT_SEED, Report, count_title, headlines, phase_title
from printing.papers import DAY_PAPERS
from ui import dialogs
from ui.desk import Desk
from ui.task import Progress, Task
from ui.widgets import parts
from ui.widgets.progress_panel import ProgressPanel

_WIDTH = 640
_COLUMNS = 3
_ALWAYS_SHOWN = "schedule_faults"  # a count that says the most when it is 0


class RehearseDialog(QDialog):
    """Asks for seed and folder, runs, reports. Deletes itself when closed; while it runs, to close it is to stop it."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self._leaving = False
        self.seed = QLineEdit(DEFAULT_SEED)
        self.seed.setObjectName("rehearsalSeed")
        self.folder = QLineEdit(str(free_folder(desk.store.path.parent, desk.store.clock().astimezone())))
        self.folder.setObjectName("rehearsalFolder")
        self._choose = parts.button(_("Choose…"), self._on_choose, name="chooseFolder")
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow(_("Seed"), self.seed)
        form.addRow(
            "", parts.muted(_("Parts separated by /, one for each witness. The simulated marks follow from it."))
        )
        form.addRow(_("Folder"), parts.row(self.folder, self._choose))
        self.disturb = QCheckBox(_("With all that goes wrong on a day"))
        self.disturb.setObjectName("rehearsalDisturbed")
        form.addRow("", self.disturb)
        form.addRow(
            "",
            parts.muted(
                _("Delays, people who stay away, a lane that is lost, a judge who is replaced: the day is re-timed."),
                wrap=True,
            ),
        )
        for field in (self.seed, self.folder):
            field.textChanged.connect(self._on_typed)
        self._form = QWidget()
        self._form.setLayout(form)
        form.setContentsMargins(0, 0, 0, 0)
        self._notices = QVBoxLayout()
        self._progress = ProgressPanel()
        self._outcome = QVBoxLayout()
        self._close = parts.button(_("Close"), self.reject, name="close")
        self._open = parts.primary_button(_("Open the folder"), self._on_open, name="openFolder")
        self._open.hide()
        self._start = parts.primary_button(_("Start"), self._on_start, name="start")
        self._start.setDefault(True)
        layout = parts.dialog_frame(self, "rehearseDialog", _("Rehearse this event"), _WIDTH)
        layout.addWidget(parts.heading(_("Rehearse this event")))
        layout.addWidget(
            parts.label(
                _(
                    "The rest of the day runs on a copy: draws, timetable, papers, marks by simulated judges, results. "
                    "This event itself is not touched."
                ),
                wrap=True,
            )
        )
        for child in (self._form, self._progress):
            layout.addWidget(child)
        layout.addLayout(self._notices)
        layout.addLayout(self._outcome)
        layout.addStretch(1)
        layout.addLayout(parts.row(None, self._close, self._open, self._start))
        self.seed.setFocus()

    def _on_typed(self) -> None:
        self._start.setEnabled(bool(self.seed.text().strip() and self.folder.text().strip()))

    def _on_choose(self) -> None:
        dialogs.choose_folder(self, _("Folder for the rehearsal"), self._on_folder, self._desk.store.path.parent)

    def _on_folder(self, folder: Path) -> None:
        self.folder.setText(str(free_folder(folder, self._desk.store.clock().astimezone())))

    def _on_start(self) -> None:
        parts.clear(self._notices)
        self._task = self._desk.tasks.run(
            _Rehearsal(
                self._desk.store.path,
                self.seed.text(),
                Path(self.folder.text().strip()),
                disturb=self.disturb.isChecked(),
            ),
            self._on_done,
            self._on_failed,
            title=_("Rehearsing"),
        )
        self._task.ended.connect(self._on_ended)
        self._progress.follow(self._task)
        self._form.hide()
        self._start.setEnabled(False)
        self.adjustSize()

    def _on_done(self, report: Report) -> None:
        self._start.hide()
        self._open.show()
        self._open.setDefault(True)
        self._open.setFocus()
        for line in headlines(report):
            self._outcome.addWidget(parts.label(line, "subheading", wrap=True))
        self._outcome.addWidget(parts.card(_counts(report)))
        spent = (f"{phase_title(name)} {spent:.1f} s" for name, spent in report.seconds.items() if name != "total")
        self._outcome.addWidget(parts.muted(" · ".join(spent), wrap=True))
        for warning in report.warnings:
            self._notices.addWidget(parts.strip(warning, "attention"))
        folder = parts.label(self.folder.text(), "muted", wrap=True, selectable=True)
        self._outcome.addWidget(folder)

    def _on_failed(self, error: UserError) -> None:
        self._form.show()
        self._start.setEnabled(True)
        self._notices.addWidget(parts.strip(str(error), "info" if isinstance(error, Cancelled) else "wrong"))

    def _on_ended(self, _task: Task) -> None:
        self._task = None
        if self._leaving:
            self.reject()
        else:
            self.adjustSize()

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text()))

    def reject(self) -> None:
        if self._task is not None:
            self._leaving = True
            self._task.cancel()
            return
        super().reject()


class _Rehearsal:
    """The work of the task: what it needs, and nothing of the dialog, which must not die in a worker thread."""

    def __init__(self, event_file: Path, seed: str, out: Path, *, disturb: bool = False) -> None:
        self._disturb = disturb
        self._event_file = event_file
        self._seed = seed
        self._out = out

    def __call__(self, progress: Progress) -> Report:
        from data.rehearsal import rehearse_copy  # here, in the worker thread: the solver takes a second to load

        return rehearse_copy(self._event_file, self._seed, self._out, DAY_PAPERS, progress, disturb=self._disturb)


def free_folder(parent: Path, moment: datetime) -> Path:
    """A folder in `parent` that does not exist yet, named for the rehearsal's moment."""
    name = _("Rehearsal {moment}").format(moment=f"{moment:%Y-%m-%d %H%M}")
    folder, turn = parent / name, 2
    while folder.exists():
        folder, turn = parent / f"{name} ({turn})", turn + 1
    return folder


def _counts(report: Report) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    shown = [(name, count) for name, count in report.counts.items() if count or name == _ALWAYS_SHOWN]
    lines = -(-len(shown) // _COLUMNS)
    for place, (name, count) in enumerate(shown):
        column, line = divmod(place, lines)
        number = parts.label(str(count), "subheading")
        number.setObjectName(f"count:{name}")
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(number, line, 2 * column)
        grid.addWidget(parts.muted(count_title(name)), line, 2 * column + 1)
        grid.setColumnStretch(2 * column + 1, 1)
    return grid
