"""Theory marks out of a file: choose it, say why if marks are there already, import, and hear what came in."""

from pathlib import Path

from PySide6.QtCore import QObject

from data.actions import theory as actions
from data.actions.theory import TheoryImport
from data.exchange import theory as files
from data.i18n import _, ngettext, shortened
from data.queries import scores
from data.rules.roster import CellProblem
from ui import dialogs
from ui.pages.page import Page
from ui.task import Progress

_SHOWN = 12  # refused rows that the message lists


class TheoryImporter(QObject):
    """Belongs to a page; `start()` asks for the file."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._path = Path()
        self._reason = ""

    def start(self) -> None:
        pattern = _("Theory marks (*.xlsx *.xls *.ods *.csv)")
        dialogs.choose_file(self._page, _("Import theory marks"), pattern, self._on_file)

    def _on_file(self, path: Path) -> None:
        self._path = path
        count = len(scores.theory_entrants(self._page.desk.store))
        if not count:
            self._import("")
            return
        text = ngettext(
            "{n} theory mark is in. If the file differs it is corrected, and the earlier mark stays on record.",
            "{n} theory marks are in. Those that differ are corrected, and the earlier marks stay on record.",
            count,
        ).format(n=count)
        dialogs.ask_reason(self._page, _("Import theory marks again"), text, self._import)

    def _import(self, reason: str) -> None:
        self._reason = reason
        self._page.run(self._work, self._done, title=_("Importing theory marks"))

    def _work(self, _progress: Progress) -> tuple[TheoryImport, tuple[CellProblem, ...]]:
        reading = files.read_theory(self._path)
        result = actions.import_theory(self._page.desk.store, self._page.desk.actor, reading.rows, self._reason)
        return result, reading.problems + result.problems

    def _done(self, found: tuple[TheoryImport, tuple[CellProblem, ...]]) -> None:
        result, problems = found
        told = _("{added} theory marks are new, {corrected} corrected, {same} as before.").format(
            added=result.added, corrected=result.corrected, same=result.same
        )
        self._page.desk.say(told)
        if not problems:
            return
        sentence = _("row {row}: {message}")
        lines = shortened([sentence.format(row=problem.row, message=problem.message) for problem in problems], _SHOWN)
        refused = ngettext("{n} row was not taken:", "{n} rows were not taken:", len(problems)).format(n=len(problems))
        dialogs.inform(self._page, told, "\n".join([refused, *lines]))
