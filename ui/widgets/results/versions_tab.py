"""The tab of the result versions: what each changed, and what is published of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from shiboken6 import isValid

from data.actions import notices
from data.actions import printouts as printout_actions
from data.exchange import notice_csv
from data.exchange.archive import Sealed
from data.i18n import _, ngettext
from data.queries import notice, printouts, result_changes, results
from data.queries.printouts import CERTIFICATES, VOID_LIST
from data.queries.result_changes import LineChange
from data.queries.result_state import ResultState
from printing import archive, papers
from printing.notice import write_notice as write_notice_pdf
from ui import dialogs
from ui.desk import Desk
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets.results.archive_dialog import ArchiveChoice, ArchiveDialog
from ui.widgets.results.notice_dialog import PDF, NoticeChoice, NoticeDialog
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
        self._new_only = False
        self._notice: NoticeChoice | None = None
        self._archive: ArchiveChoice | None = None
        self.view = VersionsView(self.desk.settings)
        self.view.certificates_wanted.connect(self._ask_certificates)
        self.view.voids_wanted.connect(self._ask_voids)
        self.view.notice_wanted.connect(self._ask_notice)
        self.view.archive_wanted.connect(self._ask_archive)
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

    def _ask_certificates(self, number: int, new_only: bool) -> None:
        self._version, self._new_only = number, new_only
        title = _("Changed certificates, version {n}") if new_only else _("Certificates, version {n}")
        name = title.format(n=number) + ".pdf"
        dialogs.save_file(self.page, _("Save the certificates"), _pdf_files(), name, self._write_certificates)

    def _write_certificates(self, path: Path) -> None:
        work = partial(_write_certificates, self.desk, path, self._version, self._new_only)
        self.page.run(work, self._on_certificates, title=_("Setting the certificates"))

    def _on_certificates(self, pieces: int) -> None:
        told = ngettext("{n} certificate saved.", "{n} certificates saved.", pieces)
        self.desk.say(told.format(n=pieces))

    def _ask_voids(self, number: int) -> None:
        self._version = number
        name = _("Void certificates, version {n}").format(n=number) + ".pdf"
        dialogs.save_file(self.page, _("Save the void numbers"), _pdf_files(), name, self._write_voids)

    def _write_voids(self, path: Path) -> None:
        work = partial(_write_voids, self.desk, path, self._version)
        self.page.run(work, self._on_voids, title=_("Void certificates"))

    def _on_voids(self, path: Path) -> None:
        self.desk.say(_("Saved: {file}").format(file=path.name))

    def _ask_notice(self, number: int) -> None:
        self._version = number
        store = self.desk.store
        content, proposal = results.frozen(store, number), notice.proposal(store, number)
        NoticeDialog(self.page, content, proposal, notice.today(store), self._ask_notice_file).open()

    def _ask_notice_file(self, choice: NoticeChoice) -> None:
        self._notice = choice
        kind = _pdf_files() if choice.kind == PDF else _("CSV files (*.csv)")
        name = _("Notice, version {n}").format(n=self._version) + f".{choice.kind}"
        dialogs.save_file(self.page, _("Save the notice"), kind, name, self._write_notice)

    def _write_notice(self, path: Path) -> None:
        assert self._notice is not None
        work = partial(_write_notice, self.desk, path, self._notice, self._version)
        self.page.run(work, self.desk.say, title=_("Writing the notice"))

    def _ask_archive(self) -> None:
        ArchiveDialog(self.page, self._ask_archive_place).open()

    def _ask_archive_place(self, choice: ArchiveChoice) -> None:
        self._archive = choice
        name = _("Archive {event}").format(event=self.desk.store.path.stem)
        if choice.zipped:
            dialogs.save_file(
                self.page, _("Save the archive"), _("Zip files (*.zip)"), f"{name}.zip", self._write_archive
            )
        else:
            dialogs.choose_folder(self.page, _("Save the archive"), partial(_inside, self._write_archive, name))

    def _write_archive(self, path: Path) -> None:
        assert self._archive is not None
        work = partial(_write_archive, self.desk, path, self._archive)
        self.page.run(work, self._on_archive, title=_("Sealing the archive"))

    def _on_archive(self, sealed: Sealed) -> None:
        text = _("{n} files. Write this seal into the minutes; whoever checks the archive finds it again:")
        dialogs.inform(self.page, _("The archive is sealed"), f"{text.format(n=sealed.files)}\n\n{sealed.seal}")


def _pdf_files() -> str:
    return _("PDF files (*.pdf)")


def _inside(write: Callable[[Path], None], name: str, folder: Path) -> None:
    write(folder / name)


# Work of a worker thread


def _compare(desk: Desk, pair: tuple[int, int], _progress: Progress) -> tuple[tuple[int, int], tuple[LineChange, ...]]:
    return pair, result_changes.compare(desk.store, *pair)


def _write_certificates(desk: Desk, path: Path, version: int, new_only: bool, progress: Progress) -> int:
    """Note them as all of the version unless what an earlier version changed may still be missing on paper."""
    last = printouts.state(desk.store, CERTIFICATES).of_version
    pieces = papers.write_certificates(desk.store, path, progress, version=version, new_only=new_only)
    part = "new" if new_only and last != version - 1 else ""
    printout_actions.record(desk.store, desk.actor, CERTIFICATES, pieces, version, part)
    return pieces


def _write_voids(desk: Desk, path: Path, version: int, progress: Progress) -> Path:
    pieces = papers.write_void_list(desk.store, path, progress, version=version)
    printout_actions.record(desk.store, desk.actor, VOID_LIST, pieces, version)
    return path


def _write_notice(desk: Desk, path: Path, choice: NoticeChoice, version: int, progress: Progress) -> str:
    """Write the file, then note the days; returns what to tell."""
    if choice.kind == PDF:
        content = results.frozen(desk.store, version)
        pages = write_notice_pdf(content, path, choice.words, choice.options, progress)
        told = ngettext("Notice of version {v}: {n} page saved.", "Notice of version {v}: {n} pages saved.", pages)
        told = told.format(v=version, n=pages)
    else:
        rows = notice_csv.write_notice(desk.store, path, choice.options, version).rows
        told = ngettext("Notice of version {v}: {n} row saved.", "Notice of version {v}: {n} rows saved.", rows)
        told = told.format(v=version, n=rows)
    if choice.publish is not None:
        notices.publish(desk.store, desk.actor, version, choice.publish.starts, choice.publish.ends)
    return told


def _write_archive(desk: Desk, path: Path, choice: ArchiveChoice, progress: Progress) -> Sealed:
    return archive.write(desk.store, path, progress, scans=choice.scans, with_event_file=choice.with_event_file)
