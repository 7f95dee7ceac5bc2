"""What the roster page shows while the names of a blind event are sealed: why, and counts alone."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from data.i18n import _
from data.queries.staff import Staff
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.people.pool_counts import count_columns
from ui.widgets.table import Table


class SealedRoster(QWidget):
    """Explains the seal above a table of PoolCounts."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("sealedRoster")
        words = _(
            "The name list is sealed: this event is marked blind and the contestant numbers are drawn. Names, photos "
            "and units' lists open again, and people can be changed, once the chief judge has decoded them before "
            "a witness on the results page."
        )
        self._counts = Table("sealedCounts", count_columns(), settings, searchable=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(parts.strip(words, "info"))
        layout.addWidget(self._counts, 1)

    def show_counts(self, staff: Staff) -> None:
        """Show how many each unit has."""
        self._counts.set_rows(staff.counts if staff.sealed else ())
