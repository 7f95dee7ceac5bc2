"""All that the draws page shows of one kind of draw, read at once: a long list takes longer than a window may wait."""

from dataclasses import dataclass, replace

from data.i18n import _
from data.local_time import local_time
from data.queries import draw_words
from data.queries import draws as queries
from data.queries import plan as plan_queries
from data.queries.coverage import CoverageRow, coverage
from data.queries.draws import DrawLine, DrawRow, DrawStep
from data.rules.draw_record import ITEMS, JUDGES, KINDS, LANES, NUMBERS, SELECTION, Candidate
from data.rules.plan import Plan
from data.rules.programme import choices
from data.store import Store
from ui.task import Progress


@dataclass(frozen=True)
class Need:
    """What has to be done before: a sentence, and the page or the kind of draw that does it."""

    text: str
    target: str  # one of KINDS, or the key of a page


@dataclass(frozen=True)
class Walked:
    """One step of a draw that was made; `place` counts from 1."""

    place: int
    step: DrawStep


@dataclass(frozen=True)
class DrawView:
    """One kind of draw as it stands: not frozen (`row` is None), frozen, or drawn.

    changed: the event differs from the frozen list. A sealed draw has no lines and no steps.
    """

    kind: str
    row: DrawRow | None
    settings: tuple[str, ...]
    need: Need | None
    lines: tuple[DrawLine, ...]
    steps: tuple[Walked, ...] = ()
    coverage: tuple[CoverageRow, ...] = ()
    changed: bool = False
    key: str = ""
    by: str = ""
    outcome: str = ""


def kinds_of(plan: Plan, standing: set[str]) -> tuple[str, ...]:
    """The kinds that this plan has a use for, and those that stand already."""
    useful = {SELECTION, NUMBERS}
    if _has_choices(plan):
        useful.add(ITEMS)
    if any(station.lanes > 1 for station in plan.stations):
        useful.add(LANES)
    if sum(judge.role == "judge" for judge in plan.judges) > 1:
        useful.add(JUDGES)
    return tuple(kind for kind in KINDS if kind in useful | standing)


def view_of(store: Store, kind: str, _progress: Progress) -> DrawView:
    """Read one kind of draw."""
    row = queries.current(store, kind)
    covered = tuple(coverage(store)) if kind == SELECTION else ()
    if row is None:
        members = [member.candidate for member in queries.pool_of(store, kind)]
        settings = draw_words.settings_texts(kind, queries.rules_of(store, kind), queries.quotas_of(store, kind))
        need = _need(store, kind, bool(members))
        shown = [] if queries.hides(store, kind) else members
        lines = tuple(_line(n, entry) for n, entry in enumerate(shown, start=1))
        return DrawView(kind, None, tuple(settings), need, lines, coverage=covered)
    record = queries.published(store, row.id)
    settings = draw_words.settings_texts(kind, record.get("rules") or {}, record["quotas"])
    view = DrawView(kind, row, tuple(settings), None, (), coverage=covered)
    if row.state == "frozen":
        return replace(view, lines=tuple(queries.lines(record)), changed=bool(queries.difference(store, row.id)))
    names, at = _(", ").join(record["witnesses"]), moment_text(row.drawn_at)
    by = _("Witnesses: {names}   {at}").format(names=names, at=at)
    drawn = replace(view, key=record["key"], by=by)
    if row.sealed:
        return replace(drawn, outcome=draw_words.outcome_text(kind, row.results))
    steps = tuple(Walked(place, step) for place, step in enumerate(queries.steps(record), start=1))
    return replace(drawn, lines=tuple(queries.lines(record)), steps=steps, outcome=draw_words.count_text(record))


def moment_text(at: str | None) -> str:
    """A moment of the event file, to the minute; empty without one."""
    return f"{local_time(at):%Y-%m-%d %H:%M}" if at else ""


def _line(n: int, entry: Candidate) -> DrawLine:
    return DrawLine(n, str(entry.id), entry.name, entry.unit, None, "", "")


def _need(store: Store, kind: str, listed: bool) -> Need | None:
    """What is missing before this list can be frozen."""
    if kind in (ITEMS, LANES) and not _is_drawn(store, NUMBERS):
        return Need(_("Draw the contestant numbers first."), NUMBERS)
    if kind == LANES and not _is_drawn(store, ITEMS) and _has_choices(plan_queries.current_plan(store)):
        return Need(_("Draw the optional stations first, so that it is known who comes to which station."), ITEMS)
    if listed:
        return None
    if kind == SELECTION and queries.quotas_of(store, SELECTION):
        return Need(_("There are no staff yet: import the rosters of the units."), "roster")
    if kind == NUMBERS and not _is_drawn(store, SELECTION):
        return Need(_("Draw who competes first."), SELECTION)
    if kind == SELECTION:
        return None  # a contest of teams alone
    return Need(_("The plan has nothing to draw here."), "setup")


def _is_drawn(store: Store, kind: str) -> bool:
    row = queries.current(store, kind)
    return row is not None and row.state == "drawn"


def _has_choices(plan: Plan) -> bool:
    return any(choices(plan, division.code) for division in plan.divisions)
