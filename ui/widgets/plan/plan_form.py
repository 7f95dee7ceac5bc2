"""The entries of the event itself, as a form."""

import dataclasses
from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from data.exchange.plan_tables import Finding
from data.i18n import _
from data.rules.plan import EventInfo
from data.rules.plan_layout import EVENT, EVENT_LAYOUT, Column
from ui.models.plan_draft import PlanDraft
from ui.pages.setup_words import choice_title, header_title, hint, sheet_purpose
from ui.widgets import parts

_WHO = ("name", "organizer", "host", "venue", "contact", "phone")
_DAY = ("date", "opens_minute", "closes_minute", "notice_days")
_DRAWS = ("reserves", "apart", "waves", "equal_lanes", "item_draw")
_ROTATION = ("rotation", "keep_order", "walk_minutes", "rest_minutes", "most_stay_minutes", "stand_ins")
_MARKS = ("decimals", "blind", "spread_milli", "low_milli", "high_milli")
_CHECKS = ("verify", "verify_percent", "verify_top")
_RESULTS = ("ties", "pass_milli", "coverage_years", "appeal_minutes")
_ABOVE_GROUP = 12  # pixels
_LEFT, _RIGHT = 0, 3  # the columns of the grid with the labels


class PlanForm(QWidget):
    """Shows and edits the sheet 赛事 of the draft, group by group in two columns."""

    def __init__(self, draft: PlanDraft) -> None:
        super().__init__()
        self.sheet = EVENT
        self._draft = draft
        self._fields: dict[str, QLineEdit | QComboBox] = {}
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 16, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rows = max(
            self._add_groups(grid, _LEFT, {_("Who holds it"): _WHO, _("Draws"): _DRAWS}),
            self._add_groups(grid, _RIGHT, {_("The day"): _DAY, _("The rotation"): _ROTATION}),
        )
        self._add_groups(grid, _LEFT, {_("Marks"): _MARKS}, rows)
        self._add_groups(grid, _RIGHT, {_("Second entry"): _CHECKS, _("Results"): _RESULTS}, rows)
        grid.setColumnMinimumWidth(2, 32)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(4, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(parts.muted(sheet_purpose(EVENT)))
        layout.addWidget(parts.scrolled(content), 1)
        self.refresh()

    def refresh(self) -> None:
        """Show the draft as it is now."""
        found: dict[str, Finding] = {}
        for finding in self._draft.reading().findings:
            if finding.sheet == EVENT:
                found.setdefault(finding.column, finding)
        for header, field in self._fields.items():
            text = self._draft.event_value(header)
            if isinstance(field, QLineEdit):
                if field.text() != text:
                    field.setText(text)
                wrong = header in found and found[header].severity == "error"
                parts.set_tone(field, "wrong" if wrong else "")
            else:
                word = text.strip() or _default_word(EVENT_LAYOUT.column(header))
                field.setCurrentIndex(max(0, field.findData(word)))
            tip = found[header].message if header in found else hint(EVENT, EVENT_LAYOUT.column(header).field)
            field.setToolTip(tip)

    def show_row(self, _place: int, header: str) -> None:
        """Put the cursor into the field of an entry (项目)."""
        field = self._fields.get(header)
        if field is not None:
            field.setFocus()
            if isinstance(field, QLineEdit):
                field.selectAll()

    def commit(self) -> None:
        """Take over what is typed in the field with the cursor."""
        for header, field in self._fields.items():
            if isinstance(field, QLineEdit) and field.text().strip() != self._draft.event_value(header):
                self._draft.set_event_value(header, field.text().strip())

    def _add_groups(self, grid: QGridLayout, place: int, groups: Mapping[str, Sequence[str]], row: int = 0) -> int:
        """Put groups of fields below each other from this row on, each under its heading; returns the next row."""
        columns = {column.field: column for column in EVENT_LAYOUT.columns}
        for title, fields in groups.items():
            heading = parts.label(title, "subheading")
            heading.setContentsMargins(0, _ABOVE_GROUP if row else 0, 0, 0)
            grid.addWidget(heading, row, place, 1, 2)
            for below, field in enumerate(fields, start=1):
                self._add(grid, row + below, place, columns[field])
            row += 1 + len(fields)
        return row

    def _add(self, grid: QGridLayout, row: int, place: int, column: Column) -> None:
        title = header_title(EVENT, column.field)
        label = parts.label(f"{title} *" if column.needed else title)
        field: QLineEdit | QComboBox
        if column.choices:
            field = QComboBox()
            for word in column.choices:
                field.addItem(choice_title(word), word)
            field.activated.connect(self._on_chosen)
        else:
            field = QLineEdit()
            field.setPlaceholderText(hint(EVENT, column.field))
            field.editingFinished.connect(self._on_typed)
        field.setObjectName(f"event:{column.field}")
        field.setProperty("header", column.header)
        field.setAccessibleName(title)
        label.setBuddy(field)
        self._fields[column.header] = field
        grid.addWidget(label, row, place)
        grid.addWidget(field, row, place + 1)

    def _on_chosen(self, _index: int) -> None:
        field = self.sender()
        assert isinstance(field, QComboBox)
        self._draft.set_event_value(field.property("header"), field.currentData())

    def _on_typed(self) -> None:
        field = self.sender()
        assert isinstance(field, QLineEdit)
        self._draft.set_event_value(field.property("header"), field.text().strip())


def _default_word(column: Column) -> str:
    """The word for what counts where the plan says nothing; empty where it has to say something."""
    default = next(one.default for one in dataclasses.fields(EventInfo) if one.name == column.field)
    return next((word for word, value in column.choices.items() if value == default), "")
