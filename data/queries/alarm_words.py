"""Sentences for what the chief judge has to look at (data/rules/alarms.py)."""

from collections.abc import Iterable, Sequence

from data.i18n import _
from data.rules.alarms import CRITICAL, EXTREME, SPREAD, Alarm
from data.rules.decimals import show_milli


def kind_word(kind: str) -> str:
    """The kind of an alarm in a word or two."""
    match kind:
        case "spread":
            return _("judges far apart")
        case "extreme":
            return _("extreme score")
        case "critical":
            return _("critical item ticked")
    return _("sheet will not come")


def sentence(kind: str, seat: int, milli: int, texts: Sequence[str] = ()) -> str:
    """What is unusual, in one sentence. texts: the critical items that are ticked, where they are known."""
    points = show_milli(milli)
    match kind:
        case "spread":
            return _("The judges are {points} points apart.").format(points=points)
        case "extreme":
            return _("Judge {seat} gave {points} points in all.").format(seat=seat, points=points)
        case "critical":
            if texts:
                return _("Judge {seat} ticked a critical item: {items}.").format(seat=seat, items="、".join(texts))
            return _("Judge {seat} ticked a critical item.").format(seat=seat)
    return _("The sheet of judge {seat} will not come; the visit is combined without it.").format(seat=seat)


def told(who: str, station: str, alarms: Iterable[Alarm]) -> str:
    """What a sheet that was just handed in raised: who and where, each sentence, and what comes of it."""
    order = {SPREAD: 0, CRITICAL: 1, EXTREME: 2}
    found = sorted(alarms, key=lambda alarm: order[alarm.kind])
    sentences = [sentence(alarm.kind, alarm.seat, alarm.milli) for alarm in found]
    return _("{who}, {station}: {sentences} The chief judge has to confirm it.").format(
        who=who, station=station, sentences=" ".join(sentences)
    )
