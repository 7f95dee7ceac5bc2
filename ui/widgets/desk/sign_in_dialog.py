"""Who takes the desk over: a name of the list, a PIN, Enter."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from data.errors import UserError
from data.i18n import _
from data.queries.operators import Operator, is_needed, operators
from ui.desk import Desk
from ui.widgets import parts
from ui.widgets.desk.pin_field import pin_field
from ui.widgets.problem import problem_label, tell

_WIDTH = 440
_ROWS_SHOWN = 8
_ROW_HEIGHT = 34
_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class SignInDialog(QDialog):
    """The keyboard stays in the field of the PIN: the arrow keys walk the names, digits are the PIN, Enter signs in.

    The one who is proposed is whoever of two is not at the desk now. Nothing that is half typed on a page is lost.
    Deletes itself when closed. Signal: free_name_wanted: somebody without a PIN sits down.
    """

    free_name_wanted = Signal()

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        known = operators(desk.store)
        with desk.store.read():
            needed = is_needed()
        title = _("Who is at the desk?")
        layout = parts.dialog_frame(self, "signInDialog", title, _WIDTH)
        layout.addWidget(parts.heading(title))
        layout.addWidget(parts.muted(_("Choose your name with ↑ and ↓, type your PIN, press Enter."), wrap=True))
        self.names = QListWidget()
        self.names.setObjectName("signInNames")
        self.names.setAccessibleName(_("Name"))
        self.names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.names.setFixedHeight(_ROW_HEIGHT * min(len(known), _ROWS_SHOWN) + 4)
        for one in known:
            item = QListWidgetItem(_words(one, desk.signed_in))
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            item.setData(Qt.ItemDataRole.UserRole, one.name)
            self.names.addItem(item)
        self.names.setCurrentRow(_proposed(desk, known))
        self.names.currentRowChanged.connect(self._on_chosen)
        layout.addWidget(self.names)
        self.pin = pin_field("signInPin", _("PIN"))
        self.pin.textChanged.connect(self._on_typed)
        self.pin.installEventFilter(self)
        layout.addLayout(parts.row(parts.muted(_("PIN")), self.pin, None))
        self.problem = problem_label("signInProblem")
        layout.addWidget(self.problem)
        self.yes = parts.primary_button(_("Sign in"), self._on_yes, name="yes")
        self.yes.setDefault(True)
        self.leave = parts.button(_("Sign out"), self._on_leave, name="signOut")
        self.leave.setVisible(bool(desk.signed_in))
        free = parts.link_button(_("Somebody without a PIN…"), self._on_free, name="freeName")
        free.setVisible(not needed)
        no = parts.button(_("Cancel"), self.reject, name="no")
        layout.addLayout(parts.row(self.leave, free, None, no, self.yes))
        self._on_typed()
        self.pin.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _WALKING:
            step = -1 if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else 1
            self.names.setCurrentRow((self.names.currentRow() + step) % self.names.count())
            return True
        return super().eventFilter(watched, event)

    def _on_chosen(self) -> None:
        self.pin.clear()
        tell(self.problem, "")
        self.pin.setFocus()

    def _on_typed(self) -> None:
        self.yes.setEnabled(bool(self.pin.text()))

    def _on_yes(self) -> None:
        name = self.names.currentItem().data(Qt.ItemDataRole.UserRole)
        try:
            self._desk.sign_in(name, self.pin.text())
        except UserError as error:
            tell(self.problem, error)
            self.pin.clear()
            self.pin.setFocus()
            return
        self._desk.say(_("{name} is at the desk now.").format(name=name))
        self.accept()

    def _on_leave(self) -> None:
        self._desk.sign_out()
        self.accept()

    def _on_free(self) -> None:
        self.accept()
        self.free_name_wanted.emit()


def _words(one: Operator, signed_in: str) -> str:
    words = _("{name} (chief judge)").format(name=one.name) if one.chief else one.name
    return _("{name}, at the desk now").format(name=words) if one.name == signed_in else words


def _proposed(desk: Desk, known: list[Operator]) -> int:
    """The row of who was here last, or, while somebody is here, of the next in the list who is no chief judge."""
    names = [one.name for one in known]
    last = names.index(desk.settings.operator) if desk.settings.operator in names else -1
    if last >= 0 and not desk.signed_in:
        return last
    others = [row for row, one in enumerate(known) if not one.chief and row != last]
    return next((row for row in others if row > last), others[0] if others else 0)
