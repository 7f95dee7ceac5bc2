"""Whose the pictures are that were read, before they go in."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries import photos
from data.queries.photos import PhotoLine, PhotoPreview
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.people.portrait import Portrait
from ui.widgets.table import Filter, Table

_TONES = {photos.ADDED: "done", photos.CHANGED: "attention", photos.SAME: "muted", photos.REFUSED: "wrong"}


class PhotoPreviewPanel(QWidget):
    """Shows a PhotoPreview, and the picture of the line that is chosen. Signals: accepted; refused (import none)."""

    accepted = Signal()
    refused = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("photoPreview")
        self._heading = parts.heading("")
        self._heading.setObjectName("photoHeading")
        self._accept = parts.primary_button("", self._on_accept, name="importPhotos")
        cancel = parts.button(_("Cancel"), self._on_cancel, name="cancelPhotos")
        self._notes = QVBoxLayout()
        filters = [Filter(outcome_words(outcome), _with_outcome(outcome)) for outcome in photos.OUTCOMES]
        self.table = Table("photoLines", _columns(), settings, filters=filters, key=_file)
        self.table.chosen.connect(self._on_chosen)
        self.portrait = Portrait()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(parts.row(self._heading, None, cancel, self._accept))
        layout.addLayout(self._notes)
        both = parts.row(self.table, parts.column(self.portrait, None), spacing=16)
        both.setStretch(0, 1)
        layout.addLayout(both, 1)

    def show_preview(self, preview: PhotoPreview) -> None:
        """Show this one; what belongs to nobody comes first."""
        ready = len(preview.of(photos.ADDED)) + len(preview.of(photos.CHANGED))
        refused = preview.of(photos.REFUSED)
        count = len(preview.lines)
        self._heading.setText(ngettext("{n} picture read", "{n} pictures read", count).format(n=count))
        parts.clear(self._notes)
        if refused:
            words = ngettext(
                "{n} file gives nobody a photo; the reason stands beside it.",
                "{n} files give nobody a photo; the reason stands beside each.",
                len(refused),
            ).format(n=len(refused))
            self._notes.addWidget(parts.strip(words, "attention"))
        elif not preview.lines:
            words = _("There is no picture. JPEG, PNG and other usual kinds are read, also out of a zip archive.")
            self._notes.addWidget(parts.strip(words, "attention"))
        elif not ready:
            self._notes.addWidget(parts.strip(_("Everyone has these photos already."), "done"))
        self._accept.setText(ngettext("Import {n} photo", "Import {n} photos", ready).format(n=ready))
        self._accept.setVisible(ready > 0)
        self.table.set_rows([*refused, *(line for line in preview.lines if line.outcome != photos.REFUSED)])
        if preview.lines:
            self.table.view.selectRow(0)
        else:
            self._on_chosen(None)

    def _on_chosen(self, line: PhotoLine | None) -> None:
        self.portrait.show_photo(line.content if line is not None else None)

    def _on_accept(self) -> None:
        self.accepted.emit()

    def _on_cancel(self) -> None:
        self.refused.emit()


def outcome_words(outcome: str) -> str:
    """What becomes of a file, with its mark."""
    words = {
        photos.ADDED: _("✓ new"),
        photos.CHANGED: _("▲ replaces the photo"),
        photos.SAME: _("– there already"),
        photos.REFUSED: _("✕ refused"),
    }
    return words[outcome]


def _with_outcome(outcome: str) -> Callable[[PhotoLine], bool]:
    def accepts(line: PhotoLine) -> bool:
        return line.outcome == outcome

    return accepts


def _file(line: PhotoLine) -> str:
    return line.file


def _columns() -> list[Column]:
    return [
        Column(_("File"), lambda line: line.file, width=200),
        Column(_("Whose"), lambda line: line.person, width=164, bold=True),
        Column(_("What happens"), lambda line: outcome_words(line.outcome), width=118, tone=_tone),
        Column(_("Reason"), lambda line: line.reason, width=0),
    ]


def _tone(line: PhotoLine) -> str:
    return _TONES[line.outcome]
