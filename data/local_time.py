"""The moments of an event file are stored in UTC; people read them in the time of their computer."""

from datetime import datetime


def local_time(moment: str) -> datetime:
    """A stored moment in the time of this computer."""
    return datetime.fromisoformat(moment).astimezone()


def minute_of(moment: str, *, up: bool = False) -> int:
    """The minute of the day of a stored moment; `up`: one that has begun counts in full."""
    local = local_time(moment)
    return local.hour * 60 + local.minute + (up and (local.second, local.microsecond) > (0, 0))
