"""The titles beside the awards (荣誉): who has each of them and why; given and taken by hand with a reason."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from data.actions.honours import give_honour, take_honour
from data.errors import UserError
from data.i18n import _, ngettext
from data.queries.entrants import in_a_line
from data.queries.honours import Holder, HonourRow, honours
from data.store import Store
from ui.desk import Desk
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.choice import Choice

_SIZE = (960, 560)
_LIST_WIDTH = 220
_LINE = 30  # pixels

Decide = Callable[[Store, str, int, int, str], None]  # honour, entrant or unit, reason


class HonoursDialog(QDialog):
    """Reads the honours of the event, and again after each decision; what is refused is shown above the table.

    Deletes itself when closed.
    """

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self.resize(*_SIZE)
        self._desk = desk
        self._busy = False
        self._rows: tuple[HonourRow, ...] = ()
        layout = parts.dialog_frame(self, "honoursDialog", _("Honours"))
        layout.addWidget(parts.heading(_("Honours")))
        self.list = QListWidget()
        self.list.setObjectName("honours")
        self.list.setAccessibleName(_("Honours"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.currentRowChanged.connect(self._show_row)
        both = parts.row(self.list, self._build_row(), spacing=16)
        both.setStretch(1, 1)
        layout.addLayout(both, 1)
        self.close_button = parts.button(_("Close"), self.accept, name="close")
        layout.addLayout(parts.row(None, self.close_button))
        self._start(partial(_read, desk))
        self.list.setFocus()

    def _build_row(self) -> QVBoxLayout:
        self.basis = parts.muted(wrap=True)
        self._problems = QVBoxLayout()
        self.tree = QTreeWidget()
        self.tree.setObjectName("holders")
        self.tree.setAccessibleName(_("Who has this honour"))
        self.tree.setRootIsDecorated(False)
        self.tree.setHeaderLabels([_("Given to"), _("Unit"), _("Ground"), _("Decided by")])
        header = self.tree.header()
        header.setStretchLastSection(False)
        for column, width in ((0, 150), (1, 150), (3, 110)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.tree.currentItemChanged.connect(self._enable)
        self.empty = parts.muted("", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._room = QStackedLayout()
        self._room.addWidget(self.tree)
        self._room.addWidget(self.empty)
        self.who = Choice()
        self.who.setObjectName("honourWho")
        self.who.setAccessibleName(_("Who is given the honour"))
        self.who.setEditable(True)
        self.who.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        self.who.completer().setFilterMode(Qt.MatchFlag.MatchContains)
        self.who.completer().setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.who.setMinimumWidth(200)
        self.reason = parts.field("honourReason", _("Reason"), _("Reason, for giving or taking"))
        self.reason.textChanged.connect(self._enable)
        self.who.currentTextChanged.connect(self._enable)
        self.give_button = parts.primary_button(_("Give"), self._on_give, name="giveHonour")
        self.take_button = parts.danger_button(_("Take the honour back"), self._on_take, name="takeHonour")
        decide = parts.row(self.who, self.reason, self.give_button, self.take_button)
        decide.setStretch(1, 1)
        column = parts.column(self.basis, self._problems)
        column.addLayout(self._room, 1)
        column.addLayout(decide)
        return column

    def _start(self, work: Callable[[Progress], tuple[HonourRow, ...]]) -> None:
        """Do something in a worker, and show the honours as they are then."""
        self._busy = True
        self._enable()
        self._desk.tasks.run(work, self._on_read, self._on_refused, title=_("Honours"))

    def _on_refused(self, error: UserError) -> None:
        if isValid(self):
            self._busy = False
            parts.clear(self._problems)
            self._problems.addWidget(parts.strip(str(error), "wrong"))
            self._enable()

    def _on_read(self, rows: tuple[HonourRow, ...]) -> None:
        """Show them, and stay where the user is."""
        if not isValid(self):
            return
        self._busy = False
        self._rows = rows
        self.reason.clear()
        chosen = max(0, self.list.currentRow())
        self.list.blockSignals(True)
        self.list.clear()
        for row in self._rows:
            item = QListWidgetItem(_in_list(row))
            item.setToolTip(_basis(row))
            item.setSizeHint(QSize(0, _LINE))
            self.list.addItem(item)
        self.list.setCurrentRow(min(chosen, len(self._rows) - 1))
        self.list.blockSignals(False)
        self._show_row()
        if self.focusWidget() is self.close_button:  # a button that is disabled hands the keys on to it
            self.who.setFocus()

    @property
    def row(self) -> HonourRow | None:
        """The honour that is shown."""
        place = self.list.currentRow()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _show_row(self) -> None:
        row = self.row
        parts.clear(self._problems)
        self.tree.clear()
        if row is None:
            return
        self.basis.setText(_basis(row))
        self.tree.setColumnHidden(1, row.subject == "unit")
        for holder in row.holders:
            self.tree.addTopLevelItem(_item(holder))
        for holder in row.taken:
            self.tree.addTopLevelItem(_item(holder, taken=True))
        self._room.setCurrentWidget(self.tree if row.holders or row.taken else self.empty)
        self.empty.setText(_nobody(row))
        self.who.offer([(str(one.key), _called(one)) for one in row.candidates])
        self._enable()

    def _enable(self) -> None:
        explained = bool(self.reason.text().strip()) and not self._busy
        self.give_button.setEnabled(explained and self._candidate() is not None)
        self.take_button.setEnabled(explained and self._holder() is not None)

    def _candidate(self) -> int | None:
        place = self.who.findText(self.who.currentText())
        return int(self.who.itemData(place)) if place >= 0 else None

    def _holder(self) -> int | None:
        item = self.tree.currentItem()
        return None if item is None else item.data(0, Qt.ItemDataRole.UserRole)

    def _on_give(self) -> None:
        self._decide(give_honour, self._candidate())

    def _on_take(self) -> None:
        self._decide(take_honour, self._holder())

    def _decide(self, decide: Decide, key: int | None) -> None:
        row = self.row
        if row is not None and key is not None:
            self._start(partial(_decide, self._desk, decide, row.id, key, self.reason.text().strip()))


def _in_list(row: HonourRow) -> str:
    """Its name and how many have it; of how many, where the plan says it and hands decide."""
    if row.waits and not row.holders:
        return f"{row.name}  –"
    if row.basis == "hand" and row.count is not None:
        return f"{row.name}  {len(row.holders)}/{row.count}"
    return f"{row.name}  {len(row.holders)}"


def _basis(row: HonourRow) -> str:
    count = row.count or 0
    if row.basis == "hand":
        words = _("Decided by hand, each with a reason.")
        if row.count is None:
            return words
        return f"{words} " + ngettext("The plan has {n}.", "The plan has {n}.", count).format(n=count)
    if row.basis == "attendance":
        return _("Units of which nobody was absent or withdrew.")
    if row.subject == "unit":
        return ngettext(
            "The unit with the most award points: 8 of the first level, 4 of the second, 2 of the third, else 1.",
            "The {n} units with the most award points: 8 of the first level, 4 of the second, 2 of the third, else 1.",
            count,
        ).format(n=count)
    if row.basis == "place":
        return ngettext("The first of each division.", "The first {n} of each division.", count).format(n=count)
    return ngettext(
        "Whoever has an award of the first level.", "Whoever has an award of the first {n} levels.", count
    ).format(n=count)


def _nobody(row: HonourRow) -> str:
    if row.waits:
        return _("Known when all marks are in, the ties over award lines are decided, and no name is sealed.")
    return _("Nobody has this honour.")


def _called(holder: Holder) -> str:
    if holder.entrant_id is None:
        return holder.name
    return f"{in_a_line(holder.number, holder.name)} · {holder.unit}"


def _item(holder: Holder, *, taken: bool = False) -> QTreeWidgetItem:
    person = holder.entrant_id is not None
    ground = _("taken back: {reason}").format(reason=holder.ground) if taken else holder.ground
    by = holder.actor if holder.by_hand else _("the rule")
    made = QTreeWidgetItem([in_a_line(holder.number, holder.name), holder.unit if person else "", ground, by])
    made.setSizeHint(0, QSize(0, _LINE))
    for column in range(4):
        made.setToolTip(column, made.text(column))
        if taken:
            font = made.font(column)
            font.setStrikeOut(column < 2)
            made.setFont(column, font)
    if taken:
        made.setFlags(Qt.ItemFlag.ItemIsEnabled)
    else:
        made.setData(0, Qt.ItemDataRole.UserRole, holder.key)
    return made


# Work of a worker thread


def _read(desk: Desk, _progress: Progress) -> tuple[HonourRow, ...]:
    return honours(desk.store)


def _decide(
    desk: Desk, decide: Decide, honour_id: int, key: int, reason: str, _progress: Progress
) -> tuple[HonourRow, ...]:
    decide(desk.store, desk.actor, honour_id, key, reason)
    return honours(desk.store)
