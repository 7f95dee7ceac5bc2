"""What belongs to a visit as a whole: time used, overtime, penalty, incidents, and whether a mark is due."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
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

_FIELD_WIDTH = 72  # with it the strip is one line in a window 1280 wide, in English too


class VisitStrip(QFrame):
    """One line: time, overtime and penalty to type, saved on Enter, and a menu of what is done less often.

    Signals: save_wanted; incident_wanted; state_wanted(state): no mark is due because of it, or, empty, is again;
    missing_wanted: the sheet that is open will not come.
    """

    save_wanted = Signal()
    incident_wanted = Signal()
    state_wanted = Signal(str)
    missing_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "visitStrip")
        self.seconds = self._line("visitSeconds", _("Seconds used, such as 285 or 4:45"))
        self.overtime = self._line("visitOvertime", _("Seconds over the time, such as 15 or 1:05"))
        self.penalty = self._line("visitPenalty", _("Points off the visit, once"))
        self._save = parts.button(_("Save"), self.save_wanted.emit, name="saveVisit")
        self._more = parts.button(_("More ▾"), self.open_menu, name="visitMore")
        self.menu = QMenu(self)
        self.menu.setObjectName("visitMenu")
        self.menu.triggered.connect(self._on_chosen)
        self._told = ElidedLabel("", "muted")
        self._told.setObjectName("visitTold")
        flow = FlowLayout(spacing=8)
        for part in (
            _titled(_("Time used"), self.seconds),
            _titled(_("Overtime"), self.overtime),
            _titled(_("Penalty"), self.penalty),
            self._save,
            self._more,
        ):
            flow.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(flow)
        whole.addWidget(self._told)

    def show_visit(self, sheet: OpenSheet) -> None:
        """Show the visit of a sheet, and what can be done to either."""
        self.seconds.setText("" if sheet.seconds_milli is None else _minutes(sheet.seconds_milli))
        self.overtime.setText(_minutes(sheet.overtime_milli) if sheet.overtime_milli else "")
        self.penalty.setText(show_milli(sheet.penalty_milli) if sheet.penalty_milli else "")
        self._fill_menu(sheet)
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
        made.setFixedWidth(_FIELD_WIDTH)
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

    def open_menu(self) -> None:
        """Open the menu above its button, for the keyboard with its first line chosen."""
        corner = self._more.mapToGlobal(self._more.rect().topRight())
        size = self.menu.sizeHint()
        self.menu.popup(corner - QPoint(size.width(), size.height()))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _fill_menu(self, sheet: OpenSheet) -> None:
        self.menu.clear()
        self._offer(_("Incident…"), self.incident_wanted.emit)
        self.menu.addSeparator()
        if sheet.visit_state:
            self._offer(_("A mark is due after all…"), partial(self.state_wanted.emit, ""))
        else:
            for state in OUT[::-1]:
                words = _("No mark is due: {state}…").format(state=state_word(state))
                self._offer(words, partial(self.state_wanted.emit, state))
        if sheet.mark is None and not state_word(sheet.state) and sheet.judges > 1 and not sheet.will_not_come:
            self.menu.addSeparator()
            self._offer(_("This sheet will not come…"), self.missing_wanted.emit)

    def _offer(self, words: str, does: Callable[[], None]) -> None:
        self.menu.addAction(words).setData(does)

    def _on_chosen(self, action: QAction) -> None:
        action.data()()


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
