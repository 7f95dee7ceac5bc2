"""The clock of a rehearsal: it moves on a little at each question, and by itself not at all."""

from datetime import datetime, timedelta

_BEFORE = timedelta(seconds=1)  # between two questions
_ON_THE_DAY = timedelta(milliseconds=5)  # when hundreds of things happen within a minute


class RehearsalClock:
    """This moment, then a little later at each question; it can be put forward to a minute of a day."""

    def __init__(self, start: datetime) -> None:
        self._next = start
        self._step = _BEFORE

    def __call__(self) -> datetime:
        moment = self._next
        self._next += self._step
        return moment

    def go_to(self, date: str, minute: int) -> None:
        """Put it forward to a minute of this day in local time; it never goes back."""
        self._step = _ON_THE_DAY
        there = (datetime.fromisoformat(date) + timedelta(minutes=minute)).astimezone()
        self._next = max(self._next, there)

    def is_before(self, date: str, minute: int) -> bool:
        """Whether that minute of the day is still to come, so that the day can be lived through."""
        return bool(date) and self._next <= (datetime.fromisoformat(date) + timedelta(minutes=minute)).astimezone()
