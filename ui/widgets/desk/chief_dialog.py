"""The chief judge agrees with his PIN: to reopen what is locked, to confirm, to decide an appeal."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout, QWidget

from data.actions import operators
from data.errors import UserError
from data.i18n import _
from data.queries.operators import chiefs
from data.queries.sealing import sealing
from ui.desk import Desk
from ui.pages.page import Page
from ui.widgets import parts
from ui.widgets.choice import Choice
from ui.widgets.desk.operator_dialog import OperatorDialog
from ui.widgets.desk.pin_field import pin_field
from ui.widgets.problem import problem_label, tell

_WIDTH = 480

Then = Callable[[str, str, str], None]  # chief judge, PIN, reason


def ask_chief(
    parent: QWidget, title: str, text: str, then: Then, *, reason: bool = True, yes: str = ""
) -> "ChiefDialog":
    """Ask for the chief judge's PIN, and with `reason` why; then(chief, pin, reason) does what it is asked for.

    A UserError that `then` raises is shown, and the dialog stays open for another try. Where no chief judge signs in
    yet, one can be added. Without `reason` an empty one is handed over.

    Args:
        parent: a page, or anything on one.
        then: a bound method.
        yes: the verb on the button.
    """
    made = ChiefDialog(parent, _desk_of(parent), title, text, then, asks_reason=reason, yes=yes)
    made.open()
    return made


def _desk_of(widget: QWidget) -> Desk:
    above: QWidget | None = widget
    while not isinstance(above, Page):
        if above is None:
            raise ValueError(f"{widget} is on no page")
        above = above.parentWidget()
    return above.desk


class ChiefDialog(QDialog):
    """Opened by `ask_chief`. Deletes itself when closed."""

    def __init__(
        self, parent: QWidget, desk: Desk, title: str, text: str, then: Then, *, asks_reason: bool, yes: str
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._then = then
        self._asks_reason = asks_reason
        layout = parts.dialog_frame(self, "chiefDialog", title, _WIDTH)
        layout.addWidget(parts.label(title, "heading", wrap=True))
        if text:
            layout.addWidget(parts.label(text, wrap=True))
        self._nobody = QVBoxLayout()
        layout.addLayout(self._nobody)
        self.chief = Choice()
        self.chief.setObjectName("chiefName")
        self.chief.setAccessibleName(_("Chief judge"))
        self.pin = pin_field("chiefPin", _("PIN"))
        self.reason = parts.field("chiefReason", _("Reason"), _("stands in the log"))
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow(_("Chief judge"), self.chief)
        if asks_reason:
            form.addRow(_("Reason"), self.reason)
        form.addRow(_("PIN"), self.pin)
        layout.addLayout(form)
        self.problem = problem_label("chiefProblem")
        layout.addWidget(self.problem)
        self.yes = parts.primary_button(yes or _("OK"), self._on_yes, name="yes")
        self.yes.setDefault(True)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), self.yes))
        for field in (self.pin, self.reason):
            field.textChanged.connect(self._on_typed)
        self._offer()

    def _offer(self) -> None:
        """Show who may agree; where there is nobody, how to add somebody."""
        names = chiefs(self._desk.store)
        self.chief.offer([(name, name) for name in names])
        parts.clear(self._nobody)
        if not names:
            add = parts.button(_("Add the chief judge…"), self._ask_chief, name="addChief")
            self._nobody.addWidget(parts.strip(_("No chief judge has a PIN in this event yet."), "attention", add))
        for field in (self.chief, self.pin, self.reason):
            field.setEnabled(bool(names))
        self._on_typed()
        (self.reason if self._asks_reason else self.pin).setFocus()

    def _ask_chief(self) -> None:
        known = sealing(self._desk.store).chiefs
        OperatorDialog(
            self,
            _("Add the chief judge"),
            _("The chief judge types the PIN, and nobody else knows it."),
            self._add,
            name=known[0] if known else "",
            chief=True,
            asks_chief=False,
        ).open()

    def _add(self, name: str, pin: str, chief: bool) -> None:
        operators.add(self._desk.store, self._desk.actor, name, pin, chief=chief)
        self._offer()

    def _on_typed(self) -> None:
        given = bool(self.reason.text().strip()) or not self._asks_reason
        self.yes.setEnabled(bool(self.chief.currentData() and self.pin.text()) and given)

    def _on_yes(self) -> None:
        try:
            self._then(self.chief.currentData(), self.pin.text(), self.reason.text().strip())
        except UserError as error:
            tell(self.problem, error)
            self.pin.clear()
            self.pin.setFocus()
            return
        self.accept()
