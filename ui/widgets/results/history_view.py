"""Who competed, kept for the coverage of coming years: what is kept, and what a newer version changes of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries.history import HistoryState
from data.queries.list_words import in_a_row
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.table import Table

_NAMES_SHOWN = 12


class HistoryView(QWidget):
    """Signals: keep_wanted, setup_wanted (the event needs a date)."""

    keep_wanted = Signal()
    setup_wanted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("historyView")
        self._top = QVBoxLayout()
        self.keep = parts.primary_button(_("Keep who competed"), self.keep_wanted.emit, name="keepHistory")
        self.years = Table("historyYears", _columns(), settings, searchable=False, key=_year)
        why = _(
            "A draw passes over who competed in the years of the coverage. Next year's event takes this file on its "
            "roster page by 'Import earlier years': ID numbers then go from event file to event file, and into no list."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(self._top)
        layout.addLayout(parts.row(self.keep, None))
        layout.addWidget(parts.muted(why, wrap=True))
        layout.addWidget(parts.label(_("Years that this event knows"), "subheading"))
        layout.addWidget(self.years, 1)

    def show_history(self, state: HistoryState) -> None:
        """Show what is kept, and what keeping it now would change."""
        parts.clear(self._top)
        self.keep.setEnabled(state.version is not None and not state.is_kept)
        self.keep.setText(_("Keep them again") if state.kept else _("Keep who competed"))
        self.years.set_rows(state.years)
        if state.year is None:
            go = parts.link_button(_("Set the date"), self.setup_wanted.emit, name="setDate")
            self._top.addWidget(parts.strip(_("The event has no date, and history goes by years."), "attention", go))
        elif state.version is None:
            words = _("Who competed is known when there is a result version. Finalise the results first.")
            self._top.addWidget(parts.strip(words, "info"))
        elif state.is_kept:
            words = ngettext(
                "{n} person who competed in {year} is kept, as result version {v} says.",
                "{n} people who competed in {year} are kept, as result version {v} says.",
                state.competed,
            ).format(n=state.competed, year=state.year, v=state.version)
            self._top.addWidget(parts.strip(words, "done"))
        else:
            self._top.addWidget(parts.strip(_to_do(state), "attention"))
            for words, names in ((_("To be added"), state.missing), (_("To be taken away"), state.gone)):
                if names and state.kept:
                    shown = in_a_row(names, _NAMES_SHOWN)
                    self._top.addWidget(parts.label(f"{words}: {shown}", wrap=True))


def _to_do(state: HistoryState) -> str:
    if not state.kept:
        return ngettext(
            "{n} person competed by result version {v} and is not kept for coming years yet.",
            "{n} people competed by result version {v} and are not kept for coming years yet.",
            state.competed,
        ).format(n=state.competed, v=state.version)
    return _("Result version {v} changes who competed: {more} to be added, {less} to be taken away.").format(
        v=state.version, more=len(state.missing), less=len(state.gone)
    )


def _year(row: tuple[int, int]) -> int:
    return row[0]


def _columns() -> list[Column]:
    return [
        Column(_("Year"), lambda row: str(row[0]), sort=_year, width=100, right=True, bold=True),
        Column(_("Number of people"), lambda row: str(row[1]), sort=lambda row: row[1], width=152, right=True),
        Column("", lambda _row: "", width=0),
    ]
