"""What the slides of a draw ceremony say, as plain values: no Qt, so that they are tested without a screen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Banner:
    """The top of every slide of a ceremony. tone: frozen (not drawn yet) | complete (drawn) | provisional (sealed)."""

    event: str
    title: str
    pill: str
    tone: str


@dataclass(frozen=True)
class HashSlide:
    """The frozen list: its length and its SHA-256 in sixteen groups of four, to be read and photographed."""

    banner: Banner
    count: str
    groups: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class ListRow:
    """One line of a list; what is not known or not to be shown is empty."""

    n: str
    id: str
    name: str
    unit: str
    outcome: str = ""


@dataclass(frozen=True)
class ListSlide:
    """One page (from 1) of the frozen list, or of what was drawn. `feet`: lines that stay under every page."""

    banner: Banner
    rows: tuple[ListRow, ...]
    page: int
    pages: int
    feet: tuple[str, ...]


@dataclass(frozen=True)
class SeedLine:
    """One part of the seed as typed so far, and the witness who gives it."""

    label: str
    part: str
    witness: str


@dataclass(frozen=True)
class SeedSlide:
    """The seed while it is typed. key: what comes of it, empty before all parts are there; note: what is wanted."""

    banner: Banner
    lines: tuple[SeedLine, ...]
    key: str
    note: str


@dataclass(frozen=True)
class StepRow:
    """One entry of the walk: who it is and what became of it. n: its number in the list."""

    n: int
    id: str
    name: str
    unit: str
    outcome: str

    @property
    def who(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id


@dataclass(frozen=True)
class StepSlide:
    """Where the draw is now. `now` is None before the first and after the last one drawn.

    passed: sentences on those passed over on the way to `now`; recent: those drawn before, newest first.
    done, total: entries of the walk; note, detail: what is shown in the place of `now` while there is none.
    """

    banner: Banner
    now: StepRow | None
    passed: tuple[str, ...]
    recent: tuple[StepRow, ...]
    done: int
    total: int
    note: str = ""
    detail: str = ""


@dataclass(frozen=True)
class SealedSlide:
    """A blind draw: how much was drawn, from which list, with which seed, and nothing of anybody."""

    banner: Banner
    statement: str
    groups: tuple[str, ...]
    key: str
    by: str


CeremonySlide = HashSlide | ListSlide | SeedSlide | StepSlide | SealedSlide
