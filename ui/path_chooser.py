"""The system's own file dialog, answering with paths."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


class PathChooser(QFileDialog):
    """Calls `one(path)` or `many(paths)` with what the user chose; deletes itself when closed."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        pattern: str,
        folder: Path | None,
        *,
        one: Callable[[Path], None] | None = None,
        many: Callable[[list[Path]], None] | None = None,
    ) -> None:
        super().__init__(parent, title, str(folder or ""), pattern)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._one = one
        self._many = many
        self.filesSelected.connect(self.answer)

    def answer(self, texts: list[str]) -> None:
        """Hand on what was chosen."""
        paths = [Path(text) for text in texts]
        if self._many is not None:
            self._many(paths)
        elif self._one is not None:
            self._one(paths[0])
