"""Somebody takes a contestant's place (换人): who, and why."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from data.errors import UserError
from data.i18n import _
from data.queries.entrants import EntrantRow
from data.queries.substitution import Substitute
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.problem import problem_label, tell
from ui.widgets.table import Table

_WIDTH = 720
_LIST_HEIGHT, _RANKS_HEIGHT = 260, 120


class SubstitutionDialog(QDialog):
    """Asks for one of the substitutes and a reason, and hands them to `save(person_id, reason)`.

    While names are sealed, the list has the reserves by rank alone; anybody else is typed by ID number or full
    name, which `find` looks up. What `save` refuses is shown, and the dialog stays. Deletes itself when closed.
    """

    def __init__(
        self,
        parent: QWidget,
        entrant: EntrantRow,
        substitutes: Sequence[Substitute],
        settings: Settings,
        save: Callable[[int, str], None],
        find: Callable[[str], Substitute | None] | None = None,
    ) -> None:
        """find: given while names are sealed."""
        super().__init__(parent)
        self._save = save
        self._find = find
        self.table = Table(
            "substitutes", _columns(sealed=find is not None), settings, searchable=find is None, key=_key
        )
        self.table.setMinimumHeight(_LIST_HEIGHT if find is None else _RANKS_HEIGHT)
        self.table.set_rows(substitutes)
        # Only what is seen to be selected counts: a list that gets the focus has a current row without showing it.
        self.table.view.selectionModel().selectionChanged.connect(self._on_changed)
        self.typed = QLineEdit()
        self.typed.setObjectName("substituteTyped")
        self.typed.setVisible(find is not None)
        self.typed.setPlaceholderText(_("or the ID number or full name of somebody else of the unit"))
        self.typed.setAccessibleName(_("ID number or full name"))
        self.typed.textChanged.connect(self._on_changed)
        self.reason = QLineEdit()
        self.reason.setObjectName("substitutionReason")
        self.reason.setPlaceholderText(_("why, for the audit log"))
        self.reason.textChanged.connect(self._on_changed)
        self.problem = problem_label("substitutionProblem")
        self.save_button = parts.primary_button(_("Replace"), self._on_save, name="saveSubstitution")
        self.save_button.setDefault(True)
        self._lay_out(entrant, empty=not substitutes)
        self._on_changed()
        first = self.table.search if find is None else self.table.view if substitutes else self.typed
        first.setFocus()

    def _lay_out(self, entrant: EntrantRow, *, empty: bool) -> None:
        layout = parts.dialog_frame(self, "substitutionDialog", _("Replace a contestant"), _WIDTH)
        layout.addWidget(parts.heading(_("Replace a contestant")))
        who = " · ".join(dict.fromkeys(filter(None, (entrant.number, entrant.name, entrant.unit))))
        layout.addWidget(parts.label(f"{who} · {entrant.division_title}", "subheading", wrap=True))
        layout.addWidget(
            parts.muted(
                _("The place stays: number, order, lanes and times. The old badge becomes void; print a new one."),
                wrap=True,
            )
        )
        if empty:
            words = _("No reserves were drawn for this unit and division.")
            if self._find is None:
                words = _("Nobody else of this unit and division is on the roster.")
            layout.addWidget(parts.strip(words, "info"))
        self.table.setVisible(not empty)
        layout.addWidget(self.table, 1)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        if self._find is not None:
            form.addRow(_("Somebody else"), self.typed)
        form.addRow(_("Reason"), self.reason)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), self.save_button))

    def _on_changed(self) -> None:
        tell(self.problem, "")
        chosen = bool(self.typed.text().strip()) or bool(self.table.selected())
        self.save_button.setEnabled(chosen and bool(self.reason.text().strip()))

    def _on_save(self) -> None:
        person = self._chosen()
        if person is None:
            words = _("Nobody of this unit and division who may join has this ID number or name.")
            tell(self.problem, words)
            return
        try:
            self._save(person.person_id, self.reason.text().strip())
        except UserError as error:
            tell(self.problem, error)
            return
        self.accept()

    def _chosen(self) -> Substitute | None:
        typed = self.typed.text().strip()
        if typed and self._find is not None:
            return self._find(typed)
        selected: list[Substitute] = self.table.selected()
        return selected[0] if selected else None


def _key(one: Substitute) -> int:
    return one.person_id


def reserve_words(one: Substitute) -> str:
    """The place among the reserves, empty for the rest of the pool."""
    return "" if one.reserve is None else _("Reserve {n}").format(n=one.reserve)


def _columns(*, sealed: bool) -> list[Column]:
    rank = Column(_("Reserve"), reserve_words, sort=lambda one: one.reserve, width=96, bold=True)
    if sealed:
        return [Column(_("Reserve"), reserve_words, sort=lambda one: one.reserve, width=0, bold=True)]
    return [
        rank,
        Column(_("Name"), lambda one: one.name, width=168, bold=True),
        Column(_("ID number"), lambda one: one.id_masked, width=168),
        Column(_("Title"), lambda one: one.title, width=96),
        Column(_("Department"), lambda one: one.department, width=0),
    ]
