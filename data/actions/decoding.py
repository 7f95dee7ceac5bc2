"""Decoding (解密) of a blind event: the chief judge opens one layer after the other, before a witness."""

from data import models
from data.errors import InvalidInput, NotAllowed
from data.i18n import _
from data.queries import leaderboard, sealing
from data.queries.sealing import LANE, NAME
from data.rules.identity import clean_name
from data.store import Store


def decode(store: Store, actor: str, layer: str, chief: str, witness: str, reason: str = "") -> None:
    """Open a layer: `lane` first, where lanes were drawn, then `name`. Who did it, and when, goes into the log.

    Args:
        chief: the name of a chief judge of the plan, as he types it; `witness`: that of somebody else.
        reason: needed while marks are missing, and when the names are not those that were sealed.

    Raises:
        InvalidInput: a name is missing or not that of a chief judge, both are the same, or the reason is missing.
        NotAllowed: the layer is not sealed, another one comes first, or the plan has no chief judge.
    """
    if layer not in sealing.LAYERS:
        raise ValueError(f"no such layer: {layer}")
    with store.write(actor, "decoding.decode", reason.strip()) as writing:
        _refuse_order(layer)
        chief, witness = _people(chief, witness)
        if not reason.strip():
            _refuse_doubts(store, layer)
        writing.insert(models.Decoding, layer=layer, chief=chief, witness=witness, at=writing.at)


def _refuse_order(layer: str) -> None:
    if not sealing.is_sealed(layer):
        raise NotAllowed(
            _("Nothing of this is sealed."),
            todo=_("The draws of a blind event seal it, and each layer is opened once: see the results page."),
        )
    if layer == NAME and sealing.is_sealed(LANE):
        raise NotAllowed(_("The lanes are opened before the names."), todo=_("Decode the lanes first."))


def _people(chief: str, witness: str) -> tuple[str, str]:
    """Both names as the log keeps them, that of the chief judge as the plan writes it."""
    chiefs = {clean_name(name): name for name in sealing.chiefs()}
    if not chiefs:
        raise NotAllowed(
            _("The plan has no chief judge, and nobody else can decode."),
            todo=_("Name a chief judge among the judges on the setup page."),
        )
    if not clean_name(chief) or not clean_name(witness):
        raise InvalidInput(
            _("The chief judge and a witness decode together."), todo=_("Each of them types his own name.")
        )
    if clean_name(chief) not in chiefs:
        raise InvalidInput(
            _("{name} is no chief judge of this event.").format(name=chief.strip()),
            where=_("The plan names: {names}").format(names="、".join(chiefs.values())),
            todo=_("Let the chief judge type his name as it stands in the plan."),
        )
    if clean_name(chief) == clean_name(witness):
        raise InvalidInput(_("Nobody is his own witness."), todo=_("Let somebody else type his name as the witness."))
    return chiefs[clean_name(chief)], witness.strip()


def _refuse_doubts(store: Store, layer: str) -> None:
    divisions = leaderboard.all_standings(store)
    missing = sum(division.total - division.complete for division in divisions if division.entry != "sum")
    if missing:
        raise InvalidInput(
            _("Marks are still missing, so decoding now needs a reason."),
            where=_("Entrants without all their marks: {n}").format(n=missing),
            todo=_("Enter the marks first; or write why the names must be known before."),
        )
    if layer == NAME and not sealing.seal_now().holds:
        raise InvalidInput(
            _("The names are not those that were sealed, so decoding needs a reason."),
            todo=_("Look in the audit log who changed a name or an ID number since the numbers draw, and write why."),
        )
