"""The ways to go on with a day that no longer fits its timetable, side by side, and whom each of them moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.rules.decimals import clock
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.running.offers_card import KINDS, OfferCard, OfferView
from ui.widgets.table import Table


@dataclass(frozen=True)
class ChangeRow:
    """A visit that an offer moves. Times are minutes of the day; None where the visit is new, or is planned no more."""

    visit: tuple[int, str]  # entrant id, station code
    number: str
    name: str
    unit: str
    station: str
    old_lane: int | None
    old_minute: int | None
    new_lane: int | None
    new_minute: int | None


class OffersPanel(QWidget):
    """Signals: taken(kind); extended(minute at which the day is to end); recompute_wanted: the day went on, so compute
    anew; closed: back to the board."""

    taken = Signal(str)
    extended = Signal(int)
    recompute_wanted = Signal()
    closed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("offers")
        self._cards: dict[str, OfferCard] = {}
        self._changes: Mapping[str, Sequence[ChangeRow]] = {}
        self._why = parts.label("", "heading", wrap=True)
        self._why.setObjectName("offersWhy")
        self._stale = parts.strip(
            _("The day has gone on since this was computed."),
            "attention",
            parts.button(_("Compute anew"), self.recompute_wanted, name="recompute"),
        )
        self._row = parts.row(spacing=12)
        self._title = parts.label("", "subheading")
        self._title.setObjectName("changesTitle")
        self.changes = Table("offerChanges", _columns(), settings, key=_visit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        back = parts.button(_("Back to the board"), self.closed, name="offersBack")
        head = parts.row(self._why, back)
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(self._stale)
        layout.addLayout(self._row)
        layout.addWidget(self._title)
        layout.addWidget(self.changes, 1)
        self._room = QWidget()
        layout.addWidget(self._room, 1)
        self._stale.hide()

    def show_offers(self, why: str, offers: Sequence[OfferView], changes: Mapping[str, Sequence[ChangeRow]]) -> None:
        """The offers in the order of KINDS, with the changes of each by its kind; the first that fits is looked at."""
        self._why.setText(why)
        self._changes = changes
        self._stale.hide()
        parts.clear(self._row)
        self._cards = {}
        for offer in sorted(offers, key=_place):
            card = OfferCard(offer)
            card.chosen.connect(self._look)
            card.taken.connect(self.taken)
            card.extended.connect(self.extended)
            self._row.addWidget(card, 1)
            self._cards[offer.kind] = card
        usable = [offer.kind for offer in sorted(offers, key=_place) if not offer.problem]
        self._look(usable[0] if usable else "")
        for part in (self._title, self.changes):
            part.setVisible(bool(usable))
        self._room.setVisible(not usable)
        if usable:
            self._cards[usable[0]].take.setFocus()

    def show_stale(self) -> None:
        """Nothing of this may be taken any more: something happened since."""
        self._stale.show()
        for card in self._cards.values():
            card.take.setEnabled(False)

    @property
    def is_stale(self) -> bool:
        """Whether the day went on since the offers were computed."""
        return not self._stale.isHidden()

    def card(self, kind: str) -> OfferCard:
        """The card of a kind."""
        return self._cards[kind]

    def _look(self, kind: str) -> None:
        for card in self._cards.values():
            card.show_chosen(card.kind == kind)
        rows = self._changes.get(kind, ())
        self.changes.set_rows(rows)
        words = ngettext("{n} visit gets another time or lane", "{n} visits get another time or lane", len(rows))
        self._title.setText(words.format(n=len(rows)) if kind else "")


def _place(offer: OfferView) -> int:
    return KINDS.index(offer.kind)


def _visit(row: ChangeRow) -> tuple[int, str]:
    return row.visit


def _when(minute: int | None, lane: int | None) -> str:
    if minute is None:
        return "–"
    return _("{time} · lane {lane}").format(time=clock(minute), lane=lane)


def _later(row: ChangeRow) -> str:
    if row.old_minute is None or row.new_minute is None:
        return ""
    return f"{row.new_minute - row.old_minute:+d}"


def _columns() -> list[Column]:
    return [
        Column(_("Number"), lambda row: row.number, width=100, bold=True),
        Column(_("Name"), lambda row: row.name, width=110),
        Column(_("Unit"), lambda row: row.unit, width=0),
        Column(_("Station"), lambda row: row.station, width=190),
        Column(
            _("So far"), lambda row: _when(row.old_minute, row.old_lane), sort=lambda row: row.old_minute, width=130
        ),
        Column(
            _("From now on"),
            lambda row: _when(row.new_minute, row.new_lane),
            sort=lambda row: row.new_minute,
            width=140,
            bold=True,
        ),
        Column(
            _("Minutes"),
            _later,
            sort=lambda row: None if not _later(row) else row.new_minute - row.old_minute,
            width=84,
            right=True,
        ),
    ]
