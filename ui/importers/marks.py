"""Marks out of a file that was made elsewhere: choose it, say why if marks are in already, and hear what came in."""

from pathlib import Path

from PySide6.QtCore import QObject

from data.actions import marks_import as actions
from data.actions.marks_import import MarksImport
from data.exchange import marks_csv as files
from data.i18n import _, ngettext
from data.queries import scores
from ui import dialogs
from ui.pages.page import Page
from ui.task import Progress


class MarksImporter(QObject):
    """Belongs to a page; `start()` asks for the file. All of it goes in, or nothing does."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._path = Path()
        self._reason = ""

    def start(self) -> None:
        dialogs.choose_file(self._page, _("Import marks"), _("Marks (*.csv)"), self._on_file)

    def _on_file(self, path: Path) -> None:
        self._path = path
        count = sum(station.sheets_in for station in scores.progress(self._page.desk.store))
        if not count:
            self._import("")
            return
        text = ngettext(
            "{n} mark sheet is in. If the file differs it is corrected, and the earlier mark stays on record.",
            "{n} mark sheets are in. Those that differ are corrected, and the earlier marks stay on record.",
            count,
        ).format(n=count)
        dialogs.ask_reason(self._page, _("Import marks"), text, self._import)

    def _import(self, reason: str) -> None:
        self._reason = reason
        self._page.run(self._work, self._done, title=_("Importing marks"))

    def _work(self, _progress: Progress) -> MarksImport:
        rows = files.read_marks(self._path)
        return actions.apply_marks(self._page.desk.store, self._page.desk.actor, rows, self._reason)

    def _done(self, found: MarksImport) -> None:
        told = _("{changed} mark sheets are new or corrected, {same} as before.").format(
            changed=found.changed, same=found.same
        )
        self._page.desk.say(told)
        if found.unusual:
            unusual = ngettext(
                "{n} of them has something unusual in it: the chief judge has to confirm it.",
                "{n} of them have something unusual in them: the chief judge has to confirm it.",
                found.unusual,
            ).format(n=found.unusual)
            dialogs.inform(self._page, told, unusual)
