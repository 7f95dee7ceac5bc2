"""Portraits out of files, a folder or a zip archive: choose them, look whose they are, import."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from data.actions import photos as actions
from data.actions.photos import PhotoResult
from data.exchange.photos import read_photos
from data.i18n import _, ngettext
from data.queries.photos import PhotoPreview, preview_photos
from data.rules.photos import PhotoReading
from ui import dialogs
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets.people.photo_preview import PhotoPreviewPanel

_PATTERN = "*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.gif *.zip"


class PhotoImporter(QObject):
    """Belongs to a page, which shows `panel` while there is one.

    stepped: show it, or hide it again. built(panel): a panel that may be shown from now on.
    """

    stepped = Signal()
    built = Signal(QWidget)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._paths: list[Path] = []
        self._reading: PhotoReading | None = None

    @cached_property
    def preview_panel(self) -> PhotoPreviewPanel:
        """Made when it is needed first, since it takes a while that the page has not."""
        panel = PhotoPreviewPanel(self._page.desk.settings)
        panel.accepted.connect(self._import)
        panel.refused.connect(self.leave)
        self.built.emit(panel)
        return panel

    @property
    def panel(self) -> QWidget | None:
        """What is to be decided now, or None while no pictures are being imported."""
        return self.preview_panel if self._reading is not None else None

    def menu(self, parent: QWidget) -> QMenu:
        """The ways to choose pictures."""
        made = QMenu(parent)
        made.setObjectName("photoMenu")
        made.addAction(_("A folder of photos…"), self.choose_folder)
        made.addAction(_("Photos or a zip archive…"), self.choose_files)
        return made

    def choose_folder(self) -> None:
        dialogs.choose_folder(self._page, _("Import a folder of photos"), self._read_folder)

    def choose_files(self) -> None:
        pattern = _("Photos ({pattern})").format(pattern=_PATTERN)
        dialogs.choose_files(self._page, _("Import photos"), pattern, self.read)

    def read(self, paths: Sequence[Path]) -> None:
        """Read these pictures and show whose they are."""
        self._paths = list(paths)
        self._page.run(self._read_in_thread, self._on_read, title=_("Reading the photos"))

    def leave(self) -> None:
        """Import nothing."""
        self._reading = None
        self.stepped.emit()

    def _read_folder(self, folder: Path) -> None:
        self.read([folder])

    def _read_in_thread(self, progress: Progress) -> tuple[PhotoReading, PhotoPreview]:
        reading = read_photos(self._paths, progress)
        return reading, preview_photos(self._page.desk.store, reading)

    def _on_read(self, result: tuple[PhotoReading, PhotoPreview]) -> None:
        self._reading, preview = result
        self.preview_panel.show_preview(preview)
        self.stepped.emit()

    def _import(self) -> None:
        self._page.run(self._import_in_thread, self._on_imported, title=_("Importing the photos"))

    def _import_in_thread(self, _progress: Progress) -> PhotoResult:
        assert self._reading is not None
        return actions.import_photos(self._page.desk.store, self._page.desk.actor, self._reading)

    def _on_imported(self, result: PhotoResult) -> None:
        words = ngettext(
            "{n} photo imported, {changed} of them in the place of another; {refused} refused.",
            "{n} photos imported, {changed} of them in the place of another; {refused} refused.",
            result.added + result.changed,
        )
        self._page.desk.say(
            words.format(n=result.added + result.changed, changed=result.changed, refused=result.refused)
        )
        self.leave()
