"""Those who compete: read by number, by badge, by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from data import models
from data.errors import InvalidInput, NotFound, UserError
from data.i18n import _
from data.queries import pinyin_search, sealing
from data.queries.substitution import void_code
from data.rules import identity
from data.store import Store


@dataclass(frozen=True)
class EntrantRow:
    """A person or a team that competes. `number` and `draw_order` are None before the numbers draw.

    While the names of a blind event are sealed, `name` is the number, and `unit` and `unit_short` are empty.
    """

    id: int
    number: str | None
    name: str
    unit: str
    unit_short: str
    division_code: str
    division_title: str
    entry: str  # individual | team | sum
    token: str
    state: str  # expected | present | absent | withdrew | disqualified
    draw_order: int | None
    person_id: int | None
    arrived_at: str | None


@dataclass(frozen=True)
class Scanned:
    """What a scan found: the entrant, and station and seat when it was a mark sheet."""

    entrant: EntrantRow
    station_code: str | None = None
    seat: int | None = None


def entrants(store: Store, division_code: str | None = None, with_sums: bool = False) -> list[EntrantRow]:
    """Everyone who competes, by division and order of the draw; units' totals only when asked for."""
    with store.read():
        query = _select().order_by(
            models.Division.position,
            models.Entrant.draw_order.is_null(),
            models.Entrant.draw_order,
            models.Unit.position,
            models.Entrant.id,
        )
        if division_code is not None:
            query = query.where(models.Division.code == division_code)
        if not with_sums:
            query = query.where(models.Division.entry != "sum")
        return [_row(values) for values in query.tuples()]


def entrant(store: Store, entrant_id: int) -> EntrantRow:
    """One entrant.

    Raises:
        NotFound: there is no such entrant.
    """
    with store.read():
        values = _select().where(models.Entrant.id == entrant_id).tuples().first()
    if values is None:
        raise NotFound(_("This entrant is not in the event any more."), todo=_("Look the entrant up again."))
    return _row(values)


def by_token(store: Store, token: str) -> EntrantRow | None:
    """The entrant of a badge, or None when this event has no such token."""
    with store.read():
        values = _select().where(models.Entrant.token == token).tuples().first()
    return None if values is None else _row(values)


def by_number(store: Store, number: str) -> EntrantRow | None:
    """The entrant with this contestant number; case, width, blanks and dashes do not matter."""
    wanted = _plain(number)
    if not wanted:
        return None
    with store.read():
        numbers = models.Entrant.select(models.Entrant.id, models.Entrant.number).where(
            models.Entrant.number.is_null(False)
        )
        found = next((row_id for row_id, text in numbers.tuples() if _plain(text) == wanted), None)
        return None if found is None else entrant(store, found)


def by_scan(store: Store, text: str) -> Scanned:
    """The entrant of a scanned or typed badge or sheet code.

    Raises:
        InvalidInput: it is no code of this event, or damaged; the words are fit for one line.
    """
    with store.read():
        event = str(models.Event.get().code)
        try:
            scan = identity.parse_scan(text, event)
        except identity.ScanProblem as problem:
            raise scan_error(problem) from problem
        if scan.event != event:
            raise InvalidInput(
                _("This code belongs to another event."), todo=_("Use the badge that was printed for this event.")
            )
        found = by_token(store, scan.token)
        void = void_code(scan.token, sheet=scan.station is not None)
    if void is not None:
        raise void
    if found is None:
        raise InvalidInput(
            _("This code is of this event, but of no entrant in it any more."),
            todo=_("Print the badge again: it is from before the last draw."),
        )
    return Scanned(found, scan.station, scan.seat)


def scanned(store: Store, text: str) -> Scanned | None:
    """As `by_scan`; None for a text that is no code at all, such as a number or a name to look for."""
    with store.read():
        event = str(models.Event.get().code)
    try:
        identity.parse_scan(text, event)
    except identity.ScanProblem as problem:
        if problem.code == "foreign":
            return None
    return by_scan(store, text)


def arriving(store: Store, text: str) -> list[EntrantRow]:
    """Whom the check-in desk means, by number, by name in full (also in pinyin), or by ID number in full.

    What else `search` finds counts only while no names are sealed: then the desk gets the number of somebody who says
    who he is, and no list of names can be drawn out of it.
    """
    exact = by_number(store, text)
    if exact is not None:
        return [exact]
    with store.read():
        if not sealing.names_sealed():
            return search(store, text)
        name, id_number = identity.clean_name(text), identity.clean_id_number(text)
        people = models.Entrant.select(models.Entrant.id, models.Entrant.name, models.Person.id_number)
        meant = [
            entrant
            for entrant, own, own_id in people.join(models.Person).tuples()
            if text.strip() and (own_id == id_number or pinyin_search.is_whole(own, name))
        ]
        rows = _select().where(models.Entrant.id.in_(meant)).order_by(models.Entrant.number).tuples()
        return [_row(values) for values in rows]


def in_a_line(*texts: str | None, between: str = " ") -> str:
    """Number, name and unit of somebody as one text: each once, for a team goes by its unit, and who is sealed by
    the number."""
    return between.join(dict.fromkeys(text for text in texts if text))


def true_units() -> dict[int, frozenset[str]]:
    """The names of the unit of each entrant by his id, also while they are sealed: for recusal, never to be shown.

    Runs inside `store.read()`.
    """
    rows = models.Entrant.select(models.Entrant.id, models.Unit.name, models.Unit.short).join(models.Unit)
    return {entrant: frozenset({name, short or name}) for entrant, name, short in rows.tuples()}


def scan_error(problem: identity.ScanProblem) -> UserError:
    """The words for a code that cannot be read."""
    match problem.code:
        case "empty":
            return InvalidInput(_("Nothing was scanned."), todo=_("Scan the code again."))
        case "foreign":
            return InvalidInput(_("This is not a badge or a mark sheet."), todo=_("Scan the code on the badge."))
        case "version":
            return InvalidInput(
                _("This code was printed by another version of Biwu."), todo=_("Print the badge again.")
            )
        case _:
            return InvalidInput(
                _("The code is damaged or mistyped."), todo=_("Scan it again, or compare it with the printed text.")
            )


def state_title(state: str) -> str:
    """The state of an entrant in the committee's words."""
    titles = {
        "expected": _("not here yet"),
        "present": _("here"),
        "absent": _("absent"),
        "withdrew": _("withdrew"),
        "disqualified": _("disqualified"),
    }
    return titles[state]


def count_states(rows: Iterable[EntrantRow]) -> dict[str, int]:
    """How many are in each state; every state has its count."""
    counts = dict.fromkeys(("expected", "present", "absent", "withdrew", "disqualified"), 0)
    for row in rows:
        counts[row.state] += 1
    return counts


def search(store: Store, text: str) -> list[EntrantRow]:
    """Entrants whose number, name, unit (in characters, pinyin or its initials) has all words of the text."""
    words = identity.fold_width(text).split()
    if not words:
        return []
    return [row for row in entrants(store) if all(_fits(row, word) for word in words)]


def _fits(row: EntrantRow, word: str) -> bool:
    if row.number and _plain(word) and _plain(word) in _plain(row.number):
        return True
    return any(pinyin_search.matches(text, word) for text in (row.name, row.unit, row.unit_short, row.division_title))


def _plain(number: str) -> str:
    return identity.fold_width(number).replace("-", "").replace(" ", "").upper()


def _select() -> Any:
    who = sealing.who()
    return (
        models.Entrant.select(
            models.Entrant.id,
            models.Entrant.number,
            who.name,
            who.unit,
            who.short,
            models.Division.code,
            models.Division.category,
            models.Division.name,
            models.Division.entry,
            models.Entrant.token,
            models.Entrant.state,
            models.Entrant.draw_order,
            models.Entrant.person,
            models.Entrant.arrived_at,
        )
        .join(models.Unit)
        .switch(models.Entrant)
        .join(models.Division)
    )


def _row(values: tuple[Any, ...]) -> EntrantRow:
    row_id, number, name, unit, short, code, category, group, entry, token, state, order, person, arrived = values
    return EntrantRow(
        row_id,
        number,
        name,
        unit,
        short or unit,
        code,
        f"{category}·{group}",
        entry,
        token,
        state,
        order,
        person,
        arrived,
    )
