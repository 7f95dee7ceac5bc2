"""What keeps a station or a division from being locked, in sentences."""

from collections.abc import Collection, Sequence

from data import models
from data.i18n import _, ngettext
from data.queries import leaderboard, scores
from data.queries.plain_rows import plain_rows
from data.store import Store

_NAMES_SHOWN = 5


def gaps_at_station(store: Store, code: str) -> list[str]:
    """What is missing or undecided at a station, one sentence each; none when it can be locked."""
    with store.read():
        title = models.Station.get(models.Station.code == code).name
        awaited = _confirmed_missing()
        names = [
            _("{name}, judge {seat}").format(name=row.name, seat=row.seat)
            for row in scores.queue(store, code)
            if (row.visit_id, row.seat) not in awaited
        ]
        if not names:
            return []
        text = ngettext(
            "{title}: {n} sheet is missing: {names}.", "{title}: {n} sheets are missing: {names}.", len(names)
        )
        return [text.format(title=title, n=len(names), names=_listed(names))]


def gaps_in_divisions(store: Store, codes: Collection[str]) -> list[str]:
    """What is missing or undecided in these divisions, one sentence each; none when they can be locked."""
    found = []
    for division in leaderboard.all_standings(store):
        rows = [row for row in division.rows if row.missing] if division.division_code in codes else []
        if rows:
            text = ngettext(
                "{title}: marks of {n} entrant are missing: {names}.",
                "{title}: marks of {n} entrants are missing: {names}.",
                len(rows),
            )
            names = _listed([f"{row.name} ({'、'.join(row.missing)})" for row in rows])
            found.append(text.format(title=division.title, n=len(rows), names=names))
    return found


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMES_SHOWN]) + (" …" if len(names) > _NAMES_SHOWN else "")


def _confirmed_missing() -> set[tuple[int, int]]:
    """The sheets that will not come, as the chief judge confirmed, by visit and seat."""
    rows = models.Confirmation.select(models.Confirmation.visit, models.Confirmation.seat)
    return set(plain_rows(rows.where(models.Confirmation.kind == "missing")))
