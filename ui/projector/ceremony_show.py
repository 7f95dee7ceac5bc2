"""Walks through the ceremony of a draw: the operator drives it, pages and steps turn by themselves."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from ui.projector import ceremony as ceremonies
from ui.projector.ceremony import DRAW, LIST, RESULT, SEED, Ceremony
from ui.projector.ceremony_slides import CeremonySlide, SeedSlide

SLOW, NORMAL, FAST = "slow", "normal", "fast"
SPEEDS = (SLOW, NORMAL, FAST)
_STEP_MS = {SLOW: 2_500, NORMAL: 1_000, FAST: 100}
_PAGE_MS = {SLOW: 12_000, NORMAL: 8_000, FAST: 3_000}
_FAST_TURNS = 150  # a fast draw is over after so many turns of the timer, however long the list


class CeremonyShow(QObject):
    """Where the ceremony is: a stage and a position in it, from 0.

    The list begins with its hash and stays there until the operator goes on; then its pages turn and begin
    anew. The draw goes on by itself and stops at its end. `step()` is what the timer does.
    Signals: slide_changed(slide); state_changed: stage, position, speed or playing differs.
    """

    slide_changed = Signal(object)
    state_changed = Signal()

    def __init__(self, ceremony: Ceremony, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ceremony = ceremony
        self.stage = LIST
        self.position = 0
        self.speed = NORMAL
        self.playing = True
        self._held = False
        self._seed: SeedSlide | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.step)
        self.slide: CeremonySlide = ceremonies.slide_of(ceremony, LIST, 0)

    @property
    def last(self) -> int:
        """The last position of this stage."""
        return self.ceremony.last(self.stage)

    @property
    def is_turning(self) -> bool:
        """Whether it goes on by itself now."""
        return self._timer.isActive()

    @property
    def can_go_on(self) -> bool:
        """Whether there is something after this moment."""
        return self.position < self.last or self.stage != self.ceremony.stages[-1]

    def take(self, ceremony: Ceremony) -> None:
        """The same draw, read anew: it was drawn meanwhile, or sealed. Stays where it is if that can still be shown."""
        self.ceremony = ceremony
        if self.stage not in ceremony.stages:
            self.stage, self.position = ceremony.stages[-1], 0
        self.position = min(self.position, self.last)
        self._show()

    def show_seed(self, parts: Sequence[str], witnesses: Sequence[str], key: str, note: str) -> None:
        """The seed as typed so far; after the draw its own parts stand there."""
        slide = ceremonies.slide_of(self.ceremony, SEED, 0)
        assert isinstance(slide, SeedSlide)
        self._seed = SeedSlide(slide.banner, ceremonies.seed_lines(parts, witnesses), key, note)
        self._show()

    def next(self) -> None:
        """The next moment of this stage; after its last one, the next stage."""
        if self.position < self.last:
            self._move(self.position + 1)
        else:
            self._next_stage()

    def back(self) -> None:
        """The moment before; before the first one, the end of the stage before."""
        stages = self.ceremony.stages
        if self.position:
            self._move(self.position - 1)
        elif self.stage != stages[0]:
            self.stage = stages[stages.index(self.stage) - 1]
            self._move(self.last)

    def skip(self) -> None:
        """The end of this stage; from there, the next stage."""
        if self.position < self.last:
            self._move(self.last)
        else:
            self._next_stage()

    def go(self, stage: str) -> None:
        """The beginning of a stage that can be shown. The draw plays from its beginning."""
        if stage in self.ceremony.stages:
            self.stage = stage
            self.playing = True
            self._move(0)

    def step(self) -> None:
        """What happens by itself: the next page, or as many entries drawn as the speed wants."""
        if self.stage == DRAW:
            many = -(-len(self.ceremony.beats) // _FAST_TURNS) if self.speed == FAST else 1
            self._move(min(self.position + many, self.last))
        elif self._turns_pages:
            first = 1 if self.stage == LIST else 0
            self._move(self.position + 1 if self.position < self.last else first)

    def set_playing(self, on: bool) -> None:
        """Go on by itself, or stay."""
        self.playing = on
        self._show()

    def set_speed(self, speed: str) -> None:
        """slow | normal | fast."""
        self.speed = speed
        self._timer.stop()  # so that the new interval counts from now
        self._show()

    def hold(self, on: bool) -> None:
        """Stay while nobody sees it."""
        self._held = on
        self._show()

    @property
    def _turns_pages(self) -> bool:
        return (self.stage == LIST and self.position > 0 and self.last > 1) or (self.stage == RESULT and self.last > 0)

    def _next_stage(self) -> None:
        stages = self.ceremony.stages
        if self.stage != stages[-1]:
            self.go(stages[stages.index(self.stage) + 1])

    def _move(self, position: int) -> None:
        self.position = position
        self._timer.stop()
        self._show()

    def _show(self) -> None:
        slide = self._slide()
        if slide != self.slide:
            self.slide = slide
            self.slide_changed.emit(slide)
        self._turn()
        self.state_changed.emit()

    def _slide(self) -> CeremonySlide:
        if self.stage == SEED and not self.ceremony.is_drawn and self._seed is not None:
            return self._seed
        return ceremonies.slide_of(self.ceremony, self.stage, self.position)

    def _turn(self) -> None:
        """Start or stop the timer as the moment wants."""
        goes_on = self._turns_pages or (self.stage == DRAW and self.position < self.last)
        if not (self.playing and goes_on) or self._held:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start((_STEP_MS if self.stage == DRAW else _PAGE_MS)[self.speed])
