"""Somebody appeals (申诉): who competes, about which mark, who brings it, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout

from data.actions import appeals as actions
from data.errors import UserError
from data.i18n import _
from data.queries import appeals as queries
from data.queries.appeals import Deadline
from data.queries.leaderboard import DivisionStandings
from ui.models.rows import Column
from ui.pages.page import Page
from ui.widgets import parts
from ui.widgets.problem import problem_label, tell
from ui.widgets.table import Table

_WIDTH, _LIST_HEIGHT = 760, 220


@dataclass(frozen=True)
class _Line:
    """Somebody who may appeal, as the standings name him."""

    entrant_id: int
    number: str
    name: str
    unit: str
    division: str


class AppealDialog(QDialog):
    """Takes an appeal of one of the entrants in these standings. What the action refuses is shown, and the dialog
    stays. After the deadline it asks why the appeal is taken all the same. Deletes itself when closed."""

    def __init__(self, page: Page, divisions: Sequence[DivisionStandings], deadline: Deadline | None) -> None:
        super().__init__(page)
        self._desk = page.desk
        self._subjects: tuple[queries.Subject, ...] = ()
        now = self._desk.store.clock()
        self._is_late = deadline is not None and now > deadline.ends
        layout = parts.dialog_frame(self, "appealDialog", _("Take an appeal"), _WIDTH)
        layout.addWidget(parts.heading(_("Take an appeal")))
        words = queries.time_words(deadline, now)
        layout.addWidget(parts.strip(words, "attention" if self._is_late else "info"))
        self.table = Table("appellants", _columns(), self._desk.settings, key=_entrant)
        self.table.setMinimumHeight(_LIST_HEIGHT)
        self.table.set_rows(_lines(divisions))
        self.table.view.selectionModel().selectionChanged.connect(self._on_entrant)
        layout.addWidget(self.table, 1)
        self.about = QComboBox()
        self.about.setObjectName("appealAbout")
        self.about.setAccessibleName(_("About"))
        self.raised_by = parts.field("appealRaisedBy", _("Raised by"), _("the entrant, or the leader of the unit"))
        self.text = parts.field("appealText", _("What it says"), _("in a few words"))
        self.late_reason = parts.field("appealLateReason", _("Why so late"), _("why it is taken after the deadline"))
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for field in (self.about, self.raised_by, self.text, self.late_reason):
            if field is not self.late_reason or self._is_late:
                form.addRow(field.accessibleName(), field)
        layout.addLayout(form)
        self.problem = problem_label("appealProblem")
        layout.addWidget(self.problem)
        self.yes = parts.primary_button(_("Take the appeal"), self._on_yes, name="yes")
        self.yes.setDefault(True)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), self.yes))
        for field in (self.raised_by, self.text, self.late_reason):
            field.textChanged.connect(self._on_typed)
        self._on_typed()
        self.table.search.setFocus()

    def _on_entrant(self) -> None:
        tell(self.problem, "")
        chosen = self.table.selected()
        self._subjects = queries.subjects(self._desk.store, chosen[0].entrant_id) if chosen else ()
        self.about.clear()
        self.about.addItems([subject.text for subject in self._subjects])
        self._on_typed()

    def _on_typed(self) -> None:
        wanted = [self.raised_by, self.text, *([self.late_reason] if self._is_late else [])]
        self.yes.setEnabled(bool(self._subjects) and all(field.text().strip() for field in wanted))

    def _on_yes(self) -> None:
        line: _Line = self.table.selected()[0]
        subject = self._subjects[self.about.currentIndex()]
        desk = self._desk
        try:
            actions.raise_appeal(
                desk.store,
                desk.actor,
                line.entrant_id,
                subject.about,
                subject.visit_id,
                subject.seat,
                self.raised_by.text(),
                self.text.text(),
                self.late_reason.text(),
            )
        except UserError as error:
            tell(self.problem, error)
            return
        desk.say(_("The appeal of {name} is taken.").format(name=line.name))
        self.accept()


def _lines(divisions: Sequence[DivisionStandings]) -> list[_Line]:
    return [
        _Line(row.entrant_id, row.number or "", row.name, row.unit, division.title)
        for division in divisions
        for row in division.rows
    ]


def _entrant(line: _Line) -> int:
    return line.entrant_id


def _columns() -> list[Column]:
    return [
        Column(_("Number"), lambda line: line.number, width=96),
        Column(_("Name"), lambda line: line.name, width=130, bold=True),
        Column(_("Unit"), lambda line: line.unit, width=220),
        Column(_("Division"), lambda line: line.division, width=0),
    ]
