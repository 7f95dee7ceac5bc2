"""Sentences for what the chief judge has to look at (data/rules/alarms.py)."""

from collections.abc import Iterable, Sequence

from data.i18n import _, ngettext
from data.queries.list_words import in_a_row
from data.rules import alarms as rules
from data.rules.alarms import Alarm
from data.rules.decimals import show_milli


def kind_word(kind: str) -> str:
    """The kind of an alarm in a word or two."""
    match kind:
        case rules.SPREAD:
            return _("judges far apart")
        case rules.EXTREME:
            return _("extreme score")
        case rules.CRITICAL:
            return _("critical item ticked")
    return _("sheet will not come")


def sentence(kind: str, seat: int, milli: int, texts: Sequence[str] = ()) -> str:
    """What is unusual, in one sentence. texts: the critical items that are ticked, where they are known."""
    points = show_milli(milli)
    match kind:
        case rules.SPREAD:
            return _("The judges are {points} points apart.").format(points=points)
        case rules.EXTREME:
            return _("Judge {seat} gave {points} points in all.").format(seat=seat, points=points)
        case rules.CRITICAL:
            if texts:
                return _("Judge {seat} ticked a critical item: {items}.").format(seat=seat, items="、".join(texts))
            return _("Judge {seat} ticked a critical item.").format(seat=seat)
    return _("The sheet of judge {seat} will not come; the visit is combined without it.").format(seat=seat)


def open_sentence(title: str, what: Sequence[str]) -> str:
    """That the chief judge has not confirmed this of a station or a division."""
    return ngettext(
        "{title}: the chief judge has to confirm {n} thing: {what}.",
        "{title}: the chief judge has to confirm {n} things: {what}.",
        len(what),
    ).format(title=title, n=len(what), what=in_a_row(what))


def told(who: str, station: str, alarms: Iterable[Alarm]) -> str:
    """What a sheet that was just handed in raised: who and where, each sentence, and what comes of it."""
    sentences = [sentence(alarm.kind, alarm.seat, alarm.milli) for alarm in alarms]
    return _("{who}, {station}: {sentences} The chief judge has to confirm it.").format(
        who=who, station=station, sentences=" ".join(sentences)
    )
