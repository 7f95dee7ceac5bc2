"""One person of the roster, to be added or changed by hand."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from data.actions.roster import PersonInput
from data.errors import UserError
from data.i18n import _
from data.queries.roster import PersonDetails
from data.queries.roster_words import field_title
from data.rules.plan import Plan
from ui.widgets import parts
from ui.widgets.people.portrait import Portrait

_WIDTH = 640
_LINES = ("id_number", "title", "department", "phone", "note")


class PersonDialog(QDialog):
    """Asks for the fields and a reason, and hands them to `save(PersonInput, reason)`.

    What `save` refuses is shown above the fields, and the dialog stays. Deletes itself when closed.
    """

    def __init__(
        self,
        parent: QWidget,
        plan: Plan,
        person: PersonDetails | None,
        save: Callable[[PersonInput, str], None],
        photo: bytes | None = None,
        remove_photo: Callable[[], None] | None = None,
    ) -> None:
        """photo: the portrait as JPEG; with `remove_photo` it can be taken off, which that asks a reason for."""
        super().__init__(parent)
        self._plan = plan
        self._save = save
        title = _("Change a person") if person else _("Add a person")
        layout = parts.dialog_frame(self, "personDialog", title, _WIDTH)
        layout.addWidget(parts.heading(title))
        self._problems = QVBoxLayout()
        layout.addLayout(self._problems)
        both = parts.row(self._build_form(), spacing=24)
        both.setStretch(0, 1)
        if person is not None:
            both.addLayout(self._build_photo(photo, remove_photo))
        layout.addLayout(both)
        self.save_button = parts.primary_button(_("Save"), self._on_save, name="savePerson")
        self.save_button.setDefault(True)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject), self.save_button))
        self._on_unit()
        if person is not None:
            self._show(person)
        self.name.setFocus()

    def _build_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setVerticalSpacing(8)
        self.unit = QComboBox()
        self.unit.setObjectName("personUnit")
        self.unit.addItems([unit.name for unit in self._plan.units])
        self.unit.currentIndexChanged.connect(self._on_unit)
        self.group = QComboBox()
        self.group.setObjectName("personGroup")
        self.name = QLineEdit()
        self.name.setObjectName("personName")
        self.sex = QComboBox()
        self.sex.addItems(["", "男", "女"])
        self.lines = {name: QLineEdit() for name in _LINES}
        self.seeded = QCheckBox(field_title("seeded"))
        self.reason = QLineEdit()
        self.reason.setObjectName("personReason")
        self.reason.setPlaceholderText(_("why, for the audit log"))
        form.addRow(field_title("name"), self.name)
        form.addRow(field_title("unit"), self.unit)
        form.addRow(field_title("group"), self.group)
        form.addRow(field_title("sex"), self.sex)
        for name, line in self.lines.items():
            line.setObjectName(f"person:{name}")
            form.addRow(field_title(name), line)
        form.addRow("", self.seeded)
        form.addRow(_("Reason"), self.reason)
        return form

    def show_photo(self, photo: bytes | None) -> None:
        """Show this portrait, or that there is none."""
        self.portrait.show_photo(photo)
        self._remove.setVisible(photo is not None)

    def _build_photo(self, photo: bytes | None, remove: Callable[[], None] | None) -> QVBoxLayout:
        self.portrait = Portrait()
        self._remove = parts.link_button(_("Remove the photo…"), remove, name="removePhoto")
        column = parts.column(self.portrait, self._remove, None)
        self.show_photo(photo)
        return column

    def _show(self, person: PersonDetails) -> None:
        self.name.setText(person.name)
        self.unit.setCurrentText(person.unit)
        self.group.setCurrentText(person.group)
        self.sex.setCurrentText(person.sex)
        for name, line in self.lines.items():
            line.setText(getattr(person, name))
        self.seeded.setChecked(person.seeded)
        self.unit.setEnabled(not person.drawn)
        self.group.setEnabled(not person.drawn)

    def _on_unit(self) -> None:
        unit = next((unit for unit in self._plan.units if unit.name == self.unit.currentText()), None)
        chosen = self.group.currentText()
        self.group.clear()
        self.group.addItems(
            [
                division.name
                for division in self._plan.divisions
                if unit and division.entry == "individual" and division.category == unit.category
            ]
        )
        self.group.setCurrentText(chosen)

    def _on_save(self) -> None:
        typed = PersonInput(
            unit=self.unit.currentText(),
            name=self.name.text(),
            group=self.group.currentText(),
            sex=self.sex.currentText(),
            seeded=self.seeded.isChecked(),
            **{name: line.text() for name, line in self.lines.items()},
        )
        try:
            self._save(typed, self.reason.text())
        except UserError as error:
            parts.clear(self._problems)
            self._problems.addWidget(parts.strip(str(error), "wrong"))
            return
        self.accept()
