"""Whether a station or a division is locked, and the buttons that lock and reopen it: a small part of a row."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget
from shiboken6 import isValid

from data.actions import locks as actions
from data.i18n import _, ngettext
from data.queries.locks import LockRow, division_locks, since, station_locks
from ui import dialogs
from ui.desk import Desk
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.desk.chief_dialog import ask_chief


class LockBar(QWidget):
    """Shows one station or one division: `show_station`, `show_division` as often as needed, also after a change of
    the table `lock`. It locks in a worker, and reopens with the chief judge's PIN.

    offers_locking: whether it shows a button for what is open; without, nothing of it is in sight then.
    """

    def __init__(self, page: Page, *, offers_locking: bool = True) -> None:
        super().__init__()
        self.setObjectName("lockBar")
        self._page = page
        self._offers = offers_locking
        self._station = self._division = self._title = ""
        self._held: tuple[LockRow, ...] = ()
        self._wanted = 0
        self._pill = parts.pill("")
        self._pill.setObjectName("lockState")
        self.lock_button = parts.button("", self.ask_lock, name="lock")
        self.reopen_button = parts.button(_("Reopen…"), self.ask_reopen, name="reopen")
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._on_one_of_them)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._pill, self.lock_button, self.reopen_button):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.hide()

    def show_station(self, code: str, title: str) -> None:
        """Show a station; with an empty code how many of them are locked."""
        held = station_locks(self._page.desk.store)
        self._station, self._division, self._title = code, "", title
        if code:
            self.lock_button.setText(_("Lock the station…"))
            self._show([held[code]] if code in held else [])
        else:
            self._held = ()
            text = ngettext("{n} station is locked", "{n} stations are locked", len(held)).format(n=len(held))
            self._show_pill(text if held else "", "done")
            self._show_buttons(locks=False, reopens=False)

    def show_division(self, code: str) -> None:
        """Show a division of the event."""
        one = division_locks(self._page.desk.store)[code]
        self._station, self._division, self._title = "", code, one.title
        self.lock_button.setText(_("Lock the division…"))
        self._show([one.own] if one.own is not None else one.through)

    def ask_lock(self) -> None:
        """Ask whether to lock what is shown."""
        text = _("Nothing of it can be changed then, until the chief judge reopens it with PIN and reason.")
        dialogs.confirm(self, _("Lock {title}?").format(title=self._title), text, self._lock, yes=_("Lock"))

    def ask_reopen(self) -> None:
        """Ask for the chief judge's PIN; where several locks close it, first for which of them."""
        if len(self._held) == 1:
            self._ask_chief(self._held[0])
            return
        self._menu.clear()
        for row in self._held:
            action = QAction(row.title, self._menu)
            action.setData(row)
            self._menu.addAction(action)
        self._menu.popup(self.reopen_button.mapToGlobal(self.reopen_button.rect().bottomLeft()))

    def _on_one_of_them(self, action: QAction) -> None:
        self._ask_chief(action.data())

    def _ask_chief(self, row: LockRow) -> None:
        self._wanted = row.id
        ask_chief(
            self,
            _("Reopen {title}?").format(title=row.title),
            "\n".join((since(row), _("Its marks can be changed again, until somebody locks it."))),
            self._reopen,
            yes=_("Reopen"),
        )

    def _reopen(self, chief: str, pin: str, reason: str) -> None:
        desk = self._page.desk
        actions.reopen(desk.store, desk.actor, self._wanted, chief, pin, reason)
        desk.say(_("Reopened. It stands in the log with the reason."))
        self._reread()

    def _lock(self) -> None:
        work = partial(_lock, self._page.desk, self._station, self._division)
        self._page.run(work, self._on_locked, title=_("Locking"))

    def _on_locked(self, _nothing: object) -> None:
        self._page.desk.say(_("Locked."))
        if isValid(self):
            self._reread()

    def _reread(self) -> None:
        if self._division:
            self.show_division(self._division)
        else:
            self.show_station(self._station, self._title)

    def _show(self, held: Sequence[LockRow]) -> None:
        self._held = tuple(held)
        self._show_pill(_("Locked") if held else "", "done")
        self._pill.setToolTip("\n".join(f"{row.title}: {since(row)}" for row in held))
        self._show_buttons(locks=self._offers and not held, reopens=bool(held))

    def _show_pill(self, text: str, tone: str) -> None:
        self._pill.setText(f"{parts.MARKS[tone]} {text}")
        parts.set_tone(self._pill, tone)
        self._pill.setVisible(bool(text))

    def _show_buttons(self, *, locks: bool, reopens: bool) -> None:
        self.lock_button.setVisible(locks)
        self.reopen_button.setVisible(reopens)
        self.setVisible(locks or reopens or not self._pill.isHidden())


def _lock(desk: Desk, station: str, division: str, _progress: Progress) -> None:
    if station:
        actions.lock_station(desk.store, desk.actor, station)
    else:
        actions.lock_division(desk.store, desk.actor, division)
