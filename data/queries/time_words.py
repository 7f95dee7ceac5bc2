"""How long something takes, in words."""

from data.i18n import _, ngettext

_HOUR = 60


def span(minutes: int) -> str:
    """So many minutes; in hours and minutes from an hour on, when nobody reads minutes any more."""
    if minutes < _HOUR:
        return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    hours, rest = divmod(minutes, _HOUR)
    return (_("{hours} h {minutes} min") if rest else _("{hours} h")).format(hours=hours, minutes=rest)
