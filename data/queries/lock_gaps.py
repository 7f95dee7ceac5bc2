"""What keeps a station or a division from being locked, in sentences."""

from collections.abc import Collection

from data import models
from data.i18n import _, ngettext
from data.queries import blockers, confirmations, readings, scores
from data.queries.alarm_words import kind_word
from data.queries.list_words import in_a_row
from data.store import Store

# A tie or an appeal is decided without a change of marks, or passes over locks.
_KEEP_OPEN = (blockers.INCOMPLETE, blockers.UNREAD, blockers.DIFFERS, blockers.UNCONFIRMED)


def gaps_at_station(store: Store, code: str) -> list[str]:
    """What is missing or undecided at a station, one sentence each; none when it can be locked."""
    with store.read():
        title = models.Station.get(models.Station.code == code).name
        due = scores.queue(store, code)
        unread = len(_at_station(code) & {(one.visit_id, one.seat) for one in readings.unread()})
        alarms = [row for row in confirmations.open_alarms() if row.station_code == code]
        found = []
        if due:
            text = ngettext(
                "{title}: {n} sheet is missing: {names}.", "{title}: {n} sheets are missing: {names}.", len(due)
            )
            names = [_("{name}, judge {seat}").format(name=row.name, seat=row.seat) for row in due]
            found.append(text.format(title=title, n=len(due), names=in_a_row(names)))
        if unread:
            text = ngettext(
                "{title}: {n} sheet waits for its second entry.",
                "{title}: {n} sheets wait for their second entry.",
                unread,
            )
            found.append(text.format(title=title, n=unread))
        if alarms:
            text = ngettext(
                "{title}: the chief judge has to confirm {n} thing: {what}.",
                "{title}: the chief judge has to confirm {n} things: {what}.",
                len(alarms),
            )
            what = [f"{row.name} ({kind_word(row.kind)})" for row in alarms]
            found.append(text.format(title=title, n=len(alarms), what=in_a_row(what)))
        return found


def gaps_in_divisions(store: Store, codes: Collection[str]) -> list[str]:
    """What is missing or undecided in these divisions, one sentence each; none when they can be locked."""
    if not codes:
        return []
    return [one.text for one in blockers.blockers(store) if one.division_code in codes and one.code in _KEEP_OPEN]


def _at_station(code: str) -> set[tuple[int, int]]:
    """The sheets of a station, by visit and seat."""
    rows = models.Mark.select(models.Mark.visit, models.Mark.seat).join(models.Visit).join(models.Station)
    return set(rows.where(models.Station.code == code, models.Mark.latest).tuples())
