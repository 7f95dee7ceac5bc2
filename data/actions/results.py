"""Results: ties decided, by a play-off or by sharing the award, and the numbered versions that are published."""

import hashlib
from collections.abc import Collection, Mapping

from data import models
from data.actions.operators import refuse_stranger
from data.errors import InvalidInput, NotAllowed
from data.i18n import _
from data.queries.blockers import blockers
from data.queries.locks import divisions_now
from data.queries.playoffs import divisions_undecided
from data.queries.results import content_now, differs_from
from data.store import Store


def record_playoff(store: Store, actor: str, places: Mapping[int, int], reason: str = "") -> None:
    """Note the places of a play-off: entrant → place, 1 is best, each place once.

    The entrants are all those of one tie that the marks and the tie ladder leave open. Changing
    an earlier outcome, or the decision to share the award, needs a reason.

    Raises:
        InvalidInput: the entrants are not one tie, a place is missing or twice, or no reason is given.
        NotAllowed: this event shares places instead, another outcome stands in a division that is locked, or the actor
            has not signed in where people do.
    """
    with store.write(actor, "results.record_playoff", reason.strip()) as writing:
        refuse_stranger(store, actor)
        if models.Event.get().ties != "playoff":
            raise NotAllowed(
                _("This event shares places and holds no play-offs."),
                todo=_("The setup page says how ties are settled."),
            )
        if sorted(places.values()) != list(range(1, len(places) + 1)):
            raise InvalidInput(
                _("A play-off gives each place from 1 to {n} once.").format(n=len(places)),
                todo=_("If two are equal again, hold another play-off between them."),
            )
        if tuple(sorted(places)) not in _open_ties():
            raise InvalidInput(
                _("These entrants are not the ones who share a place."),
                todo=_("Choose all the entrants of one tie, and nobody else."),
            )
        decision = _decision(places)
        if decision is not None:
            _refuse_unexplained(reason)
            _refuse_locked(places)
            writing.delete(decision)
        known = {row.entrant_id: row for row in models.Playoff.select().where(models.Playoff.entrant.in_(list(places)))}
        for entrant, place in sorted(places.items()):
            if entrant not in known:
                writing.insert(models.Playoff, entrant=entrant, place=place)
            elif writing.update(known[entrant], place=place):
                _refuse_unexplained(reason)
                if known.keys() == places.keys():
                    _refuse_locked(places)


def share_award(store: Store, actor: str, entrant_ids: Collection[int], reason: str) -> None:
    """Decide that a tie over an award line stays: its entrants share the place, and the award of that line.

    The entrants are all those of one tie that the marks and the tie ladder leave open. The outcome of a
    play-off between them is dropped. The decision counts while just these are equal, and until a mark of one of them
    changes.

    Raises:
        InvalidInput: the entrants are not one tie over an award line, or no reason is given.
        NotAllowed: this event shares places anyway, another outcome stands in a division that is locked, or the actor
            has not signed in where people do.
    """
    with store.write(actor, "results.share_award", reason.strip()) as writing:
        refuse_stranger(store, actor)
        if models.Event.get().ties != "playoff":
            raise NotAllowed(
                _("This event shares every place, and the award with it."),
                todo=_("The setup page says how ties are settled."),
            )
        keys = tuple(sorted(set(entrant_ids)))
        code = _cut_ties().get(keys)
        if code is None:
            raise InvalidInput(
                _("These entrants are not the ones between whom the line of an award falls."),
                todo=_("Choose all the entrants of one tie, and nobody else."),
            )
        if not reason.strip():
            raise InvalidInput(
                _("A reason is needed to let a tie share an award."),
                todo=_("Write in a few words why, such as who decided it."),
            )
        outcome = list(models.Playoff.select().where(models.Playoff.entrant.in_(list(keys))))
        if len(outcome) == len(keys):
            _refuse_locked(keys)
        for played in outcome:
            writing.delete(played)
        values = {"reason": reason.strip(), "actor": actor, "at": writing.at}
        decision = _decision(keys)
        if decision is not None:
            writing.update(decision, **values)
            return
        division = models.Division.get(models.Division.code == code)
        writing.insert(models.TieDecision, division=division.id, entrants=list(keys), **values)


def _decision(entrants: Collection[int]) -> models.TieDecision | None:
    """The decision that just these entrants share an award."""
    wanted = sorted(entrants)
    return next((row for row in models.TieDecision.select() if row.entrants == wanted), None)


def _refuse_unexplained(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput(
            _("A reason is needed to change how a tie was decided."),
            todo=_("Write in a few words why it is changed."),
        )


def _refuse_locked(entrants: Collection[int]) -> None:
    """A tie that comes to light under a lock is decided; how one was decided before changes no more."""
    code = models.Entrant.get_by_id(min(entrants)).division.code
    lock = divisions_now()[code]
    if lock.is_locked:
        raise NotAllowed(
            _("{title} is locked, so how this tie was decided stays.").format(title=lock.title),
            todo=_("Let the chief judge reopen it with PIN and reason."),
        )


def _cut_ties() -> dict[tuple[int, ...], str]:
    """The code of the division by the entrants of each tie over an award line, as if nothing had been decided."""
    return {tuple(sorted(line.keys)): code for code, found in divisions_undecided().items() for line in found.cut}


def _open_ties() -> set[tuple[int, ...]]:
    """The entrants of every tie, as if nothing had been decided."""
    return {tuple(sorted(tie.keys)) for found in divisions_undecided().values() for tie in found.ties}


def finalise(store: Store, actor: str, reason: str = "") -> int:
    """Freeze all standings and awards as the next result version; returns its number.

    The content's SHA-256 is that of its canonical JSON. From the second version on a reason is
    needed. A rehearsal is finalised just like the real day.

    Raises:
        NotAllowed: something blocks it (marks missing, an open appeal, a division that is not locked …), nothing
            differs from the last version, or the actor has not signed in where people do.
        InvalidInput: the reason is missing.
    """
    with store.write(actor, "results.finalise", reason.strip()) as writing:
        refuse_stranger(store, actor)
        found = blockers(store)
        if found:
            raise NotAllowed(
                _("The results cannot be final yet."),
                where="\n".join(blocker.text for blocker in found),
                todo="\n".join(dict.fromkeys(blocker.todo for blocker in found)),
            )
        last = models.ResultVersion.select().order_by(models.ResultVersion.number.desc()).first()
        if last is not None and not differs_from(store, last.content):
            raise NotAllowed(
                _("Nothing differs from result version {n}.").format(n=last.number),
                todo=_("Go on using that version."),
            )
        if last is not None and not reason.strip():
            raise InvalidInput(
                _("A new result version needs a reason."),
                todo=_("Write in a few words what changed; it stands beside the version."),
            )
        content = content_now(store)
        number = last.number + 1 if last else 1
        writing.insert(
            models.ResultVersion,
            number=number,
            made_at=writing.at,
            actor=actor,
            reason=reason.strip(),
            content=content,
            sha256=hashlib.sha256(models.canonical_json(content).encode()).hexdigest(),
        )
        return number
