"""What keeps the results from being final: each thing in words, what to do about it, and where."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from data.i18n import _, ngettext
from data.queries import appeals, confirmations, leaderboard, readings, sealing
from data.queries.alarm_words import kind_word, open_sentence
from data.queries.leaderboard import DivisionStandings, StandingRow
from data.queries.list_words import in_a_row
from data.queries.locks import divisions_now
from data.queries.reading_words import differing_sentence, waiting_sentence
from data.store import Store

EMPTY, INCOMPLETE, TIE, SEALED = "empty", "incomplete", "tie", "sealed"
UNREAD, DIFFERS, UNCONFIRMED, APPEAL, UNLOCKED = "unread", "differs", "unconfirmed", "appeal", "unlocked"


@dataclass(frozen=True)
class Blocker:
    """Why no result version can be made now.

    code: empty (nobody competes), incomplete (marks are missing), unread (sheets were not typed a second time),
    differs (two typings of a sheet differ), unconfirmed (something unusual waits for the chief judge), tie (a tie cuts
    an award line), appeal (one is not decided), sealed (the event is blind and its names are not decoded), unlocked
    (nothing else keeps the division back, but its marks can still be changed).
    `entrant_ids`: those concerned. `sheet`: the first visit and judge's seat concerned, seat 0 for the visit as a
    whole; None where it is about no sheet.
    """

    code: str
    division_code: str
    text: str
    todo: str
    entrant_ids: tuple[int, ...] = ()
    sheet: tuple[int, int] | None = None


def blockers(store: Store) -> list[Blocker]:
    """Everything that must be settled before a result version can be made, by division."""
    with store.read():
        return blockers_of(leaderboard.all_standings(store))


def blockers_of(divisions: Sequence[DivisionStandings]) -> list[Blocker]:
    """The same, from standings that were read already. Runs inside `store.read()`."""
    found = []
    if not any(division.total for division in divisions):
        found.append(
            Blocker(EMPTY, "", _("Nobody competes in this event yet."), _("Draw who competes, and enter their marks."))
        )
    by_division = _Open()
    locks = divisions_now()
    for division in divisions:
        code = division.division_code
        of_division = [
            *_incomplete(division),
            *by_division.unread(division),
            *by_division.unconfirmed(division),
            *_ties(division),
            *by_division.appeals(division),
        ]
        lock = locks[code]
        if not of_division and division.total and not lock.is_locked and not lock.sources:
            text = _("{title} is not locked: its marks can still be changed.").format(title=division.title)
            of_division.append(Blocker(UNLOCKED, code, text, _("Lock the divisions that are complete.")))
        found += of_division
    if sealing.names_sealed():
        found.append(Blocker(SEALED, "", _("The names of this blind event are sealed."), sealing.todo()))
    return found


def lockable(found: Iterable[Blocker]) -> tuple[str, ...]:
    """The codes of the divisions that only have to be locked."""
    return tuple(blocker.division_code for blocker in found if blocker.code == UNLOCKED)


def _incomplete(division: DivisionStandings) -> Iterator[Blocker]:
    rows = [row for row in division.rows if row.missing]
    if rows:
        text = ngettext(
            "{title}: marks of {n} entrant are missing: {names}.",
            "{title}: marks of {n} entrants are missing: {names}.",
            len(rows),
        ).format(title=division.title, n=len(rows), names=in_a_row(map(_with_missing, rows)))
        todo = _("Enter the missing marks, or set the entrant's state if he did not compete to the end.")
        yield Blocker(INCOMPLETE, division.division_code, text, todo, tuple(row.entrant_id for row in rows))


def _with_missing(row: StandingRow) -> str:
    return f"{row.name} ({'、'.join(row.missing)})"


def _ties(division: DivisionStandings) -> Iterator[Blocker]:
    for tie in division.ties:
        if tie.cuts:
            text = _("{title}: {names} share place {place}, and the line of the award {award} goes through them.")
            yield Blocker(
                TIE,
                division.division_code,
                text.format(title=division.title, names="、".join(tie.names), place=tie.place, award=tie.cuts),
                _("Hold a play-off and enter its places, or decide that they share the award."),
                tie.entrant_ids,
            )


class _Open:
    """What is open in the whole event, read once."""

    def __init__(self) -> None:
        self._unread = readings.unread()
        self._alarms = confirmations.open_alarms()
        self._appeals = appeals.open_appeals()

    def unread(self, division: DivisionStandings) -> Iterator[Blocker]:
        code, title = division.division_code, division.title
        of_division = [one for one in self._unread if one.division_code == code]
        waiting = [one for one in of_division if not one.differs]
        if waiting:
            text = waiting_sentence(title, len(waiting))
            todo = _("Let somebody else type them again, who has signed in.")
            yield self._of_sheets(UNREAD, code, text, todo, waiting)
        differing = [one for one in of_division if one.differs]
        if differing:
            text = differing_sentence(title, len(differing))
            todo = _("Look at the paper again and settle what it says.")
            yield self._of_sheets(DIFFERS, code, text, todo, differing)

    def _of_sheets(self, code: str, division: str, text: str, todo: str, sheets: Sequence[readings.Unread]) -> Blocker:
        entrants = tuple(dict.fromkeys(one.entrant_id for one in sheets))
        return Blocker(code, division, text, todo, entrants, (sheets[0].visit_id, sheets[0].seat))

    def unconfirmed(self, division: DivisionStandings) -> Iterator[Blocker]:
        rows = [row for row in self._alarms if row.division_code == division.division_code]
        if rows:
            what = [f"{row.station_name} {row.name} ({kind_word(row.kind)})" for row in rows]
            yield Blocker(
                UNCONFIRMED,
                division.division_code,
                open_sentence(division.title, what),
                _("Let the chief judge look at the sheets and confirm with the PIN, or correct them."),
                tuple(dict.fromkeys(row.entrant_id for row in rows)),
                (rows[0].visit_id, rows[0].seat),
            )

    def appeals(self, division: DivisionStandings) -> Iterator[Blocker]:
        entrants = [entrant for entrant, code in self._appeals.items() if code == division.division_code]
        if entrants:
            names = {row.entrant_id: row.name for row in division.rows}
            text = ngettext(
                "{title}: the appeal of {n} entrant is not decided: {names}.",
                "{title}: the appeals of {n} entrants are not decided: {names}.",
                len(entrants),
            ).format(
                title=division.title,
                n=len(entrants),
                names=in_a_row(names.get(entrant, sealing.sealed_word()) for entrant in entrants),
            )
            todo = _("Let the chief judge grant or refuse them, or note that they were withdrawn.")
            yield Blocker(APPEAL, division.division_code, text, todo, tuple(entrants))
