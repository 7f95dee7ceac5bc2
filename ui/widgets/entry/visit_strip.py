"""What belongs to a visit as a whole: time used, overtime, penalty, incidents, and whether a mark is due."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QVBoxLayout, QWidget

from data.i18n import _
from data.queries.mark_words import state_word
from data.queries.scores import OpenSheet
from data.rules.decimals import NumberProblem, read_milli, show_milli
from data.rules.marksheet import read_seconds
from data.rules.ranking import OUT
from ui.widgets import parts
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.running.board_words import incident_words


class VisitStrip(QFrame):
    """Time, overtime and penalty to type, saved on Enter.

    Signals: save_wanted; incident_wanted; state_wanted(state): no mark is due because of it, or, empty, is again.
    """

    save_wanted = Signal()
    incident_wanted = Signal()
    state_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "visitStrip")
        self.seconds = self._line("visitSeconds", _("Seconds used, such as 285 or 4:45"))
        self.overtime = self._line("visitOvertime", _("Seconds over the time, such as 15 or 1:05"))
        self.penalty = self._line("visitPenalty", _("Points off the visit, once"))
        self._save = parts.button(_("Save the time"), self.save_wanted.emit, name="saveVisit")
        self._incident = parts.link_button(_("Incident…"), self.incident_wanted.emit, name="visitIncident")
        self._state = parts.link_button(_("No mark is due…"), self._on_state, name="visitState")
        self._is_out = False
        self._told = ElidedLabel("", "muted")
        self._told.setObjectName("visitTold")
        self.flow = FlowLayout(spacing=8)
        for part in (
            _titled(_("Time used"), self.seconds),
            _titled(_("Overtime"), self.overtime),
            _titled(_("Penalty"), self.penalty),
            self._save,
            self._incident,
            self._state,
        ):
            self.flow.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setSpacing(4)
        whole.addLayout(self.flow)
        whole.addWidget(self._told)

    def show_visit(self, sheet: OpenSheet) -> None:
        """Show the visit of a sheet."""
        self.seconds.setText("" if sheet.seconds_milli is None else _minutes(sheet.seconds_milli))
        self.overtime.setText(_minutes(sheet.overtime_milli) if sheet.overtime_milli else "")
        self.penalty.setText(show_milli(sheet.penalty_milli) if sheet.penalty_milli else "")
        self._is_out = bool(sheet.visit_state)
        self._state.setText(_("A mark is due after all…") if self._is_out else _("No mark is due…"))
        self._told.setText("   ".join(incident_words(row) for row in sheet.incidents))
        self._told.setVisible(bool(sheet.incidents))

    def seconds_milli(self) -> int | None:
        """What is typed, None for nothing. Raises NumberProblem."""
        text = self.seconds.text().strip()
        return _seconds(text) if text else None

    def overtime_milli(self) -> int:
        """What is typed, 0 for nothing. Raises NumberProblem."""
        text = self.overtime.text().strip()
        return _seconds(text) if text else 0

    def penalty_milli(self) -> int:
        """What is typed, 0 for nothing; a minus sign is understood. Raises NumberProblem."""
        text = self.penalty.text().strip()
        return abs(read_milli(text)) if text else 0

    def _line(self, name: str, tip: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setAccessibleName(tip)
        made.setToolTip(tip)
        made.setFixedWidth(80)
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        made.installEventFilter(self)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            following = {self.seconds: self.overtime, self.overtime: self.penalty}.get(watched)
            if following is not None:
                following.setFocus()
            else:
                self.save_wanted.emit()
            return True
        return super().eventFilter(watched, event)

    def _on_state(self) -> None:
        if self._is_out:
            self.state_wanted.emit("")
            return
        menu = QMenu(self)
        menu.setObjectName("visitStates")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for state in OUT[::-1]:
            menu.addAction(state_word(state)).setData(state)
        menu.triggered.connect(self._on_chosen)
        menu.popup(self._state.mapToGlobal(self._state.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _on_chosen(self, action: QAction) -> None:
        self.state_wanted.emit(action.data())


def _titled(title: str, field: QLineEdit) -> QWidget:
    """A field with its words, which a narrow window does not part."""
    pair = QWidget()
    row = parts.row(parts.label(title), field)
    row.setContentsMargins(0, 0, 0, 0)
    pair.setLayout(row)
    return pair


def _seconds(text: str) -> int:
    total = read_seconds(text)
    if total < 0:
        raise NumberProblem("number")
    return total


def _minutes(milli: int) -> str:
    """Thousandths of seconds as a person writes them: 4:45, 0:09.5."""
    minutes, rest = divmod(milli, 60_000)
    seconds = show_milli(rest)
    return f"{minutes}:{seconds.zfill(2) if '.' not in seconds else seconds.zfill(len(seconds) + (rest < 10_000))}"
