"""Who performs in a team (队员): people of its unit, ticked in a list."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from data.errors import UserError
from data.i18n import _, ngettext
from data.queries.entrants import in_a_line
from data.queries.members import Team, UnitMember
from data.queries.pinyin_search import matches
from ui.widgets import parts
from ui.widgets.problem import problem_label, tell

_WIDTH, _LIST_HEIGHT = 620, 320


class MembersDialog(QDialog):
    """Asks who is in a team and hands the people to `save(person_ids, reason)`.

    A reason is asked for once the team has performed. What `save` refuses is shown, and the dialog stays. Deletes
    itself when closed.
    """

    def __init__(self, parent: QWidget, team: Team, save: Callable[[Collection[int], str], None]) -> None:
        super().__init__(parent)
        self._save = save
        self._needs_reason = team.has_performed
        self.search = QLineEdit()
        self.search.setObjectName("memberSearch")
        self.search.setPlaceholderText(_("Find by name or pinyin"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.list = QListWidget()
        self.list.setObjectName("memberList")
        self.list.setAccessibleName(_("People of the unit"))
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.list.setSpacing(3)
        for one in team.people:
            self._add(one)
        self.list.itemChanged.connect(self._on_changed)
        self.count = parts.label("", "subheading")
        self.reason = QLineEdit()
        self.reason.setObjectName("membersReason")
        self.reason.setPlaceholderText(_("why, for the audit log"))
        self.reason.textChanged.connect(self._on_changed)
        self.problem = problem_label("membersProblem")
        self.save_button = parts.primary_button(_("Save the members"), self._on_save, name="saveMembers")
        self.save_button.setDefault(True)
        self._before = frozenset(self.chosen())
        self._lay_out(team)
        self._on_changed()
        self.search.setFocus()

    def chosen(self) -> list[int]:
        """The ids of the people who are ticked."""
        return [
            item.data(Qt.ItemDataRole.UserRole).person_id
            for item in self._items()
            if item.checkState() == Qt.CheckState.Checked
        ]

    def tick(self, person_id: int, *, on: bool = True) -> None:
        """Tick a person or take the tick away."""
        for item in self._items():
            if item.data(Qt.ItemDataRole.UserRole).person_id == person_id:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _add(self, one: UnitMember) -> None:
        item = QListWidgetItem(_line(one))
        item.setData(Qt.ItemDataRole.UserRole, one)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if one.is_member else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _lay_out(self, team: Team) -> None:
        layout = parts.dialog_frame(self, "membersDialog", _("Members of a team"), _WIDTH)
        layout.addWidget(parts.heading(_("Members of a team")))
        row = team.entrant
        who = in_a_line(row.number, row.name, row.unit, between=" · ")
        layout.addWidget(parts.label(f"{who} · {row.division_title}", "subheading", wrap=True))
        words = _("A team and its members are never planned at the same time, nor two teams with a common member.")
        layout.addWidget(parts.muted(words, wrap=True))
        if not team.people:
            layout.addWidget(parts.strip(_("Nobody of this unit is on the roster."), "info"))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.count)
        form = QFormLayout()
        form.addRow(_("Reason"), self.reason)
        layout.addLayout(form)
        form.setRowVisible(0, self._needs_reason)
        layout.addWidget(self.problem)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), self.save_button))

    def _on_search(self, text: str) -> None:
        for item in self._items():
            one = item.data(Qt.ItemDataRole.UserRole)
            item.setHidden(not any(matches(words, text) for words in (one.name, one.number, one.division)))

    def _on_changed(self) -> None:
        chosen = self.chosen()
        words = ngettext("{n} member", "{n} members", len(chosen))
        self.count.setText(words.format(n=len(chosen)))
        tell(self.problem, "")
        told = bool(self.reason.text().strip()) or not self._needs_reason
        self.save_button.setEnabled(told and frozenset(chosen) != self._before)

    def _on_save(self) -> None:
        try:
            self._save(self.chosen(), self.reason.text().strip())
        except UserError as error:
            tell(self.problem, error)
            return
        self.accept()


def _line(one: UnitMember) -> str:
    """Who it is, whether the person competes alone, and in which other teams."""
    told = [one.name, one.division]
    if one.competes:
        told.append(_("competes alone: {number}").format(number=one.number) if one.number else _("competes alone"))
    told += [_("also in team {team}").format(team=team) for team in one.teams]
    return "  ·  ".join(told)
