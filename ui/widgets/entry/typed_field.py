"""Input of points, bonus, seconds and grades: typed, and refused at the key when it cannot become a value."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from data.i18n import _
from data.queries import mark_words
from data.rules import marksheet, sheet_keys
from data.rules.decimals import show_milli
from data.rules.marksheet import Value, ValueProblem
from data.rules.plan import Item
from ui.widgets import parts
from ui.widgets.entry.item_field import PLUS, ItemField
from ui.widgets.flow_layout import FlowLayout

_WIDTH, _GRADE_WIDTH = 88, 56  # pixels; a grade is a letter or a short number, and its chips need the room
_COMMAS = str.maketrans({",": ".", "，": ".", "、": "."})
_LEAST_THOUSAND = 1000_000  # a full mark in which a comma could part the thousands


class TypedField(ItemField):
    """A line to type in, with what may be typed beside it; grades may be clicked too.

    Plus gives the full mark or, after whole points of a sheet in halves, half a point more, and goes on.
    """

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self._taken = ""
        self._value: Value | None = None
        self._is_doubtful = False  # a key was refused, so what is there may be a part of what was meant
        self._grades: dict[str, QPushButton] = {}
        self.input = QLineEdit()
        self.input.setObjectName(f"item:{item.number}")
        self.input.setAccessibleName(item.text)
        self.input.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.input.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.input.setFixedWidth(_GRADE_WIDTH if item.kind == marksheet.GRADES else _WIDTH)
        self.input.textEdited.connect(self._on_edited)
        self.input.installEventFilter(self)
        self.setFocusProxy(self.input)
        if item.kind == marksheet.GRADES:
            flow = FlowLayout()
            for grade in marksheet.rule_of(item).grades:
                points = show_milli(grade.milli)
                text = points if grade.label == points else f"{grade.label}  {points}"
                chip = parts.button(text, self._on_grade, role="chip")
                chip.setCheckable(True)
                chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                self._grades[grade.label] = chip
                flow.addWidget(chip)
            self.line.addLayout(flow, 1)
        else:
            self.line.addWidget(self._hint(), 1)
        self.line.addWidget(self.input)

    def value(self) -> Value | None:
        return self._value

    def set_value(self, value: Value | None) -> None:
        self._take("" if value is None else marksheet.show_value(self.item, value), value)
        self.input.setText(self._taken)

    def set_read_only(self, read_only: bool) -> None:
        self.input.setReadOnly(read_only)
        for chip in self._grades.values():
            chip.setEnabled(not read_only)

    def _hint(self) -> QLabel:
        item = self.item
        if item.kind == marksheet.TIMED:
            bands = [
                _("{sign}{seconds} s: {points}").format(
                    sign=band.sign.replace("<=", "≤").replace(">=", "≥"),
                    seconds=show_milli(band.limit_milli),
                    points=show_milli(band.milli),
                )
                for band in marksheet.rule_of(item).bands
            ]
            return parts.muted("   ".join(bands), wrap=True)
        if item.step_milli == 1:
            return parts.muted(_("0 – {full}").format(full=show_milli(item.full_milli)))
        return parts.muted(
            _("0 – {full}, step {step}").format(full=show_milli(item.full_milli), step=show_milli(item.step_milli))
        )

    def _on_edited(self, text: str) -> None:
        if self._has_points and self.item.full_milli < _LEAST_THOUSAND:
            text = self._with_point(text)
        if not self._may_become_value(text):
            place = self.input.cursorPosition()
            self.input.setText(self._taken)
            self.input.setCursorPosition(min(place - 1, len(self._taken)))
            self._is_doubtful = True
            return
        self._take(text, self._read(text))
        self.edited.emit()

    @property
    def _has_points(self) -> bool:
        return self.item.kind in (marksheet.POINTS, marksheet.BONUS)

    def _with_point(self, text: str) -> str:
        """Decimals written with a comma: below a thousand it can mean nothing else."""
        place = self.input.cursorPosition()
        plain = text.translate(_COMMAS)
        if plain != text:
            self.input.setText(plain)
            self.input.setCursorPosition(place)
        return plain

    def _may_become_value(self, text: str) -> bool:
        """Whether more keys can make this a value; says why not."""
        try:
            sheet_keys.check_begun(self.item, text)
        except ValueProblem as problem:
            return self._refuse(problem)
        return True

    def _refuse(self, problem: ValueProblem) -> bool:
        self.refused.emit(mark_words.value_sentence(problem))
        return False

    def _read(self, text: str) -> Value | None:
        try:
            return marksheet.read_value(self.item, text)
        except ValueProblem:
            return None

    def _take(self, text: str, value: Value | None) -> None:
        self._taken, self._value = text, value
        self._is_doubtful = False
        for label, chip in self._grades.items():
            chip.setChecked(label == value)

    def _on_grade(self) -> None:
        pressed = next(label for label, chip in self._grades.items() if chip is self.sender())
        self.set_value(pressed)
        self.edited.emit()
        self.entered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.input.isReadOnly():
                self._on_enter()
                return True
            if event.text() in PLUS and not self.input.isReadOnly():
                return self._on_plus()
        elif event.type() == QEvent.Type.FocusIn:
            self.input.selectAll()
        return super().eventFilter(watched, event)

    def _on_enter(self) -> None:
        try:
            value = marksheet.read_value(self.item, self.input.text())
        except ValueProblem as problem:
            self._refuse(problem)
            return
        if self._is_doubtful:
            self._is_doubtful = False
            self.input.selectAll()
            self.refused.emit(_("A key was refused. Look at the mark, and press Enter again if it is right."))
            return
        self.set_value(value)
        self.edited.emit()
        self.entered.emit()

    def _on_plus(self) -> bool:
        """The full mark, or half a point more; whether the key meant either."""
        typed = "" if self.input.selectedText() == self.input.text() else self.input.text()
        value = sheet_keys.at_one_key(self.item, typed)
        if value is None:
            return False
        self.set_value(value)
        self.edited.emit()
        self.entered.emit()
        return True
