"""The moments of an event file are stored in UTC; people read them in the time of their computer."""

from datetime import datetime


def local_time(moment: str) -> datetime:
    """A stored moment in the time of this computer."""
    return datetime.fromisoformat(moment).astimezone()
