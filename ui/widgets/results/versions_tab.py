"""The tab of the result versions: what each changed, and what is published of it."""

from functools import partial
from pathlib import Path

from shiboken6 import isValid

from data.actions import printouts as printout_actions
from data.exchange import notice_csv
from data.exchange.notice_csv import Notice, NoticeOptions
from data.i18n import _, ngettext
from data.queries import result_changes, results
from data.queries.printouts import CERTIFICATES
from data.queries.result_changes import LineChange
from data.queries.result_state import ResultState
from printing import papers
from ui import dialogs
from ui.desk import Desk
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets.results.notice_dialog import NoticeDialog
from ui.widgets.results.result_tab import ResultTab
from ui.widgets.results.versions_view import NOW, VersionsView


class VersionsTab(ResultTab):
    """Offered as soon as there is a version."""

    key = CERTIFICATES
    tables = frozenset({"result_version"})

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._version = 0
        self.compared: dict[tuple[int, int], tuple[LineChange, ...]] = {}  # versions never change
        self._pair = (0, 0)
        self._notice = NoticeOptions()
        self.view = VersionsView(self.desk.settings)
        self.view.certificates_wanted.connect(self._ask_certificates)
        self.view.notice_wanted.connect(self._ask_notice)
        self.view.compare_wanted.connect(self._compare)
        self.view.copied.connect(self._on_copied)
        self.room.addWidget(self.view)

    def title(self) -> str:
        count = len(self.state.versions) if self.state is not None else 0
        return _("Result versions ({n})").format(n=count) if count else _("Result versions")

    def is_offered(self) -> bool:
        return self.state is not None and bool(self.state.versions)

    def show_state(self, state: ResultState) -> None:
        self.view.show_versions(state.versions, differs=state.differs)

    def _compare(self, older: int, newer: int) -> None:
        assert self.state is not None
        self._pair = (older, newer)
        if newer == NOW:
            self.view.show_changes(self.state.changes)
        elif self._pair in self.compared:
            self.view.show_changes(self.compared[self._pair])
        else:
            work = partial(_compare, self.desk, self._pair)
            self.desk.tasks.run(work, self._on_compared, title=_("Comparing result versions"))

    def _on_compared(self, found: tuple[tuple[int, int], tuple[LineChange, ...]]) -> None:
        pair, changes = found
        self.compared[pair] = changes
        if pair == self._pair and isValid(self):
            self.view.show_changes(changes)

    def _on_copied(self, number: int) -> None:
        self.desk.say(_("The SHA-256 of result version {n} is on the clipboard.").format(n=number))

    # What is published

    def _ask_certificates(self, number: int) -> None:
        self._version = number
        name = _("Certificates, version {n}").format(n=number) + ".pdf"
        dialogs.save_file(self.page, _("Save the certificates"), _("PDF files (*.pdf)"), name, self._write_certificates)

    def _write_certificates(self, path: Path) -> None:
        work = partial(_write_certificates, self.desk, path, self._version)
        self.page.run(work, self._on_certificates, title=_("Setting the certificates"))

    def _on_certificates(self, pieces: int) -> None:
        told = ngettext("{n} certificate saved.", "{n} certificates saved.", pieces)
        self.desk.say(told.format(n=pieces))

    def _ask_notice(self, number: int) -> None:
        self._version = number
        NoticeDialog(self.page, results.frozen(self.desk.store, number), self._ask_notice_file).open()

    def _ask_notice_file(self, options: NoticeOptions) -> None:
        self._notice = options
        name = _("Notice, version {n}").format(n=self._version) + ".csv"
        dialogs.save_file(self.page, _("Save the notice"), _("CSV files (*.csv)"), name, self._write_notice)

    def _write_notice(self, path: Path) -> None:
        work = partial(_write_notice, self.desk, path, self._notice, self._version)
        self.page.run(work, self._on_notice, title=_("Writing the notice"))

    def _on_notice(self, notice: Notice) -> None:
        told = ngettext("Notice of version {v}: {n} row saved.", "Notice of version {v}: {n} rows saved.", notice.rows)
        self.desk.say(told.format(v=notice.version, n=notice.rows))


# Work of a worker thread


def _compare(desk: Desk, pair: tuple[int, int], _progress: Progress) -> tuple[tuple[int, int], tuple[LineChange, ...]]:
    return pair, result_changes.compare(desk.store, *pair)


def _write_certificates(desk: Desk, path: Path, version: int, progress: Progress) -> int:
    pieces = papers.write_certificates(desk.store, path, progress, version=version)
    printout_actions.record(desk.store, desk.actor, CERTIFICATES, pieces, version)
    return pieces


def _write_notice(desk: Desk, path: Path, options: NoticeOptions, version: int, _progress: Progress) -> Notice:
    return notice_csv.write_notice(desk.store, path, options, version)
