"""Marks that come in a file: for rehearsals, and where marks were entered elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from data import models
from data.actions import operators
from data.actions.marks import put_mark, put_visit
from data.errors import InvalidInput, UserError
from data.i18n import _, ngettext
from data.queries import mark_words, programme, sealing
from data.queries.plan import items_of
from data.rules import score_files
from data.rules.decimals import NumberProblem, read_milli
from data.rules.identity import clean_id_number, fold_width
from data.rules.marksheet import Value, ValueProblem, read_seconds, read_value
from data.rules.plan import Item
from data.rules.score_files import MarkRow
from data.store import Store

_PROBLEMS_SHOWN = 20


@dataclass(frozen=True)
class MarksImport:
    """How many mark sheets were new or corrected, how many stood there already, and how many of the former have
    something unusual in them that the chief judge has to confirm."""

    changed: int
    same: int
    unusual: int = 0


@dataclass
class _SheetRows:
    """The rows of one judge's sheet of a visit."""

    line: int
    values: dict[int, Value] = field(default_factory=dict)
    total_milli: int | None = None


class _RowProblem(Exception):
    """A line of the file that cannot be used, in words."""


def apply_marks(store: Store, actor: str, rows: Iterable[MarkRow], reason: str = "") -> MarksImport:
    """Take all the marks of a file, or none of them.

    Raises:
        InvalidInput: lines that cannot be used; the message names each by its number.
        NotAllowed: the actor has not signed in where people do.
    """
    with store.write(actor, "marks.import", reason.strip()) as writing:
        operators.refuse_stranger(store, actor)
        book = _Book()
        problems: list[str] = []
        for row in rows:
            try:
                book.add(row)
            except _RowProblem as problem:
                problems.append(_line(row.line, str(problem)))
        changed = same = unusual = 0
        for (visit_id, seat), sheet in book.sheets.items():
            try:
                receipt = put_mark(writing, actor, visit_id, seat, sheet.values, sheet.total_milli, reason.strip())
            except UserError as error:
                problems.append(_line(sheet.line, _told(error)))
                continue
            changed, same = changed + receipt.changed, same + (not receipt.changed)
            unusual += receipt.changed and bool(receipt.alarms)
        for visit_id, (line, facts) in book.visits.items():
            try:
                put_visit(
                    writing,
                    visit_id,
                    facts.get("seconds_milli", ...),
                    facts.get("penalty_milli", ...),
                    book.states.get(visit_id, ...),
                    reason.strip() or _("As the marks file says."),
                )
            except UserError as error:
                problems.append(_line(line, _told(error)))
        if problems:
            raise InvalidInput(
                ngettext(
                    "{n} line of the marks file cannot be used, so nothing was taken.",
                    "{n} lines of the marks file cannot be used, so nothing was taken.",
                    len(problems),
                ).format(n=len(problems)),
                where="\n".join(problems[:_PROBLEMS_SHOWN]),
                todo=_("Correct these lines, then take the file again."),
            )
    return MarksImport(changed, same, unusual)


def _told(error: UserError) -> str:
    """What is wrong and where; while names are sealed, not where: a line of the file may name the person."""
    return " ".join(filter(None, (error.what, "" if sealing.names_sealed() else error.where)))


def _line(line: int, text: str) -> str:
    return _("Line {line}: {text}").format(line=line, text=text)


class _Book:
    """The rows of a file gathered by sheet and by visit."""

    def __init__(self) -> None:
        self.sheets: dict[tuple[int, int], _SheetRows] = {}
        self.visits: dict[int, tuple[int, dict[str, int]]] = {}
        self.states: dict[int, str] = {}
        self._entrants = _entrants()
        self._visit_ids = {
            (entrant, station): visit
            for visit, entrant, station in models.Visit.select(
                models.Visit.id, models.Visit.entrant, models.Visit.station
            ).tuples()
        }
        self._stations = {row.code: row for row in models.Station.select()}
        self._items: dict[str, dict[int, Item]] = {}

    def add(self, row: MarkRow) -> None:
        """Put a row where it belongs.

        Raises:
            _RowProblem: it cannot be used.
        """
        entrant = self._entrants.get(_plain(row.entrant))
        if entrant is None:
            raise _RowProblem(_("There is no entrant “{text}”.").format(text=row.entrant))
        if row.number == score_files.STATE:
            self._add_state(row, entrant)
            return
        station = self._stations.get(row.station)
        if station is None:
            raise _RowProblem(_("There is no station “{text}”.").format(text=row.station))
        visit = self._visit_ids.get((entrant, station.id))
        if visit is None:
            raise _RowProblem(_no_visit(entrant, row.station))
        if row.judge in _FACTS:
            self._add_fact(row, visit)
            return
        seat = fold_width(row.judge).strip()
        if not (seat.isascii() and seat.isdecimal()):
            raise _RowProblem(_("“{text}” is no judge's seat: 1, 2, 3 …").format(text=row.judge))
        sheet = self.sheets.setdefault((visit, int(seat)), _SheetRows(row.line))
        if row.number == score_files.TOTAL:
            _refuse_second(row, sheet.total_milli)
            sheet.total_milli = _read_points(row.value)
        else:
            self._add_item(row, sheet)

    def _add_item(self, row: MarkRow, sheet: _SheetRows) -> None:
        if row.station not in self._items:
            items = items_of(self._stations[row.station].sheet_id)
            self._items[row.station] = {item.number: item for item in items}
        text = fold_width(row.number).strip()
        item = self._items[row.station].get(int(text)) if text.isascii() and text.isdecimal() else None
        if item is None:
            raise _RowProblem(_("The mark sheet has no item {number}.").format(number=row.number))
        if item.number in sheet.values:
            raise _RowProblem(_("Item {number} is there twice.").format(number=item.number))
        try:
            sheet.values[item.number] = read_value(item, row.value)
        except ValueProblem as problem:
            raise _RowProblem(mark_words.item_sentence(item, problem)) from problem

    def _add_fact(self, row: MarkRow, visit: int) -> None:
        facts = self.visits.setdefault(visit, (row.line, {}))[1]
        _refuse_second(row, facts.get(_FACTS[row.judge]))
        if row.judge == score_files.PENALTY:
            facts[_FACTS[row.judge]] = _read_points(row.value)
            return
        try:
            facts[_FACTS[row.judge]] = read_seconds(row.value)
        except NumberProblem as problem:
            raise _RowProblem(mark_words.value_sentence(ValueProblem(problem.code))) from problem

    def _add_state(self, row: MarkRow, entrant: int) -> None:
        state = score_files.STATES.get(row.value)
        if state is None:
            raise _RowProblem(
                _("“{text}” is no state; possible are {states}.").format(
                    text=row.value, states="、".join(score_files.STATES)
                )
            )
        wanted = self._stations[row.station].id if row.station in self._stations else None
        visits = [
            visit
            for (one, station), visit in self._visit_ids.items()
            if one == entrant and (not row.station or station == wanted)
        ]
        if not visits:
            raise _RowProblem(_no_visit(entrant, row.station))
        for visit in visits:
            self.visits.setdefault(visit, (row.line, {}))
            self.states[visit] = state


_FACTS = {score_files.SECONDS: "seconds_milli", score_files.PENALTY: "penalty_milli"}


def _no_visit(entrant: int, station: str) -> str:
    text = programme.not_drawn_text(entrant, station)
    return text or _("This entrant has no visit to station {station}.").format(station=station)


def _refuse_second(row: MarkRow, before: int | None) -> None:
    """Two lines for the same value: nobody can tell which of them counts."""
    if before is not None:
        text = row.number if row.number == score_files.TOTAL else row.judge
        raise _RowProblem(_("“{text}” is there twice.").format(text=text))


def _read_points(text: str) -> int:
    try:
        return read_milli(text)
    except NumberProblem as problem:
        raise _RowProblem(mark_words.value_sentence(ValueProblem(problem.code))) from problem


def _plain(text: str) -> str:
    """A name as it is compared: width, case, blanks and dashes do not matter."""
    return clean_id_number(text)


def _entrants() -> dict[str, int]:
    """Entrants by every name that a file may use: contestant number, ID number, unit/division."""
    rows = (
        models.Entrant.select(
            models.Entrant.id,
            models.Entrant.number,
            models.Person.id_number,
            models.Unit.name,
            models.Unit.short,
            models.Division.code,
            models.Division.entry,
        )
        .join(models.Unit)
        .join_from(models.Entrant, models.Division)
        .join_from(models.Entrant, models.Person, "LEFT JOIN")
        .order_by(models.Entrant.id.desc())
    )
    found: dict[str, int] = {}
    for entrant, number, id_number, unit, short, division, entry in rows.tuples():
        names = [number, id_number]
        if entry != "individual":
            names += [f"{unit}/{division}", f"{short}/{division}"]
        found.update({_plain(name): entrant for name in names if name})
    return found
