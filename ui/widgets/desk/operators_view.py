"""Who signs in at this event (录分员、裁判长): a tab of the setup page."""

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from data.actions import operators as actions
from data.errors import UserError
from data.i18n import _
from data.queries.operators import Operator, is_needed, operators
from data.queries.sealing import sealing
from ui import dialogs
from ui.desk import Desk
from ui.errors import show_error
from ui.models.rows import Column
from ui.widgets import parts
from ui.widgets.desk.operator_dialog import OperatorDialog
from ui.widgets.desk.sign_in_dialog import SignInDialog
from ui.widgets.table import Table


class OperatorsView(QWidget):
    """Adds people, gives new PINs, ends somebody's signing in. What it changes is saved at once, not with the plan.

    sheet: what `desk.go("setup", …)` names to bring it into view.
    """

    sheet = "operators"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("operatorsView")
        self._desk = desk
        self._known: list[Operator] = []
        self._new_pin_of = 0
        self._told = QVBoxLayout()
        self.table = Table("operators", _columns(), self._desk.settings, key=lambda one: one.id)
        self.table.chosen.connect(self._on_chosen)
        self.add_button = parts.button(_("Add somebody…"), self.ask_new, name="addOperator")
        self.pin_button = parts.button(_("New PIN…"), self.ask_pin, name="newPin")
        self.retire_button = parts.button(_("Signs in no more…"), self.ask_retire, name="retireOperator")
        listed = QWidget()
        layout = QVBoxLayout(listed)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(
            parts.muted(
                _(
                    "Whoever enters marks signs in with a name and a PIN, so that a second person reads what the first "
                    "has typed. F12 changes who is at the desk. This is saved at once, not with the plan."
                ),
                wrap=True,
            )
        )
        layout.addLayout(self._told)
        layout.addLayout(parts.row(self.add_button, self.pin_button, self.retire_button, None))
        layout.addWidget(self.table, 1)
        self._nobody = parts.empty_state(
            _("Nobody has a PIN yet: whoever sits down works under any name."),
            _(
                "Add the chief judge, who confirms and reopens with a PIN, and those who enter marks, if a second "
                "person is to type what the first has typed."
            ),
            parts.primary_button(_("Add somebody…"), self.ask_new, name="addFirst"),
        )
        self._desk.actor_changed.connect(self._on_actor)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(listed)
        self._stack.addWidget(self._nobody)

    def refresh(self) -> None:
        """Read and show who signs in."""
        self._known = operators(self._desk.store)
        self._stack.setCurrentIndex(0 if self._known else 1)
        self.table.set_rows(self._known)
        parts.clear(self._told)
        shut = self._is_shut()
        if shut:
            sign_in = parts.button(_("Sign in…"), self._ask_sign_in, name="signInFirst")
            words = _("Only the chief judge decides who signs in, and has to sign in for it.")
            self._told.addWidget(parts.strip(words, "attention", sign_in))
        elif not any(one.chief for one in self._known):
            words = _("No chief judge has a PIN in this event yet.")
            self._told.addWidget(parts.strip(words, "attention"))
        self.add_button.setEnabled(not shut)
        self._on_chosen()

    def ask_new(self) -> None:
        """Ask for the name and PIN of somebody who signs in from now on; the chief judge comes first."""
        known = sealing(self._desk.store).chiefs
        first = not any(one.chief for one in self._known)
        OperatorDialog(
            self,
            _("Who signs in from now on?"),
            _("The person types the PIN, and nobody else knows it."),
            self._add,
            name=known[0] if first and known else "",
            chief=first,
        ).open()

    def ask_pin(self) -> None:
        """Ask for a new PIN of the one who is chosen."""
        one = self.table.current()
        if one is not None:
            self._new_pin_of = one.id
            OperatorDialog(
                self,
                _("A new PIN for {name}").format(name=one.name),
                _("The person types the PIN, and nobody else knows it."),
                self._set_pin,
                name=one.name,
                asks_name=False,
                asks_chief=False,
            ).open()

    def ask_retire(self) -> None:
        """Ask whether the one who is chosen signs in no more."""
        one = self.table.current()
        if one is not None:
            dialogs.confirm(
                self,
                _("{name} signs in no more?").format(name=one.name),
                _("What was done under this name stays. The same name can be added again, with a new PIN."),
                self._retire,
                yes=_("Signs in no more"),
                danger=True,
            )

    def _on_actor(self, _name: str) -> None:
        if self.isVisible():
            self.refresh()

    def _is_shut(self) -> bool:
        chiefs = [one for one in self._known if one.chief]
        return bool(chiefs) and not any(one.present for one in chiefs)

    def _on_chosen(self) -> None:
        one, shut = self.table.current(), self._is_shut()
        self.pin_button.setEnabled(one is not None and (one.present or not shut))
        self.retire_button.setEnabled(one is not None and not shut)

    def _ask_sign_in(self) -> None:
        SignInDialog(self, self._desk).open()

    def _add(self, name: str, pin: str, chief: bool) -> None:
        actions.add(self._desk.store, self._desk.actor, name, pin, chief=chief)
        with self._desk.store.read():
            needed = is_needed()
        said = _("{name} signs in from now on: F12, PIN, Enter.") if needed else _("{name} has a PIN now.")
        self._desk.say(said.format(name=name.strip()))

    def _set_pin(self, name: str, pin: str, _chief: bool) -> None:
        actions.set_pin(self._desk.store, self._desk.actor, self._new_pin_of, pin)
        self._desk.say(_("{name} has a new PIN.").format(name=name))

    def _retire(self) -> None:
        one = self.table.current()
        if one is None:
            return
        try:
            actions.retire(self._desk.store, self._desk.actor, one.id)
        except UserError as error:
            show_error(self, error)
            return
        self._desk.say(_("{name} signs in no more.").format(name=one.name))


def _columns() -> list[Column]:
    return [
        Column(_("Name"), lambda one: one.name, width=200, bold=True),
        Column(_("Task"), lambda one: _("chief judge") if one.chief else _("enters marks"), width=160),
        Column(
            _("At the desk"),
            lambda one: _("has signed in") if one.present else "",
            width=0,
            tone=lambda one: "done" if one.present else "",
        ),
    ]
