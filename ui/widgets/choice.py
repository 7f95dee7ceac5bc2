"""A list to choose from whose entries come from the event, and change with it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox


class Choice(QComboBox):
    """`offer` as often as needed."""

    def offer(self, entries: Sequence[tuple[str, str]]) -> None:
        """Entries are pairs of a value and its words. The one that is chosen stays so if it is still there, otherwise
        the first one is chosen; no signal tells of that."""
        shown = [(self.itemData(place), self.itemText(place)) for place in range(self.count())]
        if shown == list(entries):
            return
        chosen = self.currentData()
        self.blockSignals(True)
        self.clear()
        for value, words in entries:
            self.addItem(words, value)
        self.setCurrentIndex(max(self.findData(chosen), 0))
        self.blockSignals(False)
