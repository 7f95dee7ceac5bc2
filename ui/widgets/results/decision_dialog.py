"""The chief judge decides an appeal: grants it with what is corrected, or refuses it; either with his PIN."""

from PySide6.QtWidgets import QDialog, QFormLayout

from data.actions import appeals as actions
from data.i18n import _
from data.queries.appeals import MARK, RESULT, AppealRow
from data.rules.decimals import NumberProblem
from ui.pages.page import Page
from ui.widgets import parts
from ui.widgets.desk.chief_dialog import ask_chief
from ui.widgets.problem import problem_label, tell
from ui.widgets.results.correction_form import CorrectionForm

_WIDTH, _HEIGHT = 720, 600  # the sheet of a mark has room, and the window 720 high too


class DecisionDialog(QDialog):
    """Asks for the decision in words, and for the correction where the appeal is about a mark; then for the chief
    judge's PIN, beside which stands what the action refuses. Deletes itself when closed."""

    def __init__(self, page: Page, row: AppealRow) -> None:
        super().__init__(page)
        self._desk = page.desk
        self._row = row
        self._correction: actions.Correction | None = None
        layout = parts.dialog_frame(self, "decisionDialog", _("Decide an appeal"), _WIDTH)
        who = " · ".join(dict.fromkeys(filter(None, (row.number, row.name, row.unit))))
        layout.addWidget(parts.heading(_("Decide an appeal")))
        layout.addWidget(parts.label(f"{who} · {row.division}", "subheading", wrap=True))
        layout.addWidget(parts.label(_("{who}: {text}").format(who=row.raised_by, text=row.text), wrap=True))
        layout.addWidget(parts.line())
        self.form = CorrectionForm(self._desk.store, row)
        layout.addWidget(self.form, 1)
        if row.about != RESULT:
            layout.addWidget(parts.muted(_("To grant it, enter here what is right from now on. It passes over locks.")))
        self.decision = parts.field("appealDecision", _("Ruling"), _("what was decided, and why"))
        self.decision.textChanged.connect(self._on_typed)
        form = QFormLayout()
        form.addRow(_("Ruling"), self.decision)
        layout.addLayout(form)
        self.problem = problem_label("decisionProblem")
        layout.addWidget(self.problem)
        self.refuse_button = parts.button(_("Refuse…"), self._on_refuse, name="refuseAppeal")
        self.grant_button = parts.primary_button(_("Grant…"), self._on_grant, name="grantAppeal")
        cancel = parts.button(_("Cancel"), self.reject, name="no")
        layout.addLayout(parts.row(None, cancel, self.refuse_button, self.grant_button))
        if row.about == MARK:
            self.resize(_WIDTH, _HEIGHT)
        self._on_typed()

    def _on_typed(self) -> None:
        tell(self.problem, "")
        for button in (self.refuse_button, self.grant_button):
            button.setEnabled(bool(self.decision.text().strip()))

    def _on_grant(self) -> None:
        try:
            self._correction = self.form.correction()
        except NumberProblem:
            tell(self.problem, _("Write the points and seconds as numbers."))
            return
        text = _("The mark is corrected at once, and the earlier one stays on record.")
        if self._row.about == RESULT:
            text = _("Nothing is corrected by this alone.")
        ask_chief(self, _("Grant the appeal"), text, self._grant, reason=False, yes=_("Grant the appeal"))

    def _grant(self, chief: str, pin: str, _reason: str) -> None:
        store, actor, decision = self._desk.store, self._desk.actor, self.decision.text()
        actions.grant(store, actor, self._row.id, chief, pin, decision, self._correction)
        self._desk.say(_("The appeal of {name} is granted.").format(name=self._row.name))
        self.accept()

    def _on_refuse(self) -> None:
        ask_chief(
            self, _("Refuse the appeal"), _("The mark stays as it is."), self._refuse, reason=False, yes=_("Refuse it")
        )

    def _refuse(self, chief: str, pin: str, _reason: str) -> None:
        actions.refuse(self._desk.store, self._desk.actor, self._row.id, chief, pin, self.decision.text())
        self._desk.say(_("The appeal of {name} is refused.").format(name=self._row.name))
        self.accept()
