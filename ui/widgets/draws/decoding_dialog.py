"""The chief judge opens a layer of a blind event before a witness: each types his own name."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QWidget

from data.errors import UserError
from data.i18n import _, ngettext
from data.queries.sealing import LANE, Sealing
from ui.widgets import parts
from ui.widgets.draws.sealing_panel import layer_words, seal_words
from ui.widgets.problem import problem_label, tell

_WIDTH = 620

Decode = Callable[[str, str, str, str], None]  # layer, chief, witness, reason


class DecodingDialog(QDialog):
    """Hands the layer and what was typed to `decode`. What that refuses is shown, and the dialog stays.

    missing: entrants without all their marks; then, and when the names are not those that were sealed, it asks for
    a reason. Deletes itself when closed.
    """

    def __init__(self, parent: QWidget, sealing: Sealing, layer: str, missing: int, decode: Decode) -> None:
        super().__init__(parent)
        self._layer = layer
        self._decode = decode
        broken = layer != LANE and not sealing.seal.holds
        self._doubtful = bool(missing) or broken
        title = _("Decode the lanes") if layer == LANE else _("Decode the names")
        layout = parts.dialog_frame(self, "decodingDialog", title, _WIDTH)
        layout.addWidget(parts.heading(title))
        layout.addLayout(parts.row(*(_step(sealing, one.layer, layer) for one in sealing.layers), None))
        layout.addWidget(parts.label(_meaning(layer), wrap=True))
        if layer != LANE and sealing.seal.stored:
            words = parts.label(
                f"{'✕' if broken else '✓'} {seal_words(sealing)}",
                tone="wrong" if broken else "done",
                wrap=True,
                selectable=True,
            )
            words.setObjectName("sealWords")
            layout.addWidget(words)
        if missing:
            told = ngettext(
                "{n} entrant has not all marks yet. Decode now only for a reason.",
                "{n} entrants have not all marks yet. Decode now only for a reason.",
                missing,
            )
            layout.addWidget(parts.strip(told.format(n=missing), "attention"))
        self.chief = parts.field("decodingChief", _("Chief judge"), _("types his own name"))
        self.witness = parts.field("decodingWitness", _("Witness"), _("types his own name"))
        self.reason = parts.field("decodingReason", _("Reason"), _("stands in the log"))
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for field in (self.chief, self.witness, self.reason):
            if field is not self.reason or self._doubtful:
                form.addRow(field.accessibleName(), field)
            field.textChanged.connect(self._on_typed)
        layout.addLayout(form)
        self.problem = problem_label("decodingProblem")
        layout.addWidget(self.problem)
        self.yes = parts.primary_button(title, self._on_decode, name="yes")
        self.yes.setDefault(True)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), self.yes))
        self._on_typed()
        self.chief.setFocus()

    def _on_typed(self) -> None:
        wanted = [self.chief, self.witness, *([self.reason] if self._doubtful else [])]
        self.yes.setEnabled(all(field.text().strip() for field in wanted))

    def _on_decode(self) -> None:
        try:
            self._decode(self._layer, self.chief.text(), self.witness.text(), self.reason.text().strip())
        except UserError as error:
            tell(self.problem, error)
            return
        self.accept()


def _step(sealing: Sealing, shown: str, wanted: str) -> QLabel:
    opened = any(layer.layer == shown and not layer.is_sealed for layer in sealing.layers)
    tone = "done" if opened else "info" if shown == wanted else "muted"
    return parts.pill(f"{parts.MARKS[tone]} {layer_words(shown)}", tone)


def _meaning(layer: str) -> str:
    if layer == LANE:
        return _(
            "From then on everyone can see which contestant number drew which lane. The names stay sealed. "
            "This cannot be taken back, and the log keeps both names and the time."
        )
    return _(
        "From then on names and units stand beside the contestant numbers: on every page, on the projector, in every "
        "file and on what is printed. This cannot be taken back, and the log keeps both names and the time."
    )
