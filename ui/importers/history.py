"""Earlier years out of a table or another event's file: choose it, import, and hear what came in and what did not."""

from pathlib import Path

from PySide6.QtCore import QObject

from data.actions import roster as actions
from data.exchange import history_event
from data.exchange.history_csv import read_history
from data.i18n import _, ngettext, shortened
from data.rules.roster import CellProblem, HistoryReading
from ui import dialogs
from ui.importers.roster import PATTERN
from ui.pages.page import Page
from ui.task import Progress

_SHOWN = 5  # rows left out that the message lists


class HistoryImporter(QObject):
    """Belongs to a page; `start()` asks for the file."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._path = Path()

    def start(self) -> None:
        pattern = _("Earlier years ({pattern})").format(pattern=f"{PATTERN} *{history_event.SUFFIX}")
        dialogs.choose_file(self._page, _("Import earlier years"), pattern, self.read)

    def read(self, path: Path) -> None:
        """Take who competed in earlier years from this file."""
        self._path = path
        self._page.run(self._work, self._done, title=_("Importing earlier years"))

    def _work(self, _progress: Progress) -> tuple[int, HistoryReading]:
        is_event = self._path.suffix.lower() == history_event.SUFFIX
        reading = history_event.read_event_history(self._path) if is_event else read_history(self._path)
        return actions.import_history(self._page.desk.store, self._page.desk.actor, reading.rows), reading

    def _done(self, result: tuple[int, HistoryReading]) -> None:
        new, reading = result
        told = ngettext(
            "{n} entry read, {new} new or changed.", "{n} entries read, {new} new or changed.", len(reading.rows)
        )
        told = told.format(n=len(reading.rows), new=new)
        self._page.desk.say(told)
        if reading.problems:
            lines = shortened([_problem_line(problem) for problem in reading.problems], _SHOWN)
            title = _("Some rows of earlier years were left out")
            if not reading.rows:
                title = _("The file has no earlier years")
            dialogs.inform(self._page, title, "\n".join([told, *lines]))


def _problem_line(problem: CellProblem) -> str:
    place = problem.cell or (str(problem.row) if problem.row else problem.file)
    return f"{place}: {problem.message}"
