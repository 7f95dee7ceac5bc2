"""Why the timetable no longer fits the day, and what the strip over the board says of it."""

from collections.abc import Sequence

from data.i18n import _, ngettext
from data.queries.running import Board, late_sentence
from data.rules.decimals import clock
from data.rules.rotation_check import Finding

_SHOWN = 3  # stations; the board shows the others
# What happens to a timetable while the day runs. That visits are late is told in minutes instead.
_BROKEN = frozenset({"recusal", "stand_in", "unknown_lane", "in_closed", "in_break", "not_here", "missing"})


def misfits(findings: Sequence[Finding]) -> int:
    """How many of the checker's findings are visits that cannot take place as planned."""
    return sum(finding.hard and finding.code in _BROKEN for finding in findings)


def reasons(board: Board, unfit: int) -> list[str]:
    """What is wrong, a text each without a full stop, the latest station first; empty while the timetable fits.

    unfit: visits to come that cannot take place as planned; those in a lane without an end are among them.
    """
    told = [late_sentence(row) for row in board.late[:_SHOWN]]
    more = len(board.late) - len(told)
    if more:
        told.append(ngettext("{n} more station is late", "{n} more stations are late", more).format(n=more))
    count = max(unfit, board.stranded)
    if count:
        words = ngettext(
            "{n} visit cannot take place where and when it is planned",
            "{n} visits cannot take place where and when they are planned",
            count,
        )
        told.append(words.format(n=count))
    return told


def in_a_sentence(texts: Sequence[str]) -> str:
    """Reasons joined to one."""
    return _("; ").join(texts)


def strip_words(texts: Sequence[str]) -> str:
    """The strip over the board."""
    return _("The timetable no longer fits: {why}. Choose how the day goes on.").format(why=in_a_sentence(texts))


def pause_words(board: Board) -> str:
    """The strip while the whole event pauses."""
    assert board.paused_until is not None
    return _("{name}: until {time} nobody begins.").format(name=board.pause, time=clock(board.paused_until))
