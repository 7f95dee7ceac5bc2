"""Backups: the rolling copies of the event, a copy by hand, and the way back from one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout
from shiboken6 import isValid

from data.backup import BY_HAND, KEPT, MINUTE, BackupCopy
from data.i18n import _, ngettext
from data.queries.audit_words import action_title
from ui import dialogs
from ui.desk import Desk
from ui.models.rows import Column
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.table import Table

_EVENT_PATTERN = "*.biwu"
_SETTLE_MS = 300  # a copy touches its folder several times


class BackupsPage(Page):
    """Lists what the folder holds; `desk.backups` does the work, always in a task."""

    key = "backups"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._backups = desk.backups
        self._chosen: BackupCopy | None = None
        self._restoring: BackupCopy | None = None  # the list goes on changing while a file name is chosen
        self.set_primary(_("Copy now"), self._copy_now)
        self.add_action(_("Copy to another folder…"), self._ask_where_to_save)
        self._restore_button = self.add_action(_("Open a copy as a new event…"), self._ask_where_to_restore)
        self._restore_button.setObjectName("restore")
        self._folder = parts.label("", "muted", selectable=True, wrap=True)
        self._folder.setObjectName("backupsFolder")
        self._open_folder = parts.link_button(_("Show the folder"), self._show_folder, name="showFolder")
        line = QHBoxLayout()
        line.addWidget(self._folder, 1)
        line.addWidget(self._open_folder)
        self.body.addLayout(line)
        self.copies = Table("backupCopies", _columns(), desk.settings, searchable=False, key=_path)
        self.copies.chosen.connect(self._on_chosen)
        self.body.addWidget(self.copies, 1)
        self._empty = parts.empty_state(
            _("There is no copy yet."),
            _("Biwu makes one after every step of the day and after every minute with changes, without being asked."),
        )
        self.body.addWidget(self._empty, 1)
        self._empty.hide()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.reread)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_folder_changed)

    def title(self) -> str:
        return _("Backups")

    def purpose(self) -> str:
        return ngettext(
            "The newest copy of the event; it was verified when it was made.",
            "The newest {n} copies of the event; each was verified when it was made.",
            KEPT,
        ).format(n=KEPT)

    def refresh(self) -> None:
        self._folder.setText(_("Copies are kept in {folder}").format(folder=self._backups.folder))
        self._open_folder.setEnabled(self._backups.folder.is_dir())
        if self._backups.folder.is_dir() and not self._watcher.directories():
            self._watcher.addPath(str(self._backups.folder))
        self.desk.tasks.run(self._read, self._show, title=_("Checking the copies"))
        if self._backups.last_error is not None:
            raise self._backups.last_error

    def _read(self, _progress: Progress) -> list[BackupCopy]:
        return self._backups.copies()

    def _show(self, copies: list[BackupCopy]) -> None:
        if not isValid(self):  # the window was built anew in the other language meanwhile
            return
        self._empty.setVisible(not copies)
        self.copies.setVisible(bool(copies))
        self.copies.set_rows(copies)
        if copies and self.copies.current() is None:
            self.copies.choose(copies[0].path)
        self._on_chosen(self.copies.current())

    def _on_chosen(self, copy: BackupCopy | None) -> None:
        self._chosen = copy
        self._restore_button.setEnabled(copy is not None and copy.ok)

    def _on_folder_changed(self, _folder: str) -> None:
        if self.isVisible():
            self._settle.start()
        else:
            self._stale = True

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._backups.folder)))

    def _copy_now(self) -> None:
        self.run(self._make_copy, self._on_copied, title=_("Copying the event"))

    def _make_copy(self, _progress: Progress) -> BackupCopy:
        return self._backups.copy(BY_HAND)

    def _on_copied(self, copy: BackupCopy) -> None:
        self.desk.say(_("Copied and verified: {name}").format(name=copy.path.name))
        self.reread()

    def _ask_where_to_restore(self) -> None:
        if self._chosen is None:
            return
        self._restoring = self._chosen
        name = f"{self.desk.store.path.stem} {self._chosen.made_at:%Y-%m-%d %H%M%S}.biwu"
        pattern = _("Biwu event ({pattern})").format(pattern=_EVENT_PATTERN)
        dialogs.save_file(
            self, _("Open a copy as a new event"), pattern, name, self._restore, self.desk.store.path.parent
        )

    def _restore(self, new_path: Path) -> None:
        assert self._restoring is not None
        work = partial(self._write, partial(self._backups.restore_as, self._restoring), new_path)
        self.run(work, self._on_restored, title=_("Writing the copy as a new event"))

    def _write(self, write: Callable[[Path], None], new_path: Path, _progress: Progress) -> Path:
        write(new_path)
        return new_path

    def _on_restored(self, new_path: Path) -> None:
        dialogs.inform(
            self,
            _("The copy is a new event file"),
            _("{path}\nThis event stays open and unchanged. To go on with the copy, open that file.").format(
                path=new_path
            ),
        )

    def _ask_where_to_save(self) -> None:
        name = f"{self.desk.store.path.stem} {self.desk.store.clock().astimezone():%Y-%m-%d %H%M%S}.biwu"
        pattern = _("Biwu event ({pattern})").format(pattern=_EVENT_PATTERN)
        dialogs.save_file(self, _("Copy to another folder"), pattern, name, self._save)

    def _save(self, new_path: Path) -> None:
        self.run(partial(self._write, self._backups.save_as, new_path), self._on_saved, title=_("Copying the event"))

    def _on_saved(self, new_path: Path) -> None:
        self.desk.say(_("Copied and verified: {name}").format(name=new_path))


def _path(copy: BackupCopy) -> Path:
    return copy.path


def _reason(copy: BackupCopy) -> str:
    if copy.reason == MINUTE:
        return _("Minute with changes")
    if copy.reason == BY_HAND:
        return _("Copied by hand")
    return action_title(copy.reason)


def _verdict(copy: BackupCopy) -> str:
    return "✓ " + _("Whole") if copy.ok else "✕ " + _("Damaged")


def _columns() -> list[Column]:
    return [
        Column(_("Time"), lambda copy: f"{copy.made_at:%Y-%m-%d %H:%M:%S}", width=180),
        Column(_("Made after"), _reason, width=230),
        Column(
            _("Size"),
            lambda copy: f"{copy.size / 1_000_000:.1f} MB",
            sort=lambda copy: copy.size,
            width=90,
            right=True,
        ),
        Column(
            _("Verified"),
            _verdict,
            width=100,
            tone=lambda copy: "done" if copy.ok else "wrong",
        ),
        Column(_("File"), lambda copy: copy.path.name, width=0),
    ]
