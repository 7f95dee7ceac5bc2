"""How the archive (归档) is to be made: one file or a folder, with which scans, with or without the event file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QListWidget, QRadioButton, QWidget

from data.i18n import _
from ui import dialogs
from ui.widgets import parts

_WIDTH = 560
_LIST_HEIGHT = 96


@dataclass(frozen=True)
class ArchiveChoice:
    """What the user decided. zipped: one zip file instead of a folder; scans: files that are added as they are."""

    zipped: bool
    scans: tuple[Path, ...]
    with_event_file: bool


class ArchiveDialog(QDialog):
    """Calls `accepted_choice(ArchiveChoice)`. Deletes itself when closed."""

    def __init__(self, parent: QWidget, accepted_choice: Callable[[ArchiveChoice], None]) -> None:
        super().__init__(parent)
        self._accepted = accepted_choice
        self._scans: dict[Path, None] = {}
        layout = parts.dialog_frame(self, "archiveDialog", _("Archive"), _WIDTH)
        layout.addWidget(parts.heading(_("Seal the archive")))
        layout.addWidget(
            parts.label(
                _(
                    "All result versions, every mark and decision, the log, the draw records and the papers, each with "
                    "its SHA-256. The seal of the whole is shown at the end: write it into the minutes."
                ),
                wrap=True,
            )
        )
        self.zipped = QRadioButton(_("One file (.zip)"))
        self.zipped.setObjectName("archiveZip")
        self.zipped.setChecked(True)
        self.folder = QRadioButton(_("A folder"))
        self.folder.setObjectName("archiveFolder")
        layout.addLayout(parts.row(self.zipped, self.folder, None, spacing=16))
        layout.addWidget(parts.label(_("Scans of the signed lists"), "subheading"))
        self.scans = QListWidget()
        self.scans.setObjectName("archiveScans")
        self.scans.setAccessibleName(_("Scans of the signed lists"))
        self.scans.setFixedHeight(_LIST_HEIGHT)
        layout.addWidget(self.scans)
        layout.addLayout(
            parts.row(
                parts.button(_("Add files…"), self._ask_scans, name="addScans"),
                parts.button(_("Remove"), self._remove, name="removeScan"),
                None,
            )
        )
        self.event_file = QCheckBox(_("Add the event file itself; it holds ID numbers in full"))
        self.event_file.setObjectName("archiveEventFile")
        layout.addWidget(self.event_file)
        save = parts.primary_button(_("Choose where…"), self._finish, name="saveArchive")
        save.setDefault(True)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), save))

    def _ask_scans(self) -> None:
        files = _("All files (*)")
        dialogs.choose_files(self, _("Scans of the signed lists"), files, self._add)

    def _add(self, paths: Sequence[Path]) -> None:
        for path in paths:
            if path not in self._scans:
                self._scans[path] = None
                self.scans.addItem(path.name)

    def _remove(self) -> None:
        row = self.scans.currentRow()
        if row >= 0:
            self.scans.takeItem(row)
            del self._scans[list(self._scans)[row]]

    def _finish(self) -> None:
        choice = ArchiveChoice(self.zipped.isChecked(), tuple(self._scans), self.event_file.isChecked())
        self.accept()
        self._accepted(choice)
