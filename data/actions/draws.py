"""Draws: freeze the list, draw with the seed typed in public, void with a reason.

A selection makes the entrants, a numbers draw their contestant numbers; then come the optional stations
and the lanes. The judges' seats can be drawn at any time before the first mark.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from data import models
from data.actions import draw_effects
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _, ngettext, shortened
from data.queries import draw_words, sealing
from data.queries import draws as queries
from data.rules import draw_record
from data.rules.draw_record import ITEMS, JUDGES, LANES, NUMBERS, SELECTION
from data.rules.identity import clean_name
from data.store import Store

_FREEZINGS = {  # each kind has a name of its own in the log, and in the names of the copies made after it
    SELECTION: "draws.freeze_selection",
    NUMBERS: "draws.freeze_numbers",
    ITEMS: "draws.freeze_items",
    LANES: "draws.freeze_lanes",
    JUDGES: "draws.freeze_judges",
}
_NAMED = 3  # differing entries, or obstacles, that a sentence names


def freeze(store: Store, actor: str, kind: str) -> int:
    """Freeze the list of a draw of this kind (of draw_record.KINDS) with its rules; returns the draw's id.

    Raises:
        NotAllowed: a draw of the kind stands already, a draw before it is missing, there is nothing to draw,
            or no draw at all could keep the rules; the message says which and why.
    """
    with store.write(actor, _FREEZINGS[kind]) as writing:
        if queries.current(store, kind) is not None:
            raise NotAllowed(
                _("A draw of this kind stands already."), todo=_("Void it with a reason if it has to be made again.")
            )
        _must_be_ready(store, kind)
        pool = [member.candidate for member in queries.pool_of(store, kind)]
        settings, quotas = queries.rules_of(store, kind), queries.quotas_of(store, kind)
        if not pool and not (kind == SELECTION and not quotas):  # an event of teams alone needs no staff
            raise _nothing_to_draw(kind)
        obstacles = draw_record.impossible(kind, pool, settings, quotas)
        _must_be_possible(list(map(_sealed, obstacles)) if queries.is_sealed(kind) else obstacles)
        record = draw_record.frozen_record(kind, models.Event.get().name, pool, quotas, settings)
        return writing.insert(models.Draw, kind=kind, state="frozen", record=record, frozen_at=writing.at)


def draw(store: Store, actor: str, draw_id: int, seed_parts: Sequence[str], witnesses: Sequence[str]) -> None:
    """Draw a frozen list with the seed, at least one part each from two witnesses.

    Raises:
        InvalidInput: the seed cannot be used, or fewer than two witnesses are named.
        NotAllowed: the draw is not frozen, or the event differs from its list.
        NotFound: there is no such draw.
    """
    with store.write(actor, "draws.draw") as writing:
        row = _get(draw_id)
        if row.state != "frozen":
            raise NotAllowed(_("This draw has been drawn or voided already."))
        _must_be_ready(store, row.kind)
        changed = queries.difference(store, draw_id)
        if changed:
            raise _differs(changed, sealed=queries.is_sealed(row.kind))
        named = [name.strip() for name in witnesses if name.strip()]
        if len(set(map(clean_name, named))) < draw_record.MIN_WITNESSES:
            raise InvalidInput(_("A draw needs two witnesses."), todo=_("Type the names of two different people."))
        draw_words.key_text(seed_parts)
        record = draw_record.drawn_record(row.record, seed_parts, named, writing.at)
        draw_effects.carry_out(store, writing, row, record)
        writing.update(row, state="drawn", record=record, drawn_at=writing.at)


def void(store: Store, actor: str, draw_id: int, reason: str) -> None:
    """Take a draw back; its record stays with the reason.

    Raises:
        InvalidInput: no reason is given.
        NotAllowed: it is void already, or what follows from it exists.
        NotFound: there is no such draw.
    """
    reason = reason.strip()
    if not reason:
        raise InvalidInput(_("A void draw needs a reason."), todo=_("Type why this draw does not count."))
    with store.write(actor, "draws.void", reason) as writing:
        row = _get(draw_id)
        if row.state == "void":
            raise NotAllowed(_("This draw is void already."))
        if row.state == "drawn":
            _must_be_free(store, row)
            draw_effects.take_back(writing, row.record)
        writing.update(
            row,
            state="void",
            record=draw_record.void_record(row.record, writing.at, reason),
            void_at=writing.at,
            void_reason=reason,
        )


def _get(draw_id: int) -> Any:
    row = models.Draw.get_or_none(models.Draw.id == draw_id)
    if row is None:
        raise NotFound(_("There is no such draw in this event."))
    return row


def _is_drawn(store: Store, kind: str) -> bool:
    found = queries.current(store, kind)
    return found is not None and found.state == "drawn"


def _must_be_ready(store: Store, kind: str) -> None:
    """Refuse a draw before those that it builds on, and one that would alter what is marked already."""
    if kind == NUMBERS and not models.Entrant.select().exists():
        raise NotAllowed(
            _("Nobody has been selected yet."), todo=_("Draw those who compete first, then their numbers.")
        )
    if kind in (ITEMS, LANES) and not _is_drawn(store, NUMBERS):
        raise NotAllowed(_("The contestant numbers are not drawn yet."), todo=_("Draw the numbers first."))
    if kind == LANES and queries.pool_of(store, ITEMS) and not _is_drawn(store, ITEMS):
        raise NotAllowed(
            _("The optional stations are not drawn yet, so nobody knows who comes to which station."),
            todo=_("Draw the optional stations first."),
        )
    if kind in (ITEMS, LANES, JUDGES) and models.Mark.select().exists():
        raise NotAllowed(
            _("Marks have been handed in, so stations, lanes and judges are not drawn any more."),
            todo=_("Go on as the day was planned."),
        )
    _refuse_begun()


def _refuse_begun() -> None:
    """Refuse a draw, or to void one, once somebody has begun: what he does stands on what was drawn."""
    if models.Visit.select().where(models.Visit.started_at.is_null(False)).exists():
        raise NotAllowed(
            _("Visits have begun, so nothing is drawn or voided any more."),
            todo=_("Go on as the day was planned; a start that was noted by mistake can be taken back."),
        )


def _nothing_to_draw(kind: str) -> NotAllowed:
    if kind == ITEMS:
        return NotAllowed(
            _("The plan has no optional stations."),
            todo=_("Give a division a score component such as S2/S3:1 on the setup page."),
        )
    if kind == LANES:
        return NotAllowed(
            _("No station has several lanes."), todo=_("Give a station more lanes on the setup page, or draw none.")
        )
    if kind == JUDGES:
        return NotAllowed(
            _("The plan has no judges whose seats could be drawn."), todo=_("Enter the judges on the setup page.")
        )
    return NotAllowed(
        _("There are no staff to draw from."), todo=_("Import the rosters of the units on the roster page.")
    )


def _must_be_possible(obstacles: Sequence[draw_record.Obstacle]) -> None:
    if not obstacles:
        return
    raise NotAllowed(
        _("No draw could keep the rules of this list."),
        where="\n".join(shortened([draw_words.obstacle_text(obstacle) for obstacle in obstacles], _NAMED)),
        todo=_("Change the plan, its settings or the roster, then freeze the list."),
    )


def _sealed(obstacle: draw_record.Obstacle) -> draw_record.Obstacle:
    """The obstacle without the numbers of those whom it concerns, as it would tell their unit."""
    return replace(obstacle, values={**obstacle.values, "who": (sealing.sealed_word(),)})


def _differs(changed: queries.PoolDifference, *, sealed: bool) -> NotAllowed:
    lines = []
    for sentence, ids in (
        (_("Added: {names}"), changed.added),
        (_("Removed: {names}"), changed.removed),
        (_("Changed: {names}"), changed.changed),
    ):
        if ids:
            named = [sealing.sealed_word()] if sealed else ids[:_NAMED]
            more = len(ids) - len(named)
            names = ", ".join(named)
            if more > 0:
                names += ngettext(" and {count} more", " and {count} more", more).format(count=more)
            lines.append(sentence.format(names=names))
    if changed.quotas:
        lines.append(_("The quotas are not the same."))
    if changed.rules:
        lines.append(_("The settings of the draw are not the same."))
    return NotAllowed(
        _("The event has changed since the list was frozen."),
        where="\n".join(lines),
        todo=_("Void this draw and freeze the list anew, so that everyone can see the list that is drawn."),
    )


def _must_be_free(store: Store, row: models.Draw) -> None:
    """Refuse to take back what other draws, a timetable or marks stand on."""
    if models.Mark.select().exists() or models.TheoryMark.select().exists():
        raise NotAllowed(
            _("Marks have been handed in, so this draw cannot be voided any more."),
            todo=_("Correct single entrants at check-in; or start again in a new event file."),
        )
    _refuse_begun()
    if row.kind == SELECTION and queries.current(store, NUMBERS) is not None:
        raise NotAllowed(_("The numbers have been drawn for those selected."), todo=_("Void the numbers draw first."))
    if row.kind == SELECTION and models.Visit.select().exists():
        raise NotAllowed(
            _("The schedule has been made for those selected, so this draw cannot be voided any more."),
            todo=_("Start again in a new event file with the same plan and rosters."),
        )
    if row.kind == NUMBERS and queries.current(store, ITEMS) is not None:
        raise NotAllowed(
            _("The optional stations have been drawn for these numbers."),
            todo=_("Void the draw of the optional stations first."),
        )
    lanes = queries.current(store, LANES)
    if lanes is None:
        return
    if row.kind in (NUMBERS, ITEMS):
        raise NotAllowed(
            _("The lanes have been drawn for these numbers and stations."), todo=_("Void the draw of the lanes first.")
        )
    if row.kind == JUDGES and lanes.id > row.id:
        raise NotAllowed(
            _("The lanes have been drawn so that nobody meets a judge of the own unit."),
            todo=_("Void the draw of the lanes first."),
        )
