"""What keeps a station or a division from being locked, in sentences."""

from collections.abc import Collection

from data import models
from data.i18n import _, ngettext
from data.queries import blockers, confirmations, readings, scores
from data.queries.alarm_words import kind_word, open_sentence
from data.queries.list_words import in_a_row
from data.queries.reading_words import differing_sentence, waiting_sentence
from data.store import Store

# A tie or an appeal is decided without a change of marks, or passes over locks.
_KEEP_OPEN = (blockers.INCOMPLETE, blockers.UNREAD, blockers.DIFFERS, blockers.UNCONFIRMED)


def gaps_at_station(store: Store, code: str) -> list[str]:
    """What is missing or undecided at a station, one sentence each; none when it can be locked."""
    with store.read():
        title = models.Station.get(models.Station.code == code).name
        due = scores.queue(store, code)
        differs = [one.differs for one in readings.unread() if one.station_code == code]
        alarms = [row for row in confirmations.open_alarms() if row.station_code == code]
        found = []
        if due:
            text = ngettext(
                "{title}: {n} sheet is missing: {names}.", "{title}: {n} sheets are missing: {names}.", len(due)
            )
            names = [_("{name}, judge {seat}").format(name=row.name, seat=row.seat) for row in due]
            found.append(text.format(title=title, n=len(due), names=in_a_row(names)))
        if not all(differs):
            found.append(waiting_sentence(title, differs.count(False)))
        if any(differs):
            found.append(differing_sentence(title, differs.count(True)))
        if alarms:
            found.append(open_sentence(title, [f"{row.name} ({kind_word(row.kind)})" for row in alarms]))
        return found


def gaps_in_divisions(store: Store, codes: Collection[str]) -> list[str]:
    """What is missing or undecided in these divisions, one sentence each; none when they can be locked."""
    if not codes:
        return []
    return [one.text for one in blockers.blockers(store) if one.division_code in codes and one.code in _KEEP_OPEN]
