"""How a tie is decided: the places of a play-off, or the award shared where its line goes through the tie."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QLineEdit, QRadioButton, QWidget

from data.errors import UserError
from data.i18n import _
from data.queries.playoffs import Tie, TieMember
from ui.widgets import parts
from ui.widgets.problem import problem_label, tell

_WIDTH = 520
_FIELD_WIDTH = 64

SavePlaces = Callable[[Mapping[int, int], str], None]
Share = Callable[[tuple[int, ...], str], None]


class PlayoffDialog(QDialog):
    """Asks for places 1..n, and for a reason if it corrects an outcome, and hands them to `save(places, reason)`.

    Where the line of an award goes through the tie, the award may be shared instead, which always has a reason:
    `share(entrants, reason)`. What is refused is shown, and the dialog stays. Deletes itself when closed.
    """

    def __init__(self, parent: QWidget, tie: Tie, save: SavePlaces, share: Share) -> None:
        super().__init__(parent)
        self._save = save
        self._share = share
        self._tie = tie
        self._corrects = tie.shares != "" or any(member.playoff is not None for member in tie.members)
        title = _("Correct how the tie was decided") if self._corrects else _("Decide the tie")
        layout = parts.dialog_frame(self, "playoffDialog", title, _WIDTH)
        layout.addWidget(parts.heading(title))
        layout.addWidget(parts.label(_situation(tie), wrap=True))
        self.playing = QRadioButton(_("By a play-off: write 1 for its winner, then 2 and so on"))
        self.playing.setObjectName("byPlayoff")
        self.sharing = QRadioButton(_("Without one: all of them have the award {award}").format(award=tie.line))
        self.sharing.setObjectName("bySharing")
        self._ways = QButtonGroup(self)
        for way in (self.playing, self.sharing):
            self._ways.addButton(way)
        (self.sharing if tie.shares else self.playing).setChecked(True)
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(24, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.fields: list[QLineEdit] = []
        for row, member in enumerate(tie.members):
            self._add_member(grid, row, member)
        layout.addWidget(self.playing)
        layout.addWidget(self._grid)
        layout.addWidget(self.sharing)
        self.sharing.setVisible(bool(tie.line))
        self.reason = QLineEdit(tie.reason)
        self.reason.setObjectName("playoffReason")
        self.reason.setAccessibleName(_("Reason"))
        keeps_room = self.reason.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(bool(tie.line))
        self.reason.setSizePolicy(keeps_room)
        layout.addWidget(self.reason)
        self.problem = problem_label("playoffProblem")
        layout.addWidget(self.problem)
        self.save_button = parts.primary_button("", self._on_save, name="savePlayoff")
        self.save_button.setDefault(True)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), self.save_button))
        self._ways.buttonClicked.connect(self._on_way)
        for field in (*self.fields, self.reason):
            field.textChanged.connect(self._on_typed)
        self._on_way()

    def places(self) -> dict[int, int] | None:
        """Entrant → place, None until each place from 1 on is given once."""
        typed = [field.text() for field in self.fields]
        if sorted(typed) != sorted(str(place) for place in range(1, len(typed) + 1)):
            return None
        return {member.entrant_id: int(text) for member, text in zip(self._tie.members, typed, strict=True)}

    @property
    def shares(self) -> bool:
        """Whether the award is to be shared."""
        return self.sharing.isChecked()

    def _add_member(self, grid: QGridLayout, row: int, member: TieMember) -> None:
        who = " ".join(dict.fromkeys(part for part in (member.number, member.name) if part))
        field = QLineEdit("" if member.playoff is None else str(member.playoff))
        field.setObjectName(f"place:{member.entrant_id}")
        field.setAccessibleName(_("Place of {name} in the play-off").format(name=who))
        field.setValidator(QIntValidator(1, len(self._tie.members), field))
        field.setFixedWidth(_FIELD_WIDTH)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.fields.append(field)
        grid.addWidget(parts.label(who, "subheading"), row, 0)
        grid.addWidget(parts.muted("" if member.unit == member.name else member.unit), row, 1)
        grid.addWidget(field, row, 2)

    def _on_way(self) -> None:
        shares = self.shares
        for field in self.fields:
            field.setEnabled(not shares)
        self.reason.setVisible(shares or self._corrects)
        self.reason.setPlaceholderText(
            _("Reason, such as who decided it") if shares else _("Reason for the correction")
        )
        self.save_button.setText(_("Share the award") if shares else _("Save the places"))
        (self.reason if shares else self.fields[0]).setFocus()
        self._on_typed()

    def _on_typed(self) -> None:
        known = self.places()
        filled = all(field.text() for field in self.fields)
        wrong = filled and known is None and not self.shares
        words = _("Give each place from 1 to {n} once.").format(n=len(self.fields)) if wrong else ""
        tell(self.problem, words)
        explained = bool(self.reason.text().strip()) or self.reason.isHidden()
        self.save_button.setEnabled(explained and (self.shares or known is not None))

    def _on_save(self) -> None:
        reason = self.reason.text().strip()
        try:
            if self.shares:
                self._share(tuple(member.entrant_id for member in self._tie.members), reason)
            else:
                self._save(self.places() or {}, reason)
        except UserError as error:
            tell(self.problem, error)
            return
        self.accept()


def _situation(tie: Tie) -> str:
    if tie.line:
        words = _(
            "{division}: these entrants share place {place}, and the line of the award {award} falls between them."
        )
        return words.format(division=tie.division_title, place=tie.place, award=tie.line)
    words = _("{division}: these entrants share place {place}. No award depends on it.")
    return words.format(division=tie.division_title, place=tie.place)
