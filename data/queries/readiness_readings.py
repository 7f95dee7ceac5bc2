"""The lines of the readiness list about second entry: what waits, and what differs."""

from collections.abc import Iterator

from data.i18n import _, ngettext
from data.queries import readings
from data.queries.readiness_facts import Facts
from data.queries.readiness_lines import ReadinessLine
from data.rules.readings import NONE

_PAGE = "score_entry"
_TARGET = "readings"


def reading_lines(facts: Facts) -> Iterator[ReadinessLine]:
    """What second entry needs, where the event asks for one. Runs inside `store.read()`."""
    if facts.plan.info.verify == NONE or not facts.sheets_in:
        return
    left = readings.unread()
    differ = sum(one.differs for one in left)
    if differ:
        title = ngettext("{n} sheet was typed differently twice", "{n} sheets were typed differently twice", differ)
        yield ReadinessLine(
            "attention", title.format(n=differ), _("Decide with the paper what is right."), _PAGE, _TARGET
        )
    if len(left) > differ:
        waiting = ngettext("{n} sheet waits", "{n} sheets wait", len(left) - differ).format(n=len(left) - differ)
        yield ReadinessLine("next", _("Type the sheets a second time"), waiting, _PAGE, _TARGET)
    elif not left and facts.all_marks_in:
        yield ReadinessLine("done", _("Two people agree on the marks"), _("Second entry is complete."), _PAGE, _TARGET)
