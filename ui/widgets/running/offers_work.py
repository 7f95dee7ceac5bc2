"""Computing the ways to go on with a running day in a worker thread, and putting one of them in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.actions.setup import save_plan
from data.i18n import _
from data.queries import entrants as entrant_queries
from data.queries import schedule
from data.queries.plan import current_plan
from data.rules.rotation_model import Problem, Slot
from data.store import Store
from ui.task import Progress as Report
from ui.task import Task
from ui.widgets.running.offers_card import OfferView
from ui.widgets.running.offers_panel import ChangeRow

if TYPE_CHECKING:  # the solver takes a second to load: in the worker thread, when it is wanted
    from data.queries.schedule_words import Words
    from data.rules.rotation_retime import Offer

_LINES = 2  # of what stands in the way of an offer; more would not be read
_LATE = frozenset({"late", "station_late", "no_room"})  # obstacles that a later closing time may take away


@dataclass(frozen=True)
class Computed:
    """What the work has found, by kind of offer. `minute` of the day and `number` of the timetable
    that it was computed for."""

    minute: int | None
    number: int | None
    offers: Mapping[str, "Offer"]
    views: tuple[OfferView, ...]
    changes: Mapping[str, tuple[ChangeRow, ...]]


class OffersWork:
    """The work of one task; result: Computed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._task: Task | None = None

    def follow(self, task: Task) -> None:
        """Watch this task, so that the search stops when the user stops it."""
        self._task = task

    def _is_cancelled(self) -> bool:
        return self._task is not None and self._task.is_cancelled

    def __call__(self, report: Report) -> Computed:
        from data.queries.schedule_words import Words
        from data.rules import rotation_retime

        store = self._store
        with store.read():
            problem = schedule.problem(store)
            current = schedule.current(store)
        report(0, 0, _("Looking for times for the visits still to come"))
        offers = rotation_retime.offers(problem, self._is_cancelled)
        report(0, 0, _("Comparing"))
        planned = current.finish_minute if current is not None else problem.closes
        words = Words(store)
        rows = {row.id: row for row in entrant_queries.entrants(store)}
        changes = {offer.kind: tuple(_changes(problem, offer, words, rows)) for offer in offers}
        return Computed(
            problem.now,
            current.number if current is not None else None,
            {offer.kind: offer for offer in offers},
            tuple(_view(offer, planned, words, changes[offer.kind]) for offer in offers),
            changes,
        )


class TakeWork:
    """The work of the task that saves an offer; result: the number of the new timetable."""

    def __init__(self, store: Store, actor: str, offer: "Offer", on_number: int | None, reason: str) -> None:
        self._store = store
        self._actor = actor
        self._offer = offer
        self._on_number = on_number
        self._reason = reason

    def __call__(self, report: Report) -> int:
        from data.actions import schedule as actions

        report(0, 0, _("Saving"))
        return actions.save_timetable(
            self._store,
            self._actor,
            self._offer.solution,
            self._reason,
            cause=self._offer.kind,
            on_number=self._on_number,
        )


class ExtendWork:
    """The work of the task that lets the day end later; result: None."""

    def __init__(self, store: Store, actor: str, minute: int, reason: str) -> None:
        self._store = store
        self._actor = actor
        self._minute = minute
        self._reason = reason

    def __call__(self, report: Report) -> None:
        report(0, 0, _("Saving"))
        plan = current_plan(self._store)
        later = replace(plan, info=replace(plan.info, closes_minute=self._minute))
        save_plan(self._store, self._actor, later, self._reason)


def _view(offer: "Offer", planned: int, words: "Words", changes: Sequence[ChangeRow]) -> OfferView:
    problem = " ".join(dict.fromkeys(words.obstacle(one) for one in offer.solution.obstacles[:_LINES]))
    is_late = any(one.code in _LATE for one in offer.solution.obstacles)
    return OfferView(
        offer.kind,
        offer.finish,
        offer.finish - planned,
        len(offer.changed),
        offer.longest_wait,
        max(map(_minutes_moved, changes), default=0),
        problem,
        offer.finish if is_late else None,
    )


def _minutes_moved(row: ChangeRow) -> int:
    if row.old_minute is None or row.new_minute is None:
        return 0
    return abs(row.new_minute - row.old_minute)


def _changes(
    problem: Problem, offer: "Offer", words: "Words", rows: Mapping[int, entrant_queries.EntrantRow]
) -> Sequence[ChangeRow]:
    """The visits still to come that are elsewhere in the offer than in the timetable in force, by their new time."""
    fixed = {(slot.entrant, slot.station) for slot in problem.done}
    old = {(slot.entrant, slot.station): slot for slot in problem.before}
    new = {(slot.entrant, slot.station): slot for slot in offer.solution.slots}
    found = []
    for visit in sorted(old.keys() | new.keys() - fixed, key=lambda visit: _place(new.get(visit), old.get(visit))):
        before, after = old.get(visit), new.get(visit)
        if before != after:
            row = rows.get(visit[0])
            number, name, unit = (row.number or "", row.name, row.unit_short) if row is not None else ("", "", "")
            found.append(
                ChangeRow(
                    visit,
                    number,
                    name,
                    unit,
                    words.station(visit[1]),
                    before.lane if before else None,
                    before.starts if before else None,
                    after.lane if after else None,
                    after.starts if after else None,
                )
            )
    return found


def _place(new: Slot | None, old: Slot | None) -> tuple[int, str, int]:
    slot = new or old
    assert slot is not None
    return slot.starts, slot.station, slot.lane
