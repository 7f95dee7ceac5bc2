"""What is on paper: printed when, from what, and which papers changed since."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from data import models
from data.errors import UserError
from data.queries import after_papers, ladder_papers, papers
from data.queries.timetable_papers import Timetables, timetable_number, timetables
from data.store import Store

BADGES, MARKSHEETS, CERTIFICATES = "badges", "marksheets", "certificates"
LADDERS, NOTICE, VOID_LIST = "ladders", "notice", "void_list"
BELOW_LIST, JUDGE_REPORT = "below_list", "judge_report"
SLIPS, RUNNING_LISTS, JUDGE_LISTS = "slips", "running_lists", "judge_lists"
DOOR_LISTS, OVERVIEW = "door_lists", "overview"
TIMETABLES = "timetables"  # all sides of the timetable together
SIDES = (SLIPS, RUNNING_LISTS, JUDGE_LISTS, DOOR_LISTS, OVERVIEW)
KINDS = (BADGES, MARKSHEETS, *SIDES, TIMETABLES, LADDERS, NOTICE, CERTIFICATES, VOID_LIST, BELOW_LIST, JUDGE_REPORT)
PART = "/"  # between the kind and the part in the name of a printout that was not all of its kind

# The fields that stand on a paper; a change of any other leaves the papers right.
_PRINTED = {
    "event": frozenset({"name", "organizer", "blind", "date"}),
    "division": frozenset({"category", "name"}),
    "unit": frozenset({"name"}),
    "station": frozenset({"code", "name", "judges", "sheet"}),
    "sheet": frozenset({"name"}),
    "item": frozenset({"number", "section", "text", "full_milli", "kind", "rule", "step_milli", "sheet"}),
    "judge": frozenset({"name", "unit_name", "station", "lane", "seat", "chief", "reserve"}),
    "entrant": frozenset({"name", "number", "token", "unit", "division"}),
    "photo": frozenset({"sha256"}),
    "break": frozenset({"name", "starts_minute", "ends_minute", "station"}),
    "resit": frozenset({"date", "result_milli", "passed", "note"}),
    "mark": frozenset({"values", "total_milli", "latest"}),
}
_REPORTED = ("mark", "judge", "item", "station", "sheet")  # what the judges' report is reckoned from


@dataclass(frozen=True)
class PaperState:
    """One kind of paper. `problem`: why it cannot be printed now, None when it can.

    pieces: how many there are. changed: the ids of the papers (see queries.papers) that differ from the
    last printout of all of them. of_version: the timetable or result version that was printed;
    version: the one in force, None where papers have none.
    """

    kind: str
    pieces: int = 0
    problem: UserError | None = None
    version: int | None = None
    printed_at: str | None = None
    of_version: int | None = None
    changed: frozenset[int] = frozenset()


@dataclass
class _Changes:
    """Rows that a paper shows and that changed: ids by table; `sheets`: mark sheets whose items changed;
    `portrayed`: people whose photo changed."""

    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    sheets: set[int] = field(default_factory=set)
    portrayed: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Last:
    at: str
    of_version: int | None


def states(store: Store) -> list[PaperState]:
    """Every kind of paper but the timetables as a whole, in the order in which they are needed."""
    with store.read():
        tables = cache(lambda: timetables(store))  # of which most kinds are a side
        return [_state(store, kind, tables) for kind in KINDS if kind != TIMETABLES]


def state(store: Store, kind: str) -> PaperState:
    """One kind of paper as it stands."""
    return _state(store, kind, lambda: timetables(store))


def _state(store: Store, kind: str, tables: Callable[[], Timetables]) -> PaperState:
    with store.read():
        last = _last(kind)
        at, of_version = (last.at, last.of_version) if last else (None, None)
        try:
            pieces, version = _present(store, kind, tables)
        except UserError as error:
            return PaperState(kind, problem=error, printed_at=at, of_version=of_version)
        changed = _changed(store, kind, last, pieces, version) if last else frozenset()
        return PaperState(kind, len(pieces), None, version, at, of_version, changed)


def _last(kind: str) -> _Last | None:
    kinds = (kind, TIMETABLES) if kind in SIDES else (kind,)
    row = (
        models.Printout.select(models.Printout.at, models.Printout.of_version)
        .where(models.Printout.kind.in_(kinds))
        .order_by(models.Printout.id.desc())
        .tuples()
        .first()
    )
    return _Last(*row) if row else None


def _present(store: Store, kind: str, tables: Callable[[], Timetables]) -> tuple[list[Any], int | None]:
    """The papers of a kind as they are now, and the version they are of."""
    if kind == BADGES:
        return list(papers.badges(store, with_photos=False)), None
    if kind == MARKSHEETS:
        return list(papers.mark_sheets(store)), timetable_number(store)
    if kind == LADDERS:
        return list(ladder_papers.ladder_papers(store)), ladder_papers.newest_version()
    if kind == NOTICE:
        listed = papers.notice_paper(store)
        return [listed], listed.id
    if kind == CERTIFICATES:
        found = papers.certificates(store)
        return list(found.certificates), found.version
    if kind == VOID_LIST:
        voided = papers.void_list(store)
        return [voided], voided.id
    if kind == BELOW_LIST:
        below = after_papers.below_list(store)
        return [below], below.id
    if kind == JUDGE_REPORT:
        return list(after_papers.judged_stations(store)), None
    timetable = tables()
    return list(_side(timetable, kind)), timetable.number


def _side(tables: Timetables, kind: str) -> tuple[Any, ...]:
    return {
        SLIPS: tables.entrants,
        RUNNING_LISTS: tables.lanes,
        JUDGE_LISTS: tables.judges,
        DOOR_LISTS: tables.doors,
        OVERVIEW: tables.overviews,
    }[kind]


def _changed(store: Store, kind: str, last: _Last, pieces: list[Any], version: int | None) -> frozenset[int]:
    if kind == CERTIFICATES:
        before = {one.id: one for one in papers.certificates(store, last.of_version).certificates}
        return frozenset(one.id for one in pieces if before.get(one.id) != one)
    if kind in (LADDERS, NOTICE, VOID_LIST):
        return frozenset() if last.of_version == version else frozenset(one.id for one in pieces)
    changes = _changes_since(last.at)
    if kind == BELOW_LIST:
        same = last.of_version == version and not changes.rows["resit"]
        return frozenset() if same else frozenset(one.id for one in pieces)
    if kind == JUDGE_REPORT:
        same = not any(changes.rows[table] for table in _REPORTED)
        return frozenset() if same else frozenset(one.id for one in pieces)
    if changes.rows["event"]:
        return frozenset(one.id for one in pieces)
    entrants = _entrants_of(changes)
    if kind == BADGES:
        entrants |= _portrayed(changes)
        return frozenset(one.id for one in pieces if one.id in entrants)
    if last.of_version is None:
        return frozenset(one.id for one in pieces)
    former = timetables(store, last.of_version)
    if kind == MARKSHEETS:
        slots = {turn.visit_id: turn for lane in former.lanes for turn in lane.turns}
        present = {turn.visit_id: turn for lane in timetables(store).lanes for turn in lane.turns}
        moved = {visit for visit, turn in present.items() if slots.get(visit) != turn or turn.entrant_id in entrants}
        stations = _stations_of(changes)
        return frozenset(one.id for one in pieces if one.id in moved or one.station.id in stations)
    before = {one.id: one for one in _side(former, kind)}
    return frozenset(one.id for one in pieces if before.get(one.id) != one or _concerned(one, kind, entrants, changes))


def _concerned(one: Any, kind: str, entrants: set[int], changes: _Changes) -> bool:
    """Whether something that a timetable shows changed without its turns being others."""
    if kind == JUDGE_LISTS and one.id in changes.rows["judge"]:
        return True
    if kind == RUNNING_LISTS and changes.rows["judge"]:
        return True
    if kind == OVERVIEW and changes.rows["break"]:
        return True
    return bool(changes.rows["station"]) or any(turn.entrant_id in entrants for turn in one.turns)


def _changes_since(at: str) -> _Changes:
    """What later writes than the printout of this moment changed on papers."""
    printed = (
        models.Audit.select(models.Audit.id).where(models.Audit.at == at).order_by(models.Audit.id.desc()).scalar()
    )
    changes = _Changes()
    later = models.Audit.select(models.Audit.changes).where(models.Audit.id > printed).tuples()
    for (text,) in later:
        for table, row_id, before, after in json.loads(text):
            fields = (before or {}).keys() | (after or {}).keys()
            if table == "event" and "stand_ins" in fields:
                changes.rows["judge"] |= _judges_beside_reserves()
            if _PRINTED.get(table, frozenset()) & fields:
                changes.rows[table].add(row_id)
                if table == "item":
                    changes.sheets |= {row["sheet"] for row in (before, after) if row and "sheet" in row}
                elif table == "photo":
                    changes.portrayed |= {row["person"] for row in (before, after) if row and "person" in row}
    if changes.rows["judge"] & _reserves():
        changes.rows["judge"] |= _judges_beside_reserves()
    photos = models.Photo.select(models.Photo.person).where(models.Photo.id.in_(changes.rows["photo"]))
    changes.portrayed |= {person for (person,) in photos.tuples()}
    items = models.Item.select(models.Item.sheet).where(models.Item.id.in_(changes.rows["item"]))
    changes.sheets |= {sheet for (sheet,) in items.tuples()} | changes.rows["sheet"]
    return changes


def _reserves() -> set[int]:
    return {judge for (judge,) in models.Judge.select(models.Judge.id).where(models.Judge.reserve).tuples()}


def _judges_beside_reserves() -> set[int]:
    """Every judge of the stations that have reserve judges: another may mark now what one of them did."""
    reserved = models.Judge.select(models.Judge.station).where(models.Judge.reserve)
    judges = models.Judge.select(models.Judge.id).where(models.Judge.station.in_(reserved))
    return {judge for (judge,) in judges.tuples()}


def _entrants_of(changes: _Changes) -> set[int]:
    """Entrants whose own row, unit or division changed."""
    concerned = models.Entrant.select(models.Entrant.id).where(
        models.Entrant.id.in_(changes.rows["entrant"])
        | models.Entrant.unit.in_(changes.rows["unit"])
        | models.Entrant.division.in_(changes.rows["division"])
    )
    return {entrant for (entrant,) in concerned.tuples()}


def _portrayed(changes: _Changes) -> set[int]:
    """Entrants on whose badge the face changed."""
    concerned = models.Entrant.select(models.Entrant.id).where(models.Entrant.person.in_(changes.portrayed))
    return {entrant for (entrant,) in concerned.tuples()}


def _stations_of(changes: _Changes) -> set[int]:
    """Stations whose mark sheets look different: another name, other items, other judges."""
    judging: Iterable[tuple[int]] = (
        models.Judge.select(models.Judge.station).where(models.Judge.id.in_(changes.rows["judge"])).tuples()
    )
    with_sheet: Iterable[tuple[int]] = (
        models.Station.select(models.Station.id).where(models.Station.sheet.in_(changes.sheets)).tuples()
    )
    return changes.rows["station"] | {station for (station,) in (*judging, *with_sheet)}
