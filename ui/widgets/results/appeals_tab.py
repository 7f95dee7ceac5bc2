"""The tab of the appeals: until when they are taken, which there are, and what was decided."""

from typing import Any

from PySide6.QtCore import QTimer

from data.actions import appeals as actions
from data.i18n import _
from data.local_time import local_time
from data.queries import appeals as queries
from data.queries.appeals import AppealRow, Appeals
from data.queries.blockers import APPEAL
from ui import dialogs
from ui.models.rows import Column
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.results.appeal_dialog import AppealDialog
from ui.widgets.results.decision_dialog import DecisionDialog
from ui.widgets.results.result_tab import ResultTab
from ui.widgets.table import Filter, Table

_TICK_MS = 15_000  # the deadline is told in minutes
_TONES = {queries.OPEN: "attention", queries.GRANTED: "done", queries.REFUSED: "muted", queries.WITHDRAWN: "muted"}
_MARKS = {queries.OPEN: "▲", queries.GRANTED: "✓", queries.REFUSED: "✕", queries.WITHDRAWN: "–"}


class AppealsTab(ResultTab):
    """A target is "appeals"."""

    key = "appeals"
    tables = frozenset({"appeal"})
    reads = True

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.found = Appeals((), None)
        self._deadline = parts.label("", "subheading", wrap=True)
        self._deadline.setObjectName("appealDeadline")
        self.raise_button = parts.button(_("Take an appeal…"), self._ask_appeal, name="raiseAppeal")
        filters = (Filter(_("undecided"), _is_open),)
        self.table = Table("appeals", _columns(), self.desk.settings, filters=filters, key=_id)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self._told = parts.label("", wrap=True, selectable=True)
        self._told.setObjectName("appealTold")
        self.decide_button = parts.button(_("Decide…"), self._ask_decision, name="decideAppeal")
        self.withdraw_button = parts.button(_("It was withdrawn…"), self._ask_withdrawal, name="withdrawAppeal")
        self._nothing = parts.empty_state(
            _("Nobody has appealed."),
            _("An appeal names a mark, a visit, the theory mark or the result. Until it is decided, nothing is final."),
        )
        self.details = parts.card(self._told, parts.row(None, self.withdraw_button, self.decide_button), margin=12)
        head = parts.row(self._deadline, self.raise_button)
        head.setStretch(0, 1)
        self.room.addLayout(head)
        self.room.addWidget(self._nothing, 1)
        self.room.addWidget(self.table, 1)
        self.room.addWidget(self.details)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_deadline)
        self.desk.closing.connect(self._tick.stop)
        self._tick.start()
        self._show()

    def title(self) -> str:
        blockers = self.state.blockers if self.state is not None else ()
        count = sum(len(blocker.entrant_ids) for blocker in blockers if blocker.code == APPEAL)
        return _("Appeals ({n} open)").format(n=count) if count else _("Appeals")

    def read(self, _progress: Progress) -> Appeals:
        return queries.appeals(self.desk.store)

    def show_found(self, found: Any) -> None:
        self.found = found
        self._show()

    def _show(self) -> None:
        rows = self.found.rows
        self._nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.table.set_rows(rows)
        if rows and self.table.current() is None:
            self.table.choose(rows[0].id)
        self._show_deadline()
        self._on_chosen(self.table.current())

    def _show_deadline(self) -> None:
        now = self.desk.store.clock()
        self._deadline.setText(queries.time_words(self.found.deadline, now))
        left = self.found.deadline
        parts.set_tone(self._deadline, "attention" if left is not None and now >= left.ends else "")

    def _on_chosen(self, row: AppealRow | None) -> None:
        self.details.setVisible(row is not None)
        if row is not None:
            self._told.setText(_story(row))
            self.decide_button.setVisible(row.is_open)
            self.withdraw_button.setVisible(row.is_open)

    def _on_opened(self, row: AppealRow) -> None:
        if row.is_open:
            self._ask_decision()

    def _ask_appeal(self) -> None:
        assert self.state is not None
        AppealDialog(self.page, self.state.divisions, self.found.deadline).open()

    def _ask_decision(self) -> None:
        DecisionDialog(self.page, self.table.current()).open()

    def _ask_withdrawal(self) -> None:
        row = self.table.current()
        dialogs.ask_reason(
            self.page,
            _("Note that the appeal was withdrawn"),
            _("{name}, {what}: who takes it back, and why?").format(name=row.name, what=row.what),
            self._withdraw,
            yes=_("It was withdrawn"),
        )

    def _withdraw(self, reason: str) -> None:
        row = self.table.current()
        if self.page.attempt(actions.withdraw, self.desk.store, self.desk.actor, row.id, reason):
            self.desk.say(_("The appeal of {name} is withdrawn.").format(name=row.name))


def _is_open(row: AppealRow) -> bool:
    return row.is_open


def _id(row: AppealRow) -> int:
    return row.id


def _moment(at: str | None) -> str:
    return f"{local_time(at):%m-%d %H:%M}" if at else ""


def _state(row: AppealRow) -> str:
    return f"{_MARKS[row.state]} {queries.state_word(row.state)}"


def _story(row: AppealRow) -> str:
    """What was said and decided, a line each."""
    against = _("against result version {n}").format(n=row.version) if row.version else _("before the first version")
    lines = [
        _("{time}, {who}: {text} ({against})").format(
            time=_moment(row.raised_at), who=row.raised_by, text=row.text, against=against
        )
    ]
    if row.late_reason:
        lines.append(_("Taken after the deadline: {reason}").format(reason=row.late_reason))
    if not row.is_open:
        by = row.decided_by or row.actor
        lines.append(f"{_moment(row.decided_at)}, {by}: {_state(row)}. {row.decision}")
    return "\n".join(lines)


def _columns() -> list[Column]:
    return [
        Column(_("State"), _state, width=128, tone=lambda row: _TONES[row.state], bold=True),
        Column(_("Raised at"), lambda row: _moment(row.raised_at), sort=lambda row: row.raised_at, width=110),
        Column(_("Number"), lambda row: row.number, width=84),
        Column(_("Name"), lambda row: row.name, width=96, bold=True),
        Column(_("Unit"), lambda row: row.unit, width=150, tip=lambda row: row.unit),
        Column(_("About"), lambda row: row.what, width=170, tip=lambda row: row.what),
        Column(_("Raised by"), lambda row: row.raised_by, width=100),
        Column(_("Ruled by"), lambda row: row.decided_by, width=96),
        Column(_("Ruling"), lambda row: row.decision, width=0, tip=lambda row: row.decision),
    ]
