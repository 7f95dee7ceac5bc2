"""What belongs to a visit as a whole: seconds used, penalty, and whether a mark is due."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from data.i18n import _
from data.queries.scores import OpenSheet
from data.rules.decimals import NumberProblem, read_milli, show_milli
from ui.widgets import parts
from ui.widgets.flow_layout import FlowLayout


class VisitStrip(QFrame):
    """Seconds and penalty to type, saved on Enter. Signals: save_wanted; state_wanted: no mark is due, or is again."""

    save_wanted = Signal()
    state_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "visitStrip")
        self.seconds = self._line("visitSeconds", _("Seconds used, such as 285 or 4:45"))
        self.penalty = self._line("visitPenalty", _("Points off the visit, once"))
        self._save = parts.button(_("Save the time"), self.save_wanted.emit, name="saveVisit")
        self._state = parts.link_button(_("No mark is due…"), self.state_wanted.emit, name="visitState")
        layout = FlowLayout(spacing=8)
        for part in (
            _titled(_("Time used"), self.seconds),
            _titled(_("Penalty"), self.penalty),
            self._save,
            self._state,
        ):
            layout.addWidget(part)
        self.setLayout(layout)

    def show_visit(self, sheet: OpenSheet) -> None:
        """Show the visit of a sheet."""
        self.seconds.setText("" if sheet.seconds_milli is None else _minutes(sheet.seconds_milli))
        self.penalty.setText(show_milli(sheet.penalty_milli) if sheet.penalty_milli else "")
        self._state.setText(_("A mark is due after all…") if sheet.visit_state else _("No mark is due…"))

    def seconds_milli(self) -> int | None:
        """What is typed, None for nothing. Raises NumberProblem."""
        text = self.seconds.text().strip()
        if not text:
            return None
        minutes, _colon, seconds = text.replace("：", ":").rpartition(":")
        total = read_milli(seconds) + (read_milli(minutes) * 60 if minutes else 0)
        if total < 0:
            raise NumberProblem("number")
        return total

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
            if watched is self.seconds:
                self.penalty.setFocus()
            else:
                self.save_wanted.emit()
            return True
        return super().eventFilter(watched, event)


def _titled(title: str, field: QLineEdit) -> QWidget:
    """A field with its words, which a narrow window does not part."""
    pair = QWidget()
    row = parts.row(parts.label(title), field)
    row.setContentsMargins(0, 0, 0, 0)
    pair.setLayout(row)
    return pair


def _minutes(milli: int) -> str:
    """Thousandths of seconds as a person writes them: 4:45, 0:09.5."""
    minutes, rest = divmod(milli, 60_000)
    seconds = show_milli(rest)
    return f"{minutes}:{seconds.zfill(2) if '.' not in seconds else seconds.zfill(len(seconds) + (rest < 10_000))}"
