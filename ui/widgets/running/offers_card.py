"""One way to go on with the day: what it means, and what it costs, before it is taken."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.rules.decimals import clock
from ui.widgets import parts

KINDS = ("absorb", "shift", "replan")


@dataclass(frozen=True)
class OfferView:
    """What a card says of an offer. `later`: minutes after the finish that the timetable in force plans.

    `problem`: why it cannot be taken, empty when it can; `closes`: the closing time with which it could be.
    """

    kind: str  # absorb | shift | replan
    finish: int
    later: int
    changed: int  # people
    longest_wait: int  # minutes
    furthest: int  # minutes between the old and the new start of the visit that moves most
    problem: str = ""
    closes: int | None = None


class OfferCard(QFrame):
    """Signals: chosen(kind): its changes are to be shown; taken(kind): it is to be put in force; extended(minute): the
    day is to end later, so that it fits."""

    chosen = Signal(str)
    taken = Signal(str)
    extended = Signal(int)

    def __init__(self, offer: OfferView) -> None:
        super().__init__()
        self.kind = offer.kind
        self._closes = offer.closes
        self.setObjectName(f"offer:{offer.kind}")
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        layout.addWidget(parts.heading(offer_title(offer.kind)))
        layout.addWidget(parts.muted(offer_meaning(offer.kind), wrap=True))
        self.figures = {
            "finish": _figure(_("New finish"), f"{clock(offer.finish)}  {_later_words(offer.later)}"),
            "changed": _figure(_("Get other times"), people_words(offer.changed)),
            "furthest": _figure(_("Moves furthest"), minutes_words(offer.furthest)),
            "wait": _figure(_("Longest wait"), minutes_words(offer.longest_wait)),
        }
        for title, value in self.figures.values():
            layout.addLayout(parts.row(title, None, value))
        if offer.problem:
            layout.addWidget(parts.label(f"✕ {offer.problem}", tone="wrong", wrap=True))
        layout.addStretch(1)
        self.look = parts.button(_("Who changes"), self._on_look, name=f"look:{offer.kind}")
        self.look.setCheckable(True)
        self.take = parts.primary_button(_("Use this"), self._on_take, name=f"take:{offer.kind}")
        for button, words in ((self.look, _("Who changes")), (self.take, _("Use this"))):
            button.setAccessibleName(f"{offer_title(offer.kind)}: {words}")
            if offer.problem:
                button.hide()
        layout.addLayout(parts.row(self.look, None, self.take))
        if offer.closes is not None:
            words = _("Let the day end at {time}…").format(time=clock(offer.closes))
            layout.addLayout(parts.row(None, parts.button(words, self._on_extend, name=f"extend:{offer.kind}")))

    def figure(self, name: str) -> str:
        """What is written beside "finish", "changed", "furthest" or "wait"."""
        return self.figures[name][1].text()

    def show_chosen(self, on: bool) -> None:
        """Whether the changes below are those of this card."""
        self.look.setChecked(on)
        self.setProperty("current", on)
        self.style().unpolish(self)
        self.style().polish(self)

    def _on_look(self) -> None:
        self.chosen.emit(self.kind)

    def _on_extend(self) -> None:
        assert self._closes is not None
        self.extended.emit(self._closes)

    def _on_take(self) -> None:
        self.taken.emit(self.kind)


def offer_title(kind: str) -> str:
    """What an offer is called."""
    return {
        "absorb": _("Make it up in breaks and gaps"),
        "shift": _("Move the rest back"),
        "replan": _("Plan the rest anew"),
    }[kind]


def offer_meaning(kind: str) -> str:
    """What taking an offer means, in one sentence."""
    return {
        "absorb": _("Breaks and idle minutes take the delay in. Order and lanes stay."),
        "shift": _("Everything after the delay comes later by as much. Order and lanes stay."),
        "replan": _(
            "Order and lanes are free again for what is still to come. Fewer people may move, each of them further."
        ),
    }[kind]


def minutes_words(count: int) -> str:
    """How many minutes."""
    return ngettext("{n} minute", "{n} minutes", count).format(n=count)


def people_words(count: int) -> str:
    """How many people."""
    return ngettext("{n} person", "{n} people", count).format(n=count)


def _later_words(minutes_later: int) -> str:
    if not minutes_later:
        return _("(as planned)")
    words = _("({n} min later)") if minutes_later > 0 else _("({n} min earlier)")
    return words.format(n=abs(minutes_later))


def _figure(title: str, value: str) -> tuple[QWidget, QLabel]:
    shown = parts.label(value, "subheading")
    shown.setAlignment(Qt.AlignmentFlag.AlignRight)
    return parts.muted(title), shown
