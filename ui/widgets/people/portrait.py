"""The portrait of a person, or the place where it would be."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from data.i18n import _
from data.rules.photos import HEIGHT, WIDTH
from ui import theme

_SHOWN_WIDTH = 140


class Portrait(QLabel):
    """Two inches by their shape, at the size of the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("portrait")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setFixedSize(_SHOWN_WIDTH, round(_SHOWN_WIDTH * HEIGHT / WIDTH))
        self.show_photo(None)

    def show_photo(self, content: bytes | None) -> None:
        """Show this JPEG, or say that there is none."""
        now = theme.colors()
        self.setStyleSheet(f"background: {now.sunken}; border: 1px solid {now.line}; color: {now.muted};")
        picture = QPixmap()
        if content is None or not picture.loadFromData(content):
            self.setPixmap(QPixmap())
            self.setText(_("No photo"))
            self.setAccessibleName(_("No photo"))
            return
        ratio = self.devicePixelRatioF()
        fitting = picture.scaled(
            self.contentsRect().size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitting.setDevicePixelRatio(ratio)
        self.setPixmap(fitting)
        self.setAccessibleName(_("Photo"))
