"""The moments of an event file are stored in UTC; people read them in the time of their computer."""

from datetime import datetime

MIDNIGHT = 24 * 60  # the minute with which a day ends


def local_time(moment: str) -> datetime:
    """A stored moment in the time of this computer."""
    return datetime.fromisoformat(moment).astimezone()


def minute_of(moment: str, *, up: bool = False) -> int:
    """The minute of the day of a stored moment; `up`: one that has begun counts in full."""
    return _minute(local_time(moment), up)


def minute_on(day: str, moment: str, *, up: bool = False) -> int | None:
    """As `minute_of`; None on another day than this one, YYYY-MM-DD."""
    local = local_time(moment)
    return _minute(local, up) if local.date().isoformat() == day else None


def _minute(local: datetime, up: bool) -> int:
    return local.hour * 60 + local.minute + (up and (local.second, local.microsecond) > (0, 0))
