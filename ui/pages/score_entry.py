"""Score entry: sheets typed in, typed a second time, and what the chief judge has to confirm, a tab each."""

from typing import Any

from PySide6.QtWidgets import QTabWidget

from data.i18n import _
from ui.desk import Desk
from ui.importers.marks import MarksImporter
from ui.importers.theory import TheoryImporter
from ui.pages.page import Page
from ui.widgets import parts
from ui.widgets.entry.confirm_desk import ConfirmDesk
from ui.widgets.entry.entry_desk import EntryDesk
from ui.widgets.entry.entry_tab import EntryTab
from ui.widgets.entry.read_desk import ReadDesk
from ui.widgets.entry.theory_desk import TheoryDesk


class ScoreEntryPage(Page):
    """The tabs of score entry. A target is the key of a tab, or what the tab itself knows: a station's code or
    (visit id, seat) is a sheet to enter, and so is a visit id alone."""

    key = "score_entry"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: EntryTab | None = None
        self.marks = MarksImporter(self)
        self.add_action(_("Import marks…"), self.marks.start)
        self.theory = TheoryImporter(self)
        self._import_theory = self.add_action(_("Import theory marks…"), self.theory.start)
        self._import_theory.setObjectName("importTheory")
        self._import_theory.hide()
        self.entry = EntryDesk(self)
        self.theory_marks = TheoryDesk(self)
        self.readings = ReadDesk(self)
        self.confirm = ConfirmDesk(self)
        self._tabs: tuple[EntryTab, ...] = (  # in their order on the page
            self.entry,
            self.readings,
            self.confirm,
            self.theory_marks,
        )
        self.tables = frozenset().union(*(tab.tables for tab in self._tabs))
        self.tabs = QTabWidget()
        self.tabs.setObjectName("entryTabs")
        for tab in self._tabs:
            self.tabs.addTab(tab, tab.title())
            tab.retitled.connect(self._show_titles)
        self.tabs.currentChanged.connect(self._on_tab)
        self._nothing = parts.empty_state(
            _("There are no sheets to enter yet."),
            _("They appear here once the day is scheduled."),
            parts.primary_button(_("Go to the schedule"), self._go_to_schedule),
        )
        self.body.addWidget(self._nothing, 1)
        self.body.addWidget(self.tabs, 1)
        self.tabs.hide()

    def title(self) -> str:
        return _("Score entry")

    def purpose(self) -> str:
        return self.entry.purpose()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", _("Go on; on the total, hand in")),
            ("+", _("Full mark of an item; 7+ is 7.5")),
            ("↑", _("The item before")),
            ("F6", _("Time, overtime and penalty of the visit")),
            ("Esc", _("Leave the sheet, ready for the next")),
        ]

    def why_it_stays(self) -> str:
        return next(filter(None, (tab.why_it_stays() for tab in self._tabs)), super().why_it_stays())

    def refresh(self) -> None:
        for tab in self._tabs:
            tab.refresh()
        self._show_titles()

    def show_target(self, target: Any) -> None:
        self._wanted = next((tab for tab in self._tabs if tab.go_to(target)), None)
        self._bring_wanted()

    def place(self) -> Any:
        return self._tabs[self.tabs.currentIndex()].key

    def _bring_wanted(self) -> None:
        """Bring the wanted tab to the front; one that is offered only when it has read waits for that."""
        if self._wanted is not None and self._wanted.is_offered():
            self.tabs.setCurrentWidget(self._wanted)
            self._wanted = None

    def _show_titles(self) -> None:
        self._nothing.setVisible(self.entry.is_empty)
        self._import_theory.setVisible(self.theory_marks.is_offered())
        self.tabs.setVisible(not self.entry.is_empty)
        for index, tab in enumerate(self._tabs):
            self.tabs.setTabText(index, tab.title())
            self.tabs.setTabVisible(index, tab.is_offered())
        self._bring_wanted()
        self._purpose.setText(self.purpose())

    def _on_tab(self, index: int) -> None:
        self._tabs[index].begin()

    def _go_to_schedule(self) -> None:
        self.desk.go("schedule")
