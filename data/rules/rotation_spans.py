"""Starts that keep clear of closed times: the small arithmetic that bounds, passes and models have in common."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from data.rules.rotation_model import Span

NEVER = 1 << 30  # a minute after all others


class Strokes(Protocol):
    """The only minutes at which visits may start."""

    def from_minute(self, minute: int) -> int:
        """The first of them from this minute on."""
        ...


def clashes(minute: int, length: int, spans: Iterable[Span]) -> bool:
    """Whether a visit of this length from this minute on runs into one of the spans."""
    return any(minute < ends and minute + length > starts for starts, ends in spans)


def next_start(minute: int, length: int, spans: Iterable[Span]) -> int:
    """The earliest start from this minute on of a visit that must keep clear of the spans, in order of their ends."""
    for starts, ends in spans:
        if minute < ends and minute + length > starts:
            minute = ends
    return minute


def fit(minute: int, length: int, spans: Sequence[Span], strokes: Strokes | None = None) -> int:
    """The earliest start from this minute on that keeps clear of all spans, in whatever order, and is a stroke."""
    while True:
        start = next_start(minute, length, spans)
        if strokes is not None:
            start = strokes.from_minute(start)
        if start == minute:
            return start
        minute = start


def last_start(minute: int, length: int, spans: Iterable[Span]) -> int:
    """The latest start of a visit that must end by this minute and keep clear of the spans."""
    start = minute - length
    latest_first = sorted(spans, reverse=True)
    before = start + 1
    while start < before:
        before = start
        for starts, ends in latest_first:
            if start < ends and start + length > starts:
                start = starts - length
    return start


def starts_within(ready: int, until: int, length: int, spans: Iterable[Span]) -> list[list[int]]:
    """Where a visit may start from `ready` on, to end by `until` and clear of the spans: [first, last], in order."""
    taken = sorted((starts - length + 1, ends - 1) for starts, ends in spans)
    free = []
    for first, last in taken:
        if ready < first and ready <= until - length:
            free.append([ready, min(first - 1, until - length)])
        ready = max(ready, last + 1)
    if ready <= until - length:
        free.append([ready, until - length])
    return free
