"""The lines of the readiness list that the running day needs: what is late, and what happened since the timetable."""

from collections.abc import Iterator

from peewee import fn

from data import models
from data.i18n import _, ngettext
from data.queries import running
from data.queries.audit_words import action_title
from data.queries.readiness_facts import Facts
from data.queries.readiness_lines import ReadinessLine
from data.store import Store

LATE_FROM = 10  # minutes behind the timetable from which on the rest should be re-timed
_SHOWN = 3  # stations of a line
_PAGE = "running"

# After these a timetable may ask for what is not possible any more, or leave out what is.
_CHANGES = (
    "running.close_lane",
    "running.reopen_lane",
    "running.add_lane",
    "running.pause",
    "running.resume",
    "running.move_to_end",
    "running.set_ready",
    "running.replace_judge",
)


def running_lines(store: Store, facts: Facts, minute: int | None) -> Iterator[ReadinessLine]:
    """What the day needs while it runs. Runs inside `store.read()`.

    Args:
        minute: the minute of the day, None when the event is on another day.
    """
    if facts.timetable is None or facts.all_marks_in:
        return
    since = _changes_since_timetable()
    if since:
        yield ReadinessLine(
            "attention",
            _("Timetable {number} is older than what happened since").format(number=facts.timetable),
            _("Make the rest of it again: {changes}").format(changes=_(", ").join(since)),
            _PAGE,
        )
    if minute is None or not facts.has_begun:
        return
    board = running.board(store, minute)
    late = [row for row in board.late if row.minutes >= LATE_FROM]
    if late:
        sentences = [running.late_sentence(row) for row in late[:_SHOWN]]
        if len(late) > _SHOWN:
            more = len(late) - _SHOWN
            sentences.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
        yield ReadinessLine(
            "attention", _("The day runs late: make the rest of the timetable again"), _(", ").join(sentences), _PAGE
        )


def _changes_since_timetable() -> list[str]:
    """What happened after the timetable in force was saved, in words, by the order of the audit log."""
    audit = models.Audit
    saved = audit.select(fn.MAX(audit.id)).where(audit.action == "schedule.save_timetable").scalar() or 0
    later = audit.select(audit.action).where(audit.id > saved, audit.action.in_(_CHANGES)).order_by(audit.id)
    return list(dict.fromkeys(action_title(action) for (action,) in later.tuples()))
