"""The divisions with how far each is: its title, a state pill, and how many have all their marks."""

from collections.abc import Container, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from data.i18n import _
from data.queries.leaderboard import DivisionStandings
from ui.widgets import parts

_WIDTH = 212
_ROW_HEIGHT = 64


def standing_words(division: DivisionStandings, *, locked: bool = False) -> tuple[str, str]:
    """The state of a division's standings in words, and its tone."""
    if not division.total:
        return _("nobody competes"), "muted"
    if division.provisional:
        return "▲ " + _("provisional"), "attention"
    if any(tie.cuts for tie in division.ties):
        return "✕ " + _("tie to decide"), "wrong"
    return "✓ " + (_("locked") if locked else _("complete")), "done"


class DivisionList(QListWidget):
    """`chosen(code)` is emitted when the user goes to another division."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("divisions")
        self.setAccessibleName(_("Divisions"))
        self.setFixedWidth(_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: list[tuple[str, str, str, str, str]] = []
        self.currentItemChanged.connect(self._on_current)

    @property
    def code(self) -> str:
        """The division that is chosen, empty while there is none."""
        item = self.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def show_divisions(self, divisions: Sequence[DivisionStandings], locked: Container[str] = ()) -> None:
        """Show these; the chosen division stays chosen, the first is if there was none. locked: codes of those whose
        marks are closed."""
        wanted = [_texts(division, locked=division.division_code in locked) for division in divisions]
        if wanted == self._shown:
            return
        chosen = self.code
        self._shown = wanted
        self.blockSignals(True)
        self.clear()
        for texts in wanted:
            self._add(*texts)
        self.blockSignals(False)
        self.choose(chosen)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def choose(self, code: str) -> None:
        """Go to this division, if there is one of this code."""
        for row, texts in enumerate(self._shown):
            if texts[0] == code:
                self.setCurrentRow(row)

    def _add(self, code: str, title: str, words: str, tone: str, count: str) -> None:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, code)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {words}, {count}")
        item.setSizeHint(QSize(_WIDTH - 16, _ROW_HEIGHT))
        line = QWidget()
        layout = QVBoxLayout(line)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(parts.label(title, "subheading"))
        layout.addLayout(parts.row(parts.pill(words, tone), parts.label(count, "small"), None))
        self.addItem(item)
        self.setItemWidget(item, line)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(self.code)


def _texts(division: DivisionStandings, *, locked: bool) -> tuple[str, str, str, str, str]:
    count = _("{complete} of {total}").format(complete=division.complete, total=division.total)
    return (division.division_code, division.title, *standing_words(division, locked=locked), count)
