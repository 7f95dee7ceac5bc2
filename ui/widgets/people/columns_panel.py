"""What the columns of the files that were read are taken for; the user may change it before anything goes in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries.roster_words import field_title
from data.rules.roster_columns import REQUIRED, ColumnMapping, TableGuess, chosen_mapping
from ui.widgets import parts
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.people.field_choice import FieldChoice
from ui.widgets.people.unit_choices import UnitChoices

_LIST_WIDTH = 264
_CHOICE_WIDTH = 208
_SAMPLES = 3
_WORDS_OF_A_ROW = 4
_FILES_NAMED = 12
_URGENCY = {parts.MARKS[tone]: place for place, tone in enumerate(("wrong", "done", "muted"))}


@dataclass(frozen=True)
class Shape:
    """The tables that look the same, and what the user takes their columns for."""

    tables: tuple[TableGuess, ...]
    fields: tuple[str, ...]
    header_row: int
    unclear: bool
    units: tuple[str, ...]  # of each table, for all of its rows, where no column says it

    @property
    def missing(self) -> list[str]:
        there = {*self.fields, *(("unit",) if all(self.units) else ())}
        return [name for name in REQUIRED if name not in there]

    @property
    def has_other_columns(self) -> bool:
        """Whether the user takes the columns otherwise than they were shown."""
        first = self.tables[0]
        return (self.fields, self.header_row) != (tuple(c.field for c in first.columns), first.header_row)

    @property
    def is_changed(self) -> bool:
        return self.has_other_columns or self.units != tuple(table.unit for table in self.tables)

    @property
    def mark(self) -> str:
        """✓ can be read; ✕ must be chosen; – holds no people, as far as one can see."""
        if not self.missing:
            return parts.MARKS["done"]
        return parts.MARKS["wrong" if self.unclear or self.is_changed else "muted"]


class ColumnsPanel(QWidget):
    """Shows the TableGuesses of a reading, those of the same shape together.

    Signals: accepted (read the files with `chosen()`); refused (nothing is imported);
    guess_wanted(shape): forget what was chosen for it and guess anew.
    """

    accepted = Signal()
    refused = Signal()
    guess_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("columnsPanel")
        self._shapes: list[Shape] = []
        self._choices: list[FieldChoice] = []
        self._units: Sequence[str] = ()
        self._notes = QVBoxLayout()
        self._list = QListWidget()
        self._list.setObjectName("shapes")
        self._list.setFixedWidth(_LIST_WIDTH)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setStyleSheet("QListView::item { padding: 6px 4px; }")
        self._list.currentRowChanged.connect(self._show_shape)
        self._title = ElidedLabel("", "heading")
        self._others = parts.muted("", wrap=True)
        self._guess = parts.link_button(_("Guess anew"), self._on_guess, name="guessAnew")
        self._header = QComboBox()
        self._header.setObjectName("headerRow")
        self._header.setAccessibleName(_("Headers"))
        self._header.setMaximumWidth(480)
        self._header.activated.connect(self._on_header)
        self._required = parts.row()
        self._grid_room = QWidget()
        self._grid_room.setLayout(QVBoxLayout())
        self._accept = parts.primary_button(_("Read with these columns"), self._on_accept, name="readColumns")
        header = parts.row(parts.label(_("Headers"), "subheading"), self._header, None, self._required)
        card = parts.card(parts.row(self._title, None, self._guess), self._others, header)
        area = parts.scrolled(self._grid_room)
        card.layout().addWidget(area, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        cancel = parts.button(_("Cancel"), self._on_cancel, name="cancelImport")
        layout.addLayout(parts.row(parts.heading(_("What the columns hold")), None, cancel, self._accept))
        layout.addLayout(self._notes)
        both = parts.row(self._list, card, spacing=12)
        both.setStretch(1, 1)
        layout.addLayout(both, 1)

    def show_tables(self, tables: Sequence[TableGuess], asked: bool, units: Sequence[str] = ()) -> None:
        """Show these. asked: the user must choose; not that he wants to look at it. units: the names of all."""
        self._units = units
        unclear = unclear_tables(tables)
        by_shape: dict[str, list[TableGuess]] = {}
        for table in tables:
            by_shape.setdefault(table.shape, []).append(table)
        self._shapes = [
            Shape(
                tuple(same),
                tuple(column.field for column in same[0].columns),
                same[0].header_row,
                any(table in unclear for table in same),
                tuple(table.unit for table in same),
            )
            for same in by_shape.values()
        ]
        self._shapes.sort(key=lambda shape: _URGENCY[shape.mark])
        parts.clear(self._notes)
        if asked and all(table.missing == ("unit",) for table in unclear):
            words = _("It is not clear to which unit the people belong. Choose it below for each sheet.")
            self._notes.addWidget(parts.strip(words, "attention"))
        elif asked:
            words = _(
                "It is not clear which column holds what. Choose it here once; "
                "the next file that looks the same is read in the same way."
            )
            self._notes.addWidget(parts.strip(words, "attention"))
        else:
            words = _("What you change here is remembered for the next file that looks the same.")
            self._notes.addWidget(parts.strip(words, "info"))
        self._list.blockSignals(True)
        self._list.clear()
        for _shape in self._shapes:
            self._list.addItem(QListWidgetItem())
        self._list.setCurrentRow(0)
        self._list.blockSignals(False)
        self._list.setVisible(len(self._shapes) > 1)
        for number in range(len(self._shapes)):
            self._tell_shape(number)
        self._show_shape(0)

    def chosen(self) -> dict[str, ColumnMapping]:
        """By shape, what the user chose otherwise than it was shown."""
        return {
            shape.tables[0].shape: chosen_mapping(shape.tables[0], shape.fields, shape.header_row)
            for shape in self._shapes
            if shape.has_other_columns
        }

    def chosen_units(self) -> dict[tuple[str, str], str]:
        """By file and sheet, the unit that the user chose for all rows, otherwise than it was shown."""
        return {
            (table.file, table.sheet): unit
            for shape in self._shapes
            if "unit" not in shape.fields
            for table, unit in zip(shape.tables, shape.units, strict=True)
            if unit != table.unit
        }

    @property
    def _current(self) -> int:
        return max(0, self._list.currentRow())

    def _tell_shape(self, number: int) -> None:
        shape = self._shapes[number]
        item = self._list.item(number)
        first, count = shape.tables[0], len(shape.tables)
        words = _place(first)
        if count > 1:
            words = ngettext("{n} table: {first} …", "{n} tables: {first} …", count).format(n=count, first=words)
        item.setText(f"{shape.mark} {words}")
        item.setToolTip("\n".join(_place(table) for table in shape.tables[:_FILES_NAMED]))

    def _show_shape(self, number: int) -> None:
        if not self._shapes:
            return
        shape = self._shapes[number]
        first, more = shape.tables[0], len(shape.tables) - 1
        self._title.setText(_place(first))
        words = ngettext(
            "{n} more table looks the same and is read in the same way.",
            "{n} more tables look the same and are read in the same way.",
            more,
        )
        self._others.setText(words.format(n=more))
        self._others.setVisible(more > 0)
        self._guess.setVisible(first.chosen)
        self._header.clear()
        self._header.addItem(_("none: people start in row 1"), 0)
        for row in range(1, max(len(first.top), shape.header_row) + 1):
            self._header.addItem(_row_words(first, row), row)
        self._header.setCurrentIndex(self._header.findData(shape.header_row))
        self._build_grid(shape)
        self._tell_required(shape)

    def _build_grid(self, shape: Shape) -> None:
        parts.clear(self._grid_room.layout())
        self._choices = []
        frame = QWidget()
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for place, span, title in (
            (0, 1, _("Column")),
            (1, 1, _("Header")),
            (2, _SAMPLES, _("First rows below it")),
            (2 + _SAMPLES, 1, _("Taken for")),
        ):
            grid.addWidget(parts.label(title, "small"), 0, place, 1, span)
        for number, column in enumerate(shape.tables[0].columns):
            header, samples = _texts_under(shape, number)
            choice = FieldChoice(number, shape.fields[number])
            choice.setFixedWidth(_CHOICE_WIDTH)
            choice.setAccessibleName(f"{column.letter} {header}")
            choice.picked.connect(self._on_picked)
            self._choices.append(choice)
            grid.addWidget(parts.muted(column.letter), number + 1, 0)
            words = _cell(header, "subheading")
            words.setObjectName(f"header:{number}")
            grid.addWidget(words, number + 1, 1)
            for place in range(_SAMPLES):
                grid.addWidget(_cell(samples[place] if place < len(samples) else ""), number + 1, 2 + place)
            grid.addWidget(choice, number + 1, 2 + _SAMPLES)
        for place, least, stretch in ((1, 96, 3), (2, 64, 2), (3, 64, 2), (4, 64, 2), (5, _CHOICE_WIDTH, 0)):
            grid.setColumnMinimumWidth(place, least)
            grid.setColumnStretch(place, stretch)
        self._unit_choices = UnitChoices([_place(table) for table in shape.tables], self._units, shape.units)
        self._unit_choices.picked.connect(self._on_unit)
        self._unit_choices.setVisible("unit" not in shape.fields)
        self._grid_room.layout().addWidget(self._unit_choices)
        self._grid_room.layout().addWidget(frame)
        self._grid_room.layout().addStretch(1)

    def _tell_required(self, shape: Shape) -> None:
        parts.clear(self._required)
        for name in REQUIRED:
            there = name not in shape.missing
            mark = parts.MARKS["done" if there else "wrong"]
            self._required.addWidget(parts.pill(f"{mark} {field_title(name)}", "done" if there else "wrong"))

    def _on_picked(self, column: int, field: str) -> None:
        shape = self._shapes[self._current]
        fields = ["" if field and known == field else known for known in shape.fields]  # each field has one column
        fields[column] = field
        for choice, name in zip(self._choices, fields, strict=True):
            choice.show_field(name)
        self._change(replace(shape, fields=tuple(fields)))

    def _on_unit(self, table: int, unit: str) -> None:
        shape = self._shapes[self._current]
        units = tuple(unit if number == table else known for number, known in enumerate(shape.units))
        self._change(replace(shape, units=units))

    def _on_header(self, _index: int) -> None:
        self._change(replace(self._shapes[self._current], header_row=self._header.currentData()))
        self._build_grid(self._shapes[self._current])

    def _change(self, shape: Shape) -> None:
        self._shapes[self._current] = shape
        self._tell_shape(self._current)
        self._tell_required(shape)
        self._unit_choices.setVisible("unit" not in shape.fields)

    def _on_guess(self) -> None:
        self.guess_wanted.emit(self._shapes[self._current].tables[0].shape)

    def _on_accept(self) -> None:
        self.accepted.emit()

    def _on_cancel(self) -> None:
        self.refused.emit()


def unclear_tables(tables: Sequence[TableGuess]) -> list[TableGuess]:
    """Of which tables somebody should say what the columns hold, before the rows are looked at.

    Those with headers that lack a required one, and those of files of which no table can be read at all. A sheet
    without headers beside one that is complete holds something else; so does one with too few columns.
    """
    complete = {table.file for table in tables if not table.missing}
    return [
        table
        for table in tables
        if table.missing and len(table.columns) >= len(REQUIRED) and (table.header_row or table.file not in complete)
    ]


def _cell(text: str, role: str = "") -> ElidedLabel:
    made = ElidedLabel(text, role)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made


def _place(table: TableGuess) -> str:
    return " · ".join(part for part in (table.file, table.sheet) if part)


def _row_words(table: TableGuess, row: int) -> str:
    texts = [text for text in table.top[row - 1] if text] if row <= len(table.top) else []
    words = " | ".join(texts[:_WORDS_OF_A_ROW])
    return _("row {row}: {words}").format(row=row, words=words) if words else _("row {row}").format(row=row)


def _texts_under(shape: Shape, column: int) -> tuple[str, tuple[str, ...]]:
    """The header of a column and what stands below it, with the header row that is chosen."""
    first = shape.tables[0]
    if shape.header_row == first.header_row:
        return first.columns[column].header, first.columns[column].samples
    texts = [row[column] if column < len(row) else "" for row in first.top]
    header = texts[shape.header_row - 1] if 0 < shape.header_row <= len(texts) else ""
    return header, tuple(text for text in texts[shape.header_row :] if text)[:_SAMPLES]
