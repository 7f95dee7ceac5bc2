"""What this computer remembers between starts (language, operator, recent events, widths); no data of an event."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from data.i18n import DEFAULT_LANGUAGE, LANGUAGES

_RECENT_KEPT = 8
_MAPPINGS_KEPT = 60


def default_path() -> Path:
    """Where the settings of this user of this computer are."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder) / "biwu" / "settings.ini"


class Settings:
    """The remembered choices, each read and written by name."""

    def __init__(self, path: Path) -> None:
        self._values = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        chosen = str(self._values.value("language", DEFAULT_LANGUAGE))
        return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE

    @language.setter
    def language(self, value: str) -> None:
        self._values.setValue("language", value)

    @property
    def dark(self) -> bool:
        return bool(self._values.value("dark", False, type=bool))

    @dark.setter
    def dark(self, value: bool) -> None:
        self._values.setValue("dark", value)

    @property
    def operator(self) -> str:
        """The name of the person at the desk, written with every action."""
        return str(self._values.value("operator", ""))

    @operator.setter
    def operator(self, value: str) -> None:
        self._values.setValue("operator", value)

    @property
    def recent(self) -> list[Path]:
        """Event files opened before that are still there, newest first."""
        texts = self._values.value("recent", [])
        texts = [texts] if isinstance(texts, str) else texts or []
        return [path for path in map(Path, texts) if path.is_file()]

    def remember_recent(self, path: Path) -> None:
        """Put an event file first in the list of recent ones."""
        others = [known for known in self.recent if known != path]
        self._values.setValue("recent", [str(known) for known in [path, *others][:_RECENT_KEPT]])

    def widths(self, table: str) -> list[int]:
        """The column widths of a table as last left, empty if never changed."""
        text = str(self._values.value(f"widths/{table}", ""))
        return [int(width) for width in text.split(".") if width.isdigit()]

    def remember_widths(self, table: str, widths: list[int]) -> None:
        self._values.setValue(f"widths/{table}", ".".join(map(str, widths)))

    @property
    def roster_order(self) -> str:
        """The order in which the roster is shown, as `data.queries.staff` names it; empty if never chosen."""
        return str(self._values.value("roster_order", ""))

    @roster_order.setter
    def roster_order(self, value: str) -> None:
        self._values.setValue("roster_order", value)

    @property
    def roster_columns(self) -> dict[str, dict[str, Any]]:
        """What the columns of roster files were taken for, by the shape of the table: header row and fields."""
        try:
            kept = json.loads(str(self._values.value("roster_columns", "{}")))
        except ValueError:
            return {}
        if not isinstance(kept, dict):
            return {}
        return {shape: columns for shape, columns in kept.items() if isinstance(columns, dict)}

    def remember_roster_columns(self, chosen: Mapping[str, Mapping[str, Any]]) -> None:
        """Use these again for the next files of the same shapes; shapes long unused are forgotten."""
        kept = {shape: columns for shape, columns in self.roster_columns.items() if shape not in chosen}
        newest = list({**kept, **chosen}.items())[-_MAPPINGS_KEPT:]
        self._values.setValue("roster_columns", json.dumps(dict(newest)))  # ASCII: the file is an INI file

    def forget_roster_columns(self, shape: str) -> None:
        """Guess the columns of this shape from now on."""
        kept = {known: columns for known, columns in self.roster_columns.items() if known != shape}
        self._values.setValue("roster_columns", json.dumps(kept))

    @property
    def projector_screen(self) -> str:
        """The screen last used as projector, as `screens.identity` writes it."""
        return str(self._values.value("projector_screen", ""))

    @projector_screen.setter
    def projector_screen(self, value: str) -> None:
        self._values.setValue("projector_screen", value)

    @property
    def geometry(self) -> QByteArray:
        """Where the main window was, as Qt saves it."""
        value = self._values.value("geometry", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._values.setValue("geometry", value)
