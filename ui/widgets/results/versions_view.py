"""The result versions: which there are, what is published of the chosen one, and what it changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QSplitter, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.local_time import local_time
from data.queries.result_changes import LineChange
from data.queries.results import VersionRow
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.table import Table

_SHA_SHOWN = 12  # characters, enough to compare by eye; the whole is copied
NOW = 0  # stands for the event as it is now where a version is compared with something


class VersionsView(QWidget):
    """Signals: certificates_wanted(number, new ones alone), voids_wanted(number), notice_wanted(number),
    archive_wanted, compare_wanted(older, newer; newer may be NOW), copied(number): the SHA-256 is on the clipboard."""

    certificates_wanted = Signal(int, bool)
    voids_wanted = Signal(int)
    notice_wanted = Signal(int)
    archive_wanted = Signal()
    compare_wanted = Signal(int, int)
    copied = Signal(int)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("versions")
        self._versions: tuple[VersionRow, ...] = ()
        self._now = False
        self.table = Table("resultVersions", _version_columns(), settings, searchable=False, key=_number)
        self.table.chosen.connect(self._on_chosen)
        self.certificates = parts.primary_button(_("Certificates…"), self._on_certificates, name="certificates")
        self.changed = parts.button(_("Changed certificates…"), self._on_changed, name="changedCertificates")
        self.changed.setToolTip(_("Those alone that this version made new"))
        self.voids = parts.button(_("Void numbers…"), self._on_voids, name="voidNumbers")
        self.voids.setToolTip(_("The list of the certificate numbers that are void, with the reason"))
        self.notice = parts.button(_("Notice…"), self._on_notice, name="notice")
        self.archive = parts.button(_("Archive…"), self._on_archive, name="archive")
        self.copy_sha = parts.button(_("Copy SHA-256"), self._on_copy, name="copySha")
        self.others = QComboBox()
        self.others.setObjectName("compareWith")
        self.others.setAccessibleName(_("Compare with"))
        self.others.currentIndexChanged.connect(self._compare)
        self._told = parts.muted("", wrap=True)
        self._told.setObjectName("comparison")
        self.changes = Table("resultChanges", _change_columns(), settings)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 4)
        column.addWidget(self.table, 1)
        column.addLayout(
            parts.row(self.certificates, self.changed, self.voids, self.notice, self.archive, self.copy_sha, None)
        )
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 8, 0, 0)
        self._compare_label = parts.label(_("Compare with"), "subheading")
        column.addLayout(parts.row(self._compare_label, self.others, None))
        column.addWidget(self._told, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.changes, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(upper)
        split.addWidget(lower)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([200, 300])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    @property
    def number(self) -> int:
        """The version that is chosen; there must be one."""
        return int(self.table.current().number)

    def show_versions(self, versions: Sequence[VersionRow], *, differs: bool) -> None:
        """Show these, the newest first and chosen when it is new. differs: the event is not as the newest says."""
        newest_is_new = [row.number for row in self._versions[:1]] != [row.number for row in versions[:1]]
        self._versions = tuple(versions)
        self._now = differs
        self.table.set_rows(self._versions)
        if versions and (newest_is_new or self.table.current() is None):
            self.table.choose(versions[0].number)
        self._offer_others()

    def show_changes(self, changes: Sequence[LineChange]) -> None:
        """What differs between the two that `compare_wanted` named."""
        self.changes.set_rows(changes)
        entrants = len({change.entrant_id for change in changes if change.entrant_id is not None})
        if not changes:
            told = _("Nothing differs.")
        elif not entrants:
            told = _("Only what is said of the event differs.")
        else:
            told = ngettext("The lines of {n} entrant differ.", "The lines of {n} entrants differ.", entrants)
        self._told.setText(told.format(n=entrants))

    def _on_chosen(self, row: VersionRow | None) -> None:
        for one in (self.changed, self.voids):
            one.setVisible(row is not None and row.number > 1)
        self._offer_others()

    def _offer_others(self) -> None:
        """The versions that the chosen one can be compared with: the one before it comes first."""
        row = self.table.current()
        offered: list[tuple[str, int]] = []
        if row is not None:
            if self._now and row == self._versions[0]:
                offered.append((_("the standings as they are now"), NOW))
            others = sorted((one for one in self._versions if one != row), key=lambda one: abs(one.number - row.number))
            offered += [(_("version {n}").format(n=one.number), one.number) for one in others]
        self.others.blockSignals(True)
        self.others.clear()
        for text, number in offered:
            self.others.addItem(text, number)
        self.others.blockSignals(False)
        for widget in (self._compare_label, self.others, self.changes):
            widget.setVisible(bool(offered))
        if offered:
            self._compare()
        else:
            self._told.setText(_("This is the first version: there is nothing to compare it with yet."))

    def _compare(self) -> None:
        other = int(self.others.currentData())
        pair = (self.number, NOW) if other == NOW else (min(self.number, other), max(self.number, other))
        self.compare_wanted.emit(*pair)

    def _on_certificates(self) -> None:
        self.certificates_wanted.emit(self.number, False)

    def _on_changed(self) -> None:
        self.certificates_wanted.emit(self.number, True)

    def _on_archive(self) -> None:
        self.archive_wanted.emit()

    def _on_voids(self) -> None:
        self.voids_wanted.emit(self.number)

    def _on_notice(self) -> None:
        self.notice_wanted.emit(self.number)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.table.current().sha256)
        self.copied.emit(self.number)


def _number(row: VersionRow) -> int:
    return row.number


def _made_at(row: VersionRow) -> str:
    return f"{local_time(row.made_at):%Y-%m-%d %H:%M:%S}"


def _version_columns() -> list[Column]:
    def sha(row: VersionRow) -> str:
        return f"{row.sha256[:_SHA_SHOWN]}…"

    return [
        Column(_("Version"), lambda row: str(row.number), sort=_number, width=72, right=True, bold=True),
        Column(_("Made at"), _made_at, sort=lambda row: row.made_at, width=170),
        Column(_("By"), lambda row: row.actor, width=110),
        Column(_("SHA-256"), sha, width=150, tip=lambda row: row.sha256),
        Column(_("Reason"), lambda row: row.reason or "–", width=0),
    ]


def _change_columns() -> list[Column]:
    return [
        Column(_("Division"), lambda change: change.division_title, width=130),
        Column(_("Number"), lambda change: change.number, width=84),
        Column(_("Name"), lambda change: change.name, width=100, bold=True),
        Column(_("Unit"), lambda change: change.unit, width=180),
        Column(_("What differs"), lambda change: change.what, width=110),
        Column(_("Earlier"), lambda change: change.before or "–", width=130),
        Column(_("Later"), lambda change: change.after or "–", width=0, bold=True),
    ]
