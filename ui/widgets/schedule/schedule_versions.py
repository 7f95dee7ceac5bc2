"""The versions of the timetable, newest first; each can be looked at."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout

from data.i18n import _
from data.queries.entrants import in_a_line
from data.queries.schedule_versions import Version, cause_title
from data.rules.decimals import clock
from ui.widgets import parts

_LINE = 46
_MOST_LINES = 5


class VersionsCard(QFrame):
    """wanted: the number of the version that is to be looked at."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._list = QListWidget()
        self._list.setObjectName("timetableVersions")
        self._list.setAccessibleName(_("Versions of the timetable"))
        self._list.setStyleSheet("QListWidget { font-size: 12px; } QListWidget::item { padding: 2px 4px; }")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._on_item)
        self._list.itemActivated.connect(self._on_item)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(parts.heading(_("Versions")))
        layout.addWidget(self._list)

    def show_versions(self, versions: Sequence[Version], shown: int) -> None:
        """shown: the number of the one on the screen."""
        self._list.clear()
        for version in versions:
            head = _("{number} · {cause} · ends {time}").format(
                number=version.number, cause=cause_title(version.cause), time=clock(version.finish_minute)
            )
            made = in_a_line(f"{version.made_at:%m-%d %H:%M}", version.actor, version.reason, between=" · ")
            item = QListWidgetItem(f"{head}\n{made}")
            item.setToolTip(f"{head}\n{made}")
            item.setData(Qt.ItemDataRole.UserRole, version.number)
            item.setSizeHint(QSize(0, _LINE))
            self._list.addItem(item)
            if version.number == shown:
                self._list.setCurrentItem(item)
        self._list.setFixedHeight(_LINE * min(_MOST_LINES, max(1, len(versions))) + 8)

    def _on_item(self, item: QListWidgetItem) -> None:
        self.wanted.emit(item.data(Qt.ItemDataRole.UserRole))
