"""The outcome of a play-off: a place for each of the entrants who are tied."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget

from data.errors import UserError
from data.i18n import _
from data.queries.playoffs import Tie, TieMember
from ui.widgets import parts

_WIDTH = 480
_FIELD_WIDTH = 64


class PlayoffDialog(QDialog):
    """Asks for places 1..n, and for a reason if it corrects an outcome, and hands them to `save(places, reason)`.

    What `save` refuses is shown, and the dialog stays. Deletes itself when closed.
    """

    def __init__(self, parent: QWidget, tie: Tie, save: Callable[[Mapping[int, int], str], None]) -> None:
        super().__init__(parent)
        self._save = save
        self._members = tie.members
        self._corrects = any(member.playoff is not None for member in tie.members)
        title = _("Correct the play-off") if self._corrects else _("Enter the play-off")
        layout = parts.dialog_frame(self, "playoffDialog", title, _WIDTH)
        layout.addWidget(parts.heading(title))
        layout.addWidget(parts.label(_explanation(tie), wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.fields: list[QLineEdit] = []
        for row, member in enumerate(tie.members):
            self._add_member(grid, row, member)
        layout.addLayout(grid)
        self.reason = QLineEdit()
        self.reason.setObjectName("playoffReason")
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Reason for the correction"))
        self.reason.setVisible(self._corrects)
        layout.addWidget(self.reason)
        self.problem = parts.label("", tone="wrong", wrap=True)
        self.problem.setObjectName("playoffProblem")
        layout.addWidget(self.problem)
        self.save_button = parts.primary_button(_("Save the places"), self._on_save, name="savePlayoff")
        self.save_button.setDefault(True)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), self.save_button))
        for field in (*self.fields, self.reason):
            field.textChanged.connect(self._on_typed)
        self._on_typed()
        self.fields[0].setFocus()

    def places(self) -> dict[int, int] | None:
        """Entrant → place, None until each place from 1 on is given once."""
        typed = [field.text() for field in self.fields]
        if sorted(typed) != sorted(str(place) for place in range(1, len(typed) + 1)):
            return None
        return {member.entrant_id: int(text) for member, text in zip(self._members, typed, strict=True)}

    def _add_member(self, grid: QGridLayout, row: int, member: TieMember) -> None:
        who = " ".join(dict.fromkeys(part for part in (member.number, member.name) if part))
        field = QLineEdit("" if member.playoff is None else str(member.playoff))
        field.setObjectName(f"place:{member.entrant_id}")
        field.setAccessibleName(_("Place of {name} in the play-off").format(name=who))
        field.setValidator(QIntValidator(1, len(self._members), field))
        field.setFixedWidth(_FIELD_WIDTH)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.fields.append(field)
        grid.addWidget(parts.label(who, "subheading"), row, 0)
        grid.addWidget(parts.muted("" if member.unit == member.name else member.unit), row, 1)
        grid.addWidget(field, row, 2)

    def _on_typed(self) -> None:
        known = self.places()
        filled = all(field.text() for field in self.fields)
        wrong = filled and known is None
        words = _("Give each place from 1 to {n} once.").format(n=len(self.fields)) if wrong else ""
        self.problem.setText(f"✕ {words}" if words else "")
        reason = self.reason.text().strip() or not self._corrects
        self.save_button.setEnabled(known is not None and bool(reason))

    def _on_save(self) -> None:
        places = self.places()
        assert places is not None
        try:
            self._save(places, self.reason.text().strip())
        except UserError as error:
            self.problem.setText(f"✕ {error}")
            return
        self.accept()


def _explanation(tie: Tie) -> str:
    words = _(
        "{division}: these entrants share place {place}. Write 1 for the winner of the play-off, then 2 and so on."
    )
    return words.format(division=tie.division_title, place=tie.place)
