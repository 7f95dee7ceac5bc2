"""Why the timetable no longer fits the day, and what the strip over the board says of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.i18n import _, ngettext
from data.queries.running import Board, StationLate, late_sentence
from data.rules.decimals import clock

_SHOWN = 2  # stations; the board shows the others


@dataclass(frozen=True)
class Fit:
    """How the rest of the timetable fits the day as it is. `late`: stations whose next visits cannot begin in time, the
    latest first; `unfit`: visits to come that cannot take place as planned, whatever the time."""

    late: tuple[StationLate, ...] = ()
    unfit: int = 0


def reasons(fits: Fit) -> list[str]:
    """What is wrong, a text each without a full stop; empty while the timetable fits."""
    told = [late_sentence(row) for row in fits.late[:_SHOWN]]
    more = len(fits.late) - len(told)
    if more:
        told.append(ngettext("{n} more station is late", "{n} more stations are late", more).format(n=more))
    if fits.unfit:
        words = ngettext(
            "{n} visit cannot take place where and when it is planned",
            "{n} visits cannot take place where and when they are planned",
            fits.unfit,
        )
        told.append(words.format(n=fits.unfit))
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
