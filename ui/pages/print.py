"""Print: badges, mark sheets, timetables and certificates; seen first, then printed or saved."""

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from PySide6.QtCore import QSize, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QListWidget, QListWidgetItem, QSplitter, QWidget

from data.actions import printouts as actions
from data.change import Change
from data.errors import Cancelled, UserError
from data.i18n import _, ngettext
from data.local_time import local_time
from data.queries import plan as plan_queries
from data.queries import printouts
from data.queries.printouts import (
    BADGES,
    BELOW_LIST,
    CERTIFICATES,
    DOOR_LISTS,
    JUDGE_LISTS,
    JUDGE_REPORT,
    LADDERS,
    MARKSHEETS,
    NOTICE,
    OVERVIEW,
    RUNNING_LISTS,
    SLIPS,
    VOID_LIST,
    PaperState,
)
from data.queries.timetable_papers import Choice
from data.store import Store
from printing import page as paper_page
from printing import papers
from ui import dialogs
from ui.aside import Aside
from ui.desk import Desk
from ui.errors import show_error
from ui.pages.page import Page
from ui.printing_out import Printed, print_pages, printer_for
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.pdf_preview import PdfPreview

KINDS = (
    *(BADGES, MARKSHEETS, SLIPS, RUNNING_LISTS, JUDGE_LISTS, DOOR_LISTS, OVERVIEW),
    *(LADDERS, NOTICE, CERTIFICATES, VOID_LIST, BELOW_LIST, JUDGE_REPORT),
)
_CARD_HEIGHT = 80  # pixels: three lines and the room around them
_WITH_STATION = (MARKSHEETS, RUNNING_LISTS, JUDGE_LISTS, DOOR_LISTS)
_WITH_DIVISION = (BADGES, MARKSHEETS, SLIPS, LADDERS, CERTIFICATES)
# What stands on paper; a printout itself changes the states alone.
_SHOWN = frozenset(
    {
        "event",
        "division",
        "unit",
        "sheet",
        "item",
        "station",
        "judge",
        "entrant",
        "timetable",
        "slot",
        "result_version",
        "break",
    }
    | {"drawn_station", "notice"}
)
# On score ladders, and on what comes after.
_RECKONED = frozenset({"mark", "theory_mark", "visit", "playoff", "confirmation", "tie_decision", "resit"})


@dataclass(frozen=True)
class Wanted:
    """What the page is to show. `edition` goes up with every change of what stands on papers."""

    kind: str
    choice: Choice
    edition: int


@dataclass(frozen=True)
class Prepared:
    """A document ready to print: what was wanted, the state then, how many pieces, and the PDF."""

    wanted: Wanted
    state: PaperState
    pieces: int
    pdf: bytes


class PrintPage(Page):
    """Every paper with its state at the left, what is chosen of it and its preview at the right."""

    key = "print"
    tables = _SHOWN | {"printout"}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._states: dict[str, PaperState] = {}
        self._only_changed: tuple[str, bool] | None = None
        self._papers = Aside(desk, _read_papers, self._show_papers, self._show_error, self)
        self._prepared: Prepared | None = None
        self._pages: PdfPages | None = None
        self._outgoing: Prepared | None = None
        self._printer: QPrinter | None = None
        self._tried: Wanted | None = None
        self._edition = 0
        self._filling = False
        self._save = self.add_action(_("Save as PDF…"), self._ask_where)
        self._save.setObjectName("savePdf")
        self._print = self.set_primary(_("Print…"), self._ask_printer)
        self._empty = parts.empty_state(
            _("There is no event to print for yet."),
            _("Set the event up first."),
            parts.primary_button(_("Go to the setup page"), self._go_to_setup),
        )
        self.body.addWidget(self._empty, 1)
        self._glyphs = parts.label("", tone="attention", wrap=True)
        self._glyphs.setObjectName("missingGlyphs")
        self.body.addWidget(self._glyphs)
        self.list = QListWidget()
        self.list.setObjectName("papers")
        self.list.setAccessibleName(_("Papers"))
        self.list.setMinimumWidth(264)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(2)
        self.list.setStyleSheet("QListWidget::item { padding: 4px 10px; }")
        for kind in KINDS:
            item = QListWidgetItem(_title(kind))
            item.setData(Qt.ItemDataRole.UserRole, kind)
            item.setSizeHint(QSize(232, _CARD_HEIGHT))
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._on_kind)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.list)
        self._split.addWidget(self._build_right())
        self._split.setStretchFactor(1, 1)
        self.body.addWidget(self._split, 1)
        desk.bus.changed.connect(self._forget_preview)

    def title(self) -> str:
        return _("Print")

    def purpose(self) -> str:
        stale = [state for state in self._states.values() if state.changed]
        if stale:
            return _("Some papers changed since they were printed: choose one, tick “changed only”, and print again.")
        return _("Choose a paper, look at it, then print it or save it as PDF.")

    def keys(self) -> list[tuple[str, str]]:
        return [("Ctrl++, Ctrl+-", _("Zoom the preview"))]

    def refresh(self) -> None:
        store = self.desk.store
        ready = plan_queries.is_set_up(store)
        self._empty.setVisible(not ready)
        self._split.setVisible(ready)
        if not ready:
            self._glyphs.hide()
            self._show_actions()
            return
        self._papers.ask()

    def _show_papers(self, read: tuple[list[PaperState], list[tuple[str, str]]]) -> None:
        states, lacking = read
        self._states = {state.kind: state for state in states}
        self._fill_filters()
        for row, kind in enumerate(KINDS):
            self.list.item(row).setText(_card_text(self._states[kind]))
        self._glyphs.setVisible(bool(lacking))
        self._glyphs.setText(
            "▲ "
            + _("No font here has these characters; write them by hand: {names}").format(
                names=_(", ").join(f"{name} ({characters})" for name, characters in lacking)
            )
        )
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        else:
            self._on_kind()
        self._purpose.setText(self.purpose())
        self._tick_changed()

    def show_target(self, target: object) -> None:
        """target: a kind of paper, one of KINDS; or (kind, True) for those alone that changed since the printing."""
        kind, changed_only = target if isinstance(target, tuple) else (target, False)
        if kind in KINDS:
            self.list.setCurrentRow(KINDS.index(str(kind)))
            self._only_changed = str(kind), bool(changed_only)
            self._tick_changed()

    def _tick_changed(self) -> None:
        """Choose what changed alone, or not, as the target wanted it, once it is known whether something did."""
        if self._only_changed is not None and self._states:
            (kind, wanted), self._only_changed = self._only_changed, None
            if kind == self.kind:
                self.changed_only.setChecked(wanted and bool(self._states[kind].changed))

    def _build_right(self) -> QWidget:
        self.division = QComboBox()
        self.division.setObjectName("division")
        self.division.setAccessibleName(_("Division"))
        self.station = QComboBox()
        self.station.setObjectName("station")
        self.station.setAccessibleName(_("Station"))
        self.changed_only = QCheckBox(_("Changed only"))
        self.changed_only.setObjectName("changedOnly")
        for box in (self.division, self.station):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.division.currentIndexChanged.connect(self._prepare)
        self.station.currentIndexChanged.connect(self._prepare)
        self.changed_only.toggled.connect(self._prepare)
        self.preview = PdfPreview(self.desk.tasks)
        self.preview.verticalScrollBar().valueChanged.connect(self._show_position)
        self._position = parts.muted()
        self._smaller = parts.button("−", self.preview.zoom_out, name="zoomOut")
        self._smaller.setAccessibleName(_("Zoom out"))
        self._larger = parts.button("+", self.preview.zoom_in, name="zoomIn")
        self._larger.setAccessibleName(_("Zoom in"))
        self._nothing = QLabel()
        self._nothing.setObjectName("nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        bar = parts.row(
            self.division, self.station, self.changed_only, None, self._position, self._smaller, self._larger
        )
        right = QWidget()
        layout = parts.column(bar, self._nothing)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setStretch(1, 1)
        layout.addWidget(self.preview, 1)
        right.setLayout(layout)
        return right

    def _fill_filters(self) -> None:
        plan = plan_queries.current_plan(self.desk.store)
        divisions = [(one.title, one.code) for one in plan.divisions if one.entry != "sum"]
        stations = [(f"{one.code} {one.name}", one.code) for one in plan.stations]
        self._filling = True
        _fill(self.division, _("All divisions"), divisions)
        _fill(self.station, _("All stations"), stations)
        self._filling = False

    @property
    def kind(self) -> str:
        """The paper that is chosen."""
        return KINDS[max(0, self.list.currentRow())]

    def _on_kind(self, _row: int = 0) -> None:
        state = self._states.get(self.kind)
        self.division.setVisible(self.kind in _WITH_DIVISION)
        self.station.setVisible(self.kind in _WITH_STATION)
        self._filling = True
        if state is None or not state.changed:
            self.changed_only.setChecked(False)
        self._filling = False
        self.changed_only.setVisible(bool(state and state.changed))
        self._prepare()

    def _choice(self) -> Choice:
        return Choice(
            self.division.currentData() if self.kind in _WITH_DIVISION else None,
            self.station.currentData() if self.kind in _WITH_STATION else None,
            self._states[self.kind].changed if self.changed_only.isChecked() else None,
        )

    def _wanted(self) -> Wanted:
        return Wanted(self.kind, self._choice(), self._edition)

    def _prepare(self, _value: object = None) -> None:
        """Make the document that is wanted, unless it is in sight, failed, or was stopped."""
        if self._filling or not self._states or self.is_busy:
            return
        wanted, state = self._wanted(), self._states[self.kind]
        if wanted == self._tried:
            return
        self._tried = wanted
        self._show(None)
        if state.problem is not None:
            self._say_nothing(state.problem)
            return
        work = partial(_make, self.desk.store, wanted, state)
        task = self.run(work, self._on_made, self._on_not_made, title=_title(wanted.kind))
        task.ended.connect(self._prepare)

    def _on_made(self, prepared: Prepared) -> None:
        if prepared.wanted == self._wanted():
            self._show(prepared)

    def _on_not_made(self, error: UserError) -> None:
        self._say_nothing(error)
        if isinstance(error, Cancelled):
            self._nothing.setText(_("The preview was stopped."))

    def _say_nothing(self, error: UserError) -> None:
        self._nothing.setText("\n".join(part for part in (error.what, error.todo) if part))

    def _show(self, prepared: Prepared | None) -> None:
        former, self._prepared = self._pages, prepared
        self._pages = PdfPages(prepared.pdf) if prepared else None
        self.preview.show_pages(self._pages)
        if former is not None:
            former.close()
        self._nothing.setText("")
        self._nothing.setVisible(prepared is None)
        self.preview.setVisible(prepared is not None)
        self._show_position()
        self._show_actions()

    def _show_position(self, _value: int = 0) -> None:
        if self._pages is None or self._prepared is None:
            self._position.setText("")
            return
        pieces = ngettext("{n} piece", "{n} pieces", self._prepared.pieces).format(n=self._prepared.pieces)
        page = _("page {page} of {pages}").format(page=self.preview.current_page, pages=self._pages.count)
        self._position.setText(f"{pieces} · {page}")

    def _show_actions(self) -> None:
        for button in (self._save, self._print, self._smaller, self._larger):
            button.setEnabled(self._prepared is not None)

    def _forget_preview(self, change: Change) -> None:
        if change.tables & (_SHOWN | _RECKONED):
            self._edition += 1

    def _ask_where(self) -> None:
        self._outgoing = self._prepared
        name = _title(self.kind) + ".pdf"
        dialogs.save_file(self, _("Save as PDF"), _("PDF files (*.pdf)"), name, self._save_to)

    def _save_to(self, path: Path) -> None:
        assert self._outgoing is not None
        if self.attempt(paper_page.write, path, partial(_copy, self._outgoing.pdf)):
            self._record(self._outgoing)
            self.desk.say(_("Saved: {file}").format(file=path.name))

    def _ask_printer(self) -> None:
        assert self._pages is not None
        self._outgoing = self._prepared
        self._printer = printer_for(self._pages, _title(self.kind))
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, self._pages.count)
        dialog.accepted.connect(self._print_out)
        show_print_dialog(dialog)

    def _print_out(self) -> None:
        assert self._outgoing is not None
        assert self._printer is not None
        work = partial(print_pages, PdfPages(self._outgoing.pdf), self._printer)
        task = self.run(work, self._on_printed, self._on_not_printed, title=_("Printing"))
        task.ended.connect(self._prepare)  # the event may have changed meanwhile

    def _on_printed(self, printed: Printed) -> None:
        assert self._outgoing is not None
        self._printer = None
        if printed.pages == printed.of_pages:
            self._record(self._outgoing)
        text = ngettext("{n} page sent to the printer", "{n} pages sent to the printer", printed.pages)
        self.desk.say(text.format(n=printed.pages))

    def _on_not_printed(self, error: UserError) -> None:
        self._printer = None
        if not isinstance(error, Cancelled):
            show_error(self, error)

    def _record(self, one: Prepared) -> None:
        """Note what is on paper now. The changed ones of all bring all of them up to date."""
        choice = one.wanted.choice
        part = "+".join(code for code in (choice.division, choice.station) if code)
        pieces = one.pieces if part or choice.only is None else one.state.pieces
        self.attempt(actions.record, self.desk.store, self.desk.actor, one.wanted.kind, pieces, one.state.version, part)

    def _go_to_setup(self) -> None:
        self.desk.go("setup")


def show_print_dialog(dialog: QPrintDialog) -> None:
    """Open the system's print dialog. Tests put their own answer in the place of this one function."""
    dialog.open()


def _copy(pdf: bytes, file: BinaryIO) -> int:
    return file.write(pdf)


def _make(store: Store, wanted: Wanted, state: PaperState, progress: Progress) -> Prepared:
    """The document as a PDF in memory; runs in a worker thread."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        pieces = papers.WRITERS[wanted.kind](store, path, progress, wanted.choice)
        return Prepared(wanted, state, pieces, path.read_bytes())


def _fill(box: QComboBox, everything: str, choices: list[tuple[str, str]]) -> None:
    """Offer these, with what was chosen still chosen if it can be."""
    chosen = box.currentData()
    box.clear()
    box.addItem(everything, None)
    for text, code in choices:
        box.addItem(text, code)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def _title(kind: str) -> str:
    return {
        BADGES: _("Badges"),
        MARKSHEETS: _("Mark sheets"),
        SLIPS: _("Entrants' timetables"),
        RUNNING_LISTS: _("Running lists of the lanes"),
        JUDGE_LISTS: _("Judges' timetables"),
        DOOR_LISTS: _("Lists for the doors"),
        OVERVIEW: _("The day at a glance"),
        LADDERS: _("Score ladders"),
        NOTICE: _("Notice"),
        CERTIFICATES: _("Certificates"),
        VOID_LIST: _("Void certificates"),
        BELOW_LIST: _("Training and second chance"),
        JUDGE_REPORT: _("Judges' report"),
    }[kind]


def _read_papers(store: Store) -> tuple[list[PaperState], list[tuple[str, str]]]:
    """Every kind of paper, and the names with the characters that no font has."""
    with store.read():
        return printouts.states(store), papers.names_without_glyphs(store)


def _card_text(state: PaperState) -> str:
    """Name and count, when it was printed and of which version, and what is to do."""
    title = _title(state.kind)
    if state.problem is None:
        title = f"{title}  ·  {state.pieces}"
    return f"{title}\n{_printed_text(state)}\n{_todo_text(state)}"


def _printed_text(state: PaperState) -> str:
    if state.printed_at is None:
        return _("not printed yet")
    at = f"{local_time(state.printed_at):%m-%d %H:%M}"
    if state.of_version is None:
        return _("printed {at}").format(at=at)
    return _("printed {at}, version {version}").format(at=at, version=state.of_version)


def _todo_text(state: PaperState) -> str:
    if state.problem is not None:
        return f"– {state.problem.what}"
    if state.printed_at is None:
        return "➜ " + _("ready to print")
    if state.changed:
        n = len(state.changed)
        return "▲ " + ngettext("{n} changed since", "{n} changed since", n).format(n=n)
    return "✓ " + _("up to date")
