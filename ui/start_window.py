"""What is shown while no event is open: create one, open one, or look at the demo."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from data.i18n import _, language
from ui import dialogs, theme
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.elided_label import ElidedLabel

_SIZE = (960, 620)
_RECENT_SHOWN = 6
# Windows refuses these in a file name; a name that works there works everywhere.
_NOT_IN_A_NAME = '<>:"/\\|?*'
_LONGEST_NAME = 200  # bytes: file systems take 255, of which suffixes need some


def file_name(event_name: str) -> str:
    """The file name of a new event: what no system refuses of its name, without the suffix."""
    kept = "".join(sign for sign in event_name if sign not in _NOT_IN_A_NAME and sign.isprintable()).strip(" .")
    return kept.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .")


class StartWindow(QMainWindow):
    """Signals: create_wanted(path), open_wanted(path), demo_wanted, language_wanted."""

    create_wanted = Signal(object)
    open_wanted = Signal(object)
    demo_wanted = Signal()
    language_wanted = Signal()

    def __init__(self, settings: Settings, folder: Path) -> None:
        super().__init__()
        self.setObjectName("startWindow")
        self.resize(*_SIZE)
        self._settings = settings
        self._folder = folder
        self._typed = ""
        self.rebuild()

    def rebuild(self) -> None:
        """Build the content anew in the language in use; what was typed stays."""
        self.setWindowTitle(_("Biwu"))
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(40, 28, 40, 32)
        layout.setSpacing(24)
        layout.addLayout(self._head())
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self._create_card(), 1)
        columns.addWidget(self._open_card(), 1)
        layout.addLayout(columns, 1)
        self.setCentralWidget(centre)
        self._on_typed(self._typed)
        self.name.setFocus()

    def _head(self) -> QHBoxLayout:
        sign = QLabel()
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(str(theme.RESOURCES / "icons" / "biwu.svg")).scaled(
            round(44 * ratio), round(44 * ratio), mode=Qt.TransformationMode.SmoothTransformation
        )
        pixmap.setDevicePixelRatio(ratio)
        sign.setPixmap(pixmap)
        words = parts.column(
            parts.label(_("Biwu"), "title"),
            parts.muted(_("The event day of a clinical-skills competition, step by step, on this computer.")),
            spacing=0,
        )
        other = parts.button(
            "EN" if language() == "zh_CN" else "中文", self.language_wanted, role="pill", name="language"
        )
        other.setAccessibleName(_("Change the language"))
        return parts.row(sign, words, None, other, spacing=16)

    def _create_card(self) -> QWidget:
        self.name = QLineEdit(self._typed)
        self.name.setObjectName("eventName")
        self.name.setPlaceholderText(_("such as: Emergency Skills Competition 2026"))
        self.name.textChanged.connect(self._on_typed)
        self.name.returnPressed.connect(self._on_create)
        name_label = parts.label(_("Name of the event"), "subheading")
        name_label.setBuddy(self.name)
        self._place = ElidedLabel(str(self._folder), "muted")
        self._file = parts.muted(wrap=True)
        self._create = parts.primary_button(_("Create the event"), self._on_create, name="create")
        return parts.card(
            parts.heading(_("A new event")),
            parts.muted(
                _("Everything of an event is in one file. You can copy it to a USB stick at any time."), wrap=True
            ),
            name_label,
            self.name,
            parts.label(_("Folder"), "subheading"),
            parts.row(self._place, None, parts.link_button(_("Change…"), self._on_change_folder, name="folder")),
            self._file,
            parts.column(None),
            parts.row(None, self._create),
            margin=24,
            spacing=10,
        )

    def _open_card(self) -> QWidget:
        frame = parts.card(parts.heading(_("Go on with an event")), margin=24, spacing=4)
        layout = frame.layout()
        assert isinstance(layout, QVBoxLayout)
        recent = self._settings.recent[:_RECENT_SHOWN]
        for path in recent:
            button = parts.link_button(path.stem, self._on_recent)
            button.setProperty("path", str(path))
            button.setToolTip(str(path))
            button.setAccessibleName(path.stem)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not recent:
            layout.addWidget(parts.muted(_("Events that you opened on this computer are listed here."), wrap=True))
        layout.addStretch(1)
        layout.addWidget(
            parts.muted(
                _(
                    "The demo is an example event in the middle of its day, to try every page on; "
                    "it is a new copy each time."
                ),
                wrap=True,
            )
        )
        layout.addSpacing(8)
        layout.addLayout(
            parts.row(
                parts.button(_("Open the demo"), self.demo_wanted, name="demo"),
                None,
                parts.button(_("Open a file…"), self._on_open, name="open"),
            )
        )
        return frame

    def _path(self) -> Path | None:
        name = file_name(self._typed)
        return self._folder / f"{name}.biwu" if name else None

    def _on_typed(self, text: str) -> None:
        self._typed = text
        path = self._path()
        taken = path is not None and path.exists()
        self._create.setEnabled(path is not None and not taken)
        parts.set_tone(self._file, "wrong" if taken else "muted")
        if path is None:
            self._file.setText("")
        elif taken:
            self._file.setText(_("✕ {file} exists already. Choose another name.").format(file=path.name))
        else:
            self._file.setText(_("File: {file}").format(file=path.name))

    def _on_create(self) -> None:
        path = self._path()
        if path is not None and self._create.isEnabled():
            self.create_wanted.emit(path)

    def _on_change_folder(self) -> None:
        dialogs.choose_folder(self, _("Folder of the new event"), self._on_folder, self._folder)

    def _on_folder(self, folder: Path) -> None:
        self._folder = folder
        self._place.setText(str(folder))
        self._on_typed(self._typed)

    def _on_recent(self) -> None:
        self.open_wanted.emit(Path(self.sender().property("path")))

    def _on_open(self) -> None:
        dialogs.choose_file(
            self, _("Open an event"), _("Event file") + " (*.biwu)", self.open_wanted.emit, self._folder
        )
