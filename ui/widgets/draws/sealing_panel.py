"""How far a blind event is decoded: its layers in their order, who opened them, and the button for the next one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from data.i18n import _
from data.local_time import local_time
from data.queries.sealing import LANE, Layer, Sealing
from ui.widgets import parts

_SHOWN = 8  # characters of a fingerprint that people compare in passing


class SealingPanel(QWidget):
    """Signals: decode_wanted(layer). Hidden in an event where nothing is or was sealed."""

    decode_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sealing")
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._sealing: Sealing | None = None

    def show_sealing(self, sealing: Sealing) -> None:
        """Show what is sealed and what was opened."""
        self._sealing = sealing
        parts.clear(self._room)
        self.setVisible(bool(sealing.layers))
        if not sealing.layers:
            return
        coming = sealing.next_layer
        if coming is None:
            self._room.addWidget(parts.strip(opened_words(sealing), "done"))
            return
        button = parts.button(decode_words(coming.layer), self._on_decode, name="decode")
        self._room.addWidget(parts.strip(_sealed_words(sealing), "attention", button))
        seal = _("Seal of the list: {seal}").format(seal=sealing.seal.stored) if sealing.seal.stored else ""
        self._room.addLayout(parts.row(*map(_step, sealing.layers), parts.label(seal, "small", selectable=True), None))

    def _on_decode(self) -> None:
        assert self._sealing is not None
        coming = self._sealing.next_layer
        assert coming is not None
        self.decode_wanted.emit(coming.layer)


def layer_words(layer: str) -> str:
    """What a layer is when it is open: the two things that are told of each other then."""
    return _("lane → number") if layer == LANE else _("number → name")


def decode_words(layer: str) -> str:
    """The verb on the button that opens a layer."""
    return _("Decode the lanes…") if layer == LANE else _("Decode the names…")


def opened_words(sealing: Sealing) -> str:
    """Who opened the last layer, and whether the names are those that were sealed."""
    last = sealing.layers[-1]
    words = _("{time}: {chief} decoded the names before {witness} as the witness.").format(
        time=f"{local_time(last.at):%Y-%m-%d %H:%M}", chief=last.chief, witness=last.witness
    )
    return " ".join(filter(None, (words, seal_words(sealing, _SHOWN))))


def seal_words(sealing: Sealing, length: int = 64) -> str:
    """Whether the list of names is the one that the numbers draw sealed; empty where it sealed none."""
    seal = sealing.seal
    if not seal.stored:
        return ""
    stored, now = (text if len(text) <= length else f"{text[:length]}…" for text in (seal.stored, seal.now))
    if seal.holds:
        return _("The list is the one that the numbers draw sealed (SHA-256 {seal}).").format(seal=stored)
    return _("The list is not the one that the numbers draw sealed (SHA-256 {seal}, now {now}).").format(
        seal=stored, now=now
    )


def _sealed_words(sealing: Sealing) -> str:
    if not sealing.names:
        return _("The lanes are sealed.")
    return _("The names are sealed: on every page, on paper and in the hall contestants are their numbers alone.")


def _step(layer: Layer) -> QLabel:
    if layer.is_sealed:
        return parts.pill(_("{layer}  sealed").format(layer=layer_words(layer.layer)), "attention")
    words = _("{layer}  opened by {chief}, witness {witness}").format(
        layer=layer_words(layer.layer), chief=layer.chief, witness=layer.witness
    )
    return parts.pill(f"✓ {words}", "done")
