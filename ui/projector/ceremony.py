"""The ceremony of one draw, prepared from its record: the stages, and the slide of each moment. No Qt.

Nothing here draws: the record was made and committed before a name of it is shown, so a ceremony can
be left at any moment and shown again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from data.i18n import _, ngettext
from data.local_time import local_time
from data.queries import draw_words
from data.queries import draws as queries
from data.queries.draws import DrawStep
from data.rules.draw_record import NUMBERS, Record
from data.store import Store
from ui.projector.ceremony_slides import (
    Banner,
    CeremonySlide,
    HashSlide,
    ListRow,
    ListSlide,
    SealedSlide,
    SeedLine,
    SeedSlide,
    StepRow,
    StepSlide,
)

LIST, SEED, DRAW, RESULT = "list", "seed", "draw", "result"
STAGES = (LIST, SEED, DRAW, RESULT)
LIST_ROWS = 10
RESULT_ROWS = 8  # the list of what was drawn leaves room for hash, key and witnesses
RECENT = 5
_PASSED_SHOWN = 2
_GROUP = 4  # hexadecimal digits


@dataclass(frozen=True)
class Beat:
    """One entry drawn, and those passed over on the way to it; at the end of the walk it may be these alone.

    reached: entries of the walk when this beat is over.
    """

    drawn: StepRow | None
    passed: tuple[StepRow, ...]
    reached: int


@dataclass(frozen=True)
class Ceremony:
    """One draw as the hall may see it. A sealed one has no rows, beats or results."""

    draw_id: int
    kind: str
    event: str
    count: int
    sha256: str
    rows: tuple[ListRow, ...]
    is_drawn: bool = False
    sealed: bool = False
    seed: tuple[SeedLine, ...] = ()
    key: str = ""
    by: str = ""
    outcome: str = ""  # how much was drawn, as a sentence
    beats: tuple[Beat, ...] = field(default=(), repr=False)
    results: tuple[ListRow, ...] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        return draw_words.kind_title(self.kind)

    @property
    def stages(self) -> tuple[str, ...]:
        """What can be shown now: the draw and its result only after it was made; a sealed one has no steps."""
        if not self.is_drawn:
            return LIST, SEED
        return (LIST, SEED, RESULT) if self.sealed else STAGES

    def as_sealed(self) -> "Ceremony":
        """The same with nothing of anybody."""
        return replace(self, sealed=True, rows=(), beats=(), results=())

    def last(self, stage: str) -> int:
        """The last position of a stage, from 0. The list begins with its hash, the draw with nobody drawn."""
        if stage == LIST:
            return _pages(self.rows, LIST_ROWS)
        if stage == DRAW:
            return len(self.beats)
        if stage == RESULT:
            return max(_pages(self.results, RESULT_ROWS) - 1, 0)
        return 0


def ceremony_of(store: Store, draw_id: int) -> Ceremony:
    """Read a draw and prepare all that its ceremony shows; takes a while for a long list.

    Raises:
        NotFound: there is no such draw.
    """
    row = next((row for row in queries.draws(store) if row.id == draw_id), None)
    record = queries.published(store, draw_id)
    assert row is not None
    rows = (
        ListRow(str(entry["n"]), entry["id"], entry.get("name", ""), entry.get("unit", ""))
        for entry in record.get("pool", ())
    )
    made = Ceremony(draw_id, row.kind, record["event"], row.pool, row.pool_sha256, tuple(rows))
    if row.drawn_at is None:
        return made
    drawn = replace(
        made,
        is_drawn=True,
        seed=seed_lines(record["seed_parts"], record["witnesses"]),
        key=record["key"],
        by=_by(record),
    )
    if row.sealed:
        return replace(drawn.as_sealed(), outcome=draw_words.outcome_text(row.kind, row.results))
    steps = queries.steps(record)
    outcome = draw_words.count_text(record)
    return replace(drawn, outcome=outcome, beats=beats_of(steps), results=_results(record, steps))


def beats_of(steps: Sequence[DrawStep]) -> tuple[Beat, ...]:
    """The steps gathered so that each beat ends with somebody drawn."""
    beats: list[Beat] = []
    passed: list[StepRow] = []
    for reached, step in enumerate(steps, start=1):
        row = StepRow(step.n, step.id, step.name, step.unit, step.outcome)
        if step.taken:
            beats.append(Beat(row, tuple(passed), reached))
            passed = []
        else:
            passed.append(row)
    if passed:
        beats.append(Beat(None, tuple(passed), len(steps)))
    return tuple(beats)


def seed_lines(seed_parts: Sequence[str], witnesses: Sequence[str]) -> tuple[SeedLine, ...]:
    """A line for each part of the seed; a part without a witness and the other way round are shown too."""
    lines = []
    for number in range(max(len(seed_parts), len(witnesses))):
        part = seed_parts[number] if number < len(seed_parts) else ""
        witness = witnesses[number] if number < len(witnesses) else ""
        lines.append(SeedLine(_("Part {number}").format(number=number + 1), part.strip(), witness.strip()))
    return tuple(lines)


def slide_of(ceremony: Ceremony, stage: str, position: int) -> CeremonySlide:
    """The slide of one moment. position: from 0 to `ceremony.last(stage)`."""
    if stage == LIST:
        return _list_slide(ceremony, position)
    if stage == SEED:
        return SeedSlide(_banner(ceremony), ceremony.seed, ceremony.key, "")
    if stage == DRAW:
        return _step_slide(ceremony, position)
    if ceremony.sealed:
        return SealedSlide(
            _banner(ceremony),
            _("{outcome}, sealed until they are decoded").format(outcome=ceremony.outcome),
            groups_of(ceremony.sha256),
            ceremony.key,
            ceremony.by,
        )
    return ListSlide(
        _banner(ceremony),
        _page(ceremony.results, position, RESULT_ROWS),
        position + 1,
        _pages(ceremony.results, RESULT_ROWS),
        (f"SHA-256  {' '.join(groups_of(ceremony.sha256))}", _("Key  {key}").format(key=ceremony.key), ceremony.by),
    )


def groups_of(sha256: str) -> tuple[str, ...]:
    """A hash in groups that a person can read aloud."""
    return tuple(sha256[start : start + _GROUP] for start in range(0, len(sha256), _GROUP))


def _list_slide(ceremony: Ceremony, position: int) -> CeremonySlide:
    count = ngettext("{n} entry", "{n} entries", ceremony.count).format(n=ceremony.count)
    if position == 0:
        note = _("The SHA-256 fixes the list: not one character of it can change unseen.")
        return HashSlide(_banner(ceremony), count, groups_of(ceremony.sha256), note)
    groups = groups_of(ceremony.sha256)
    foot = f"{count}     SHA-256  {' '.join(groups[:2])} … {' '.join(groups[-2:])}"
    pages = _pages(ceremony.rows, LIST_ROWS)
    return ListSlide(_banner(ceremony), _page(ceremony.rows, position - 1, LIST_ROWS), position, pages, (foot,))


def _step_slide(ceremony: Ceremony, position: int) -> StepSlide:
    beats = ceremony.beats
    total = beats[-1].reached if beats else 0
    if position == 0:
        key = _("Key  {key}").format(key=ceremony.key)
        return StepSlide(_walking(ceremony), None, (), (), 0, total, _("The draw begins."), key)
    beat = beats[position - 1]
    before = [one.drawn for one in beats[max(position - RECENT - 2, 0) : position - 1] if one.drawn is not None]
    note = "" if beat.drawn is not None else _("The walk through the list is over.")
    recent = tuple(reversed(before))[:RECENT]
    banner = _banner(ceremony) if position == len(beats) else _walking(ceremony)
    return StepSlide(banner, beat.drawn, _passed(beat.passed), recent, beat.reached, total, note)


def _passed(rows: tuple[StepRow, ...]) -> tuple[str, ...]:
    """One sentence each for a few; of many, how many, and the last by name and reason."""
    if len(rows) <= _PASSED_SHOWN:
        return tuple(_("Passed over: {who} – {reason}").format(who=_who(row), reason=row.outcome) for row in rows)
    text = _("{n} passed over, the last: {who} – {reason}")
    return (text.format(n=len(rows), who=_who(rows[-1]), reason=rows[-1].outcome),)


def _who(row: StepRow) -> str:
    return f"{row.who}  {row.unit}" if row.unit and row.unit != row.name else row.who


def _results(record: Record, steps: Sequence[DrawStep]) -> tuple[ListRow, ...]:
    """Those drawn: numbers in their order, everything else in the order of the list."""
    taken = [step for step in steps if step.taken]
    if record["kind"] != NUMBERS:
        taken.sort(key=lambda step: step.n)
    return tuple(ListRow(str(step.n), step.id, step.name, step.unit, step.outcome) for step in taken)


def _by(record: Record) -> str:
    at = local_time(record["drawn_at"])
    names = _(", ").join(dict.fromkeys(record["witnesses"]))
    return _("{time:%Y-%m-%d %H:%M}   Witnesses: {names}").format(time=at, names=names)


def _banner(ceremony: Ceremony) -> Banner:
    if ceremony.sealed:
        return Banner(ceremony.event, ceremony.title, _("Drawn · sealed"), "provisional")
    if ceremony.is_drawn:
        return Banner(ceremony.event, ceremony.title, ceremony.outcome, "complete")
    return Banner(ceremony.event, ceremony.title, _("List frozen · not drawn yet"), "frozen")


def _walking(ceremony: Ceremony) -> Banner:
    """Before the last moment of the draw nothing is told of what it gave."""
    return Banner(ceremony.event, ceremony.title, _("Being drawn"), "provisional")


def _pages(rows: tuple[ListRow, ...], size: int) -> int:
    return -(-len(rows) // size)


def _page(rows: tuple[ListRow, ...], number: int, size: int) -> tuple[ListRow, ...]:
    return rows[number * size : (number + 1) * size]
