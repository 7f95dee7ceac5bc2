"""Audit log: who did what, when and why, and what stood before and after."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries import audit_log
from data.queries.audit_log import AuditDetail, AuditEntry
from data.queries.sealing import hides_names
from data.verify import verify_file
from ui.desk import Desk
from ui.models.rows import Column
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.table import Table

_MOST_FAULTS_SHOWN = 5


class AuditPage(Page):
    """The whole log as one list, newest first; the choice of a line shows its details below."""

    key = "audit"
    tables = audit_log.TABLES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._entries: list[AuditEntry] | None = None
        self._reading = False
        self._hidden = False
        self.set_primary(_("Verify the event"), self._verify)
        self._result = QVBoxLayout()
        self.body.addLayout(self._result)
        self._empty = parts.empty_state(
            _("Nothing has been done in this event yet."),
            _("Every step of the day will be listed here, with its time, its author and its reason."),
        )
        self.body.addWidget(self._empty, 1)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self.log = Table("auditLog", _log_columns(), desk.settings, key=_seq)
        self.log.chosen.connect(self._show_details)
        self.log.model.modelReset.connect(self._on_reset)
        self._split.addWidget(self.log)
        self._split.addWidget(self._build_details())
        self._split.setSizes([400, 240])
        self.body.addWidget(self._split, 1)
        self._split.hide()
        self._empty.hide()

    def title(self) -> str:
        return _("Audit log")

    def purpose(self) -> str:
        return _("Everything that was done, by whom and why; nothing here can be changed or removed.")

    def refresh(self) -> None:
        hidden = hides_names(self.desk.store)
        if hidden != self._hidden:  # every line reads otherwise when names were sealed or decoded
            self._hidden = hidden
            self._entries = None
            self.log.set_rows([])
            self._show_details(None)
        if self._entries is not None:
            newest = self._entries[0].seq if self._entries else 0
            self._show([*audit_log.entries(self.desk.store, after=newest), *self._entries])
        elif not self._reading:
            self._reading = True
            self.run(self._read, self._on_read, title=_("Reading the audit log"))

    def _build_details(self) -> QWidget:
        frame = QWidget()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 8, 0, 0)
        self._heading = parts.heading("")
        self._heading.setObjectName("auditHeading")
        self._heading.setWordWrap(True)
        self.details = Table("auditDetails", _detail_columns(), self.desk.settings, searchable=False)
        layout.addWidget(self._heading)
        layout.addWidget(self.details, 1)
        return frame

    def _read(self, _progress: Progress) -> list[AuditEntry]:
        return audit_log.entries(self.desk.store)

    def _on_read(self, entries: list[AuditEntry]) -> None:
        self._entries = entries
        self.refresh()

    def _show(self, entries: list[AuditEntry]) -> None:
        self._entries = entries
        self._empty.setVisible(not entries)
        self._split.setVisible(bool(entries))
        self.log.set_rows(entries)
        if entries and self.log.current() is None:
            self.log.choose(entries[0].seq)

    def _on_reset(self) -> None:
        if self.log.current() is None:  # the search left the chosen line out
            self._show_details(None)

    def _show_details(self, entry: AuditEntry | None) -> None:
        if entry is None:
            self._heading.clear()
            self.details.set_rows([])
            return
        found = audit_log.details(self.desk.store, entry.seq)
        heading = _("{seq}. {title}").format(seq=entry.seq, title=entry.title)
        if entry.reason:
            heading = _("{heading} (reason: {reason})").format(heading=heading, reason=entry.reason)
        if found.left_out:
            more = ngettext("{n} more row is not listed", "{n} more rows are not listed", found.left_out)
            heading = f"{heading} · {more.format(n=found.left_out)}"
        self._heading.setText(heading)
        self.details.set_rows(found.rows)

    def _verify(self) -> None:
        self.run(self._check, self._on_verified, title=_("Verifying the event"))

    def _check(self, _progress: Progress) -> list[str]:
        return verify_file(self.desk.store.path)

    def _on_verified(self, faults: list[str]) -> None:
        parts.clear(self._result)
        if not faults:
            words = _("No fault found: the log is unbroken, and every table, draw and result agrees with it.")
            self._result.addWidget(parts.strip(words, "done"))
            return
        count = ngettext("{n} fault found:", "{n} faults found:", len(faults)).format(n=len(faults))
        shown = [count, *faults[:_MOST_FAULTS_SHOWN]]
        if len(faults) > _MOST_FAULTS_SHOWN:
            shown.append(_("The command “start verify” lists all of them."))
        self._result.addWidget(parts.strip("\n".join(shown), "wrong"))


def _seq(entry: AuditEntry) -> int:
    return entry.seq


def _log_columns() -> list[Column]:
    return [
        Column(_("No."), lambda entry: str(entry.seq), sort=_seq, width=72, right=True),
        Column(_("Time"), lambda entry: f"{entry.at:%Y-%m-%d %H:%M:%S}", width=168),
        Column(_("Who"), lambda entry: entry.actor, width=120),
        Column(_("What"), lambda entry: entry.title, width=280),
        Column(_("Reason"), lambda entry: entry.reason, width=0),
    ]


def _detail_columns() -> list[Column]:
    kinds = {"added": _("Added"), "changed": _("Changed"), "removed": _("Removed")}

    def kind(detail: AuditDetail) -> str:
        return kinds[detail.kind]

    return [
        Column(_("Change"), kind, width=80),
        Column(_("Table"), lambda detail: detail.table, width=110),
        Column(_("Row"), lambda detail: detail.subject, width=0),
        Column(_("Field"), lambda detail: detail.field, width=110),
        Column(_("Before"), lambda detail: detail.before, width=160),
        Column(_("After"), lambda detail: detail.after, width=0),
    ]
