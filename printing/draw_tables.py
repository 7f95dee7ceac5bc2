"""What a draw gave, whom it passed over, and its list: the columns of each kind for the record on paper.

Everything is read from the record; nothing of the event is looked up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from data.i18n import _
from data.queries import draw_words
from data.queries import draws as queries
from data.rules import draw as rules
from data.rules.draw_record import ITEMS, JUDGES, LANES, NUMBERS, SELECTION, Record
from printing.columns import Line
from printing.tables import Column

# Passes over that must be shown one by one; the others follow from the ids and from what was drawn before.
_TELLING = {NUMBERS: ("apart", "wave", "later"), ITEMS: (), LANES: ("full", "later"), JUDGES: ("later",)}


@dataclass(frozen=True)
class Listing:
    """Lines in several columns a page under a heading; `note` stands below the heading."""

    title: str
    columns: tuple[Column, ...]
    lines: list[Line]
    side_by_side: int
    note: str = ""


def results(record: Record) -> Listing:
    """What the draw gave, in the order in which people look for it."""
    return {
        SELECTION: _selected,
        NUMBERS: _numbered,
        ITEMS: _stations,
        LANES: _lanes,
        JUDGES: _seats,
    }[record["kind"]](record)


def passed_over(record: Record) -> Listing | None:
    """Who was passed over and why, as far as the list does not show it; None when nobody was."""
    kind = record["kind"]
    if kind == SELECTION or not record["passed_over"]:
        return None
    people = _people(record)
    steps = {text: step for step, text in enumerate(record["order"])}
    lines = []
    for entry in record["passed_over"]:
        if entry["why"] in _TELLING[kind]:
            where = entry["at"] if kind == NUMBERS else str(steps[entry["id"]])
            who = people[entry["id"]].get("name", "")
            lines.append(Line((where, entry["id"], who, draw_words.why_text(entry["why"]))))
    columns = (
        Column(_("For") if kind == NUMBERS else _("Step no."), 15, "left" if kind == NUMBERS else "right"),
        Column(_("Id"), 23),
        Column(_("Name"), 18),
        Column(_("Why"), 32.5),
    )
    note = "" if kind == NUMBERS else _counted(record)
    return Listing(_("Passed over"), *_without_names(columns, lines, 2, record, wider=3), 2, note)


def _counted(record: Record) -> str:
    """How many entries were passed over for each reason."""
    counts = Counter(entry["why"] for entry in record["passed_over"])
    return "    ".join(
        _("{why}: {n}").format(why=draw_words.why_text(why), n=count) for why, count in counts.most_common()
    )


def the_list(record: Record) -> Listing:
    """The list as it was frozen; before a draw and after it, then with the step at which each entry was drawn."""
    kind = record["kind"]
    if kind == SELECTION:
        return _selection_list(record)
    if kind == NUMBERS:
        return _numbers_list(record)
    return _pairs_list(record)


def _people(record: Record) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in record["pool"]}


def _named(record: Record) -> bool:
    return any("name" in entry for entry in record["pool"])


def _selected(record: Record) -> Listing:
    """Unit by unit: who competes, then who stands ready."""
    people = _people(record)
    drawn = {entry["id"]: entry for entry in record["result"]}
    lines: list[Line] = []
    for unit, ids in _by_unit(record).items():
        here = sorted((text for text in ids if text in drawn), key=lambda text: _rank(drawn[text], people[text]))
        if here:
            lines.append(Line(group=unit))
        for text in here:
            entry = drawn[text]
            name = people[text].get("name", "")
            division = rules.parse_pool_id(text).division
            lines.append(Line((division, text, name, _short(entry)), strong="selected" in entry))
    columns = (Column(_("Division"), 10), Column(_("Id"), 19), Column(_("Name"), 15), Column(_("Result"), 14))
    return Listing(_("Result"), *_without_names(columns, lines, 2, record), 3)


def _rank(entry: dict[str, Any], person: dict[str, Any]) -> tuple[str, int, int]:
    return rules.parse_pool_id(entry["id"]).division, entry.get("reserve", 0), person["n"]


def _by_unit(record: Record) -> dict[str, list[str]]:
    """The ids of the list by unit, in its order."""
    units = defaultdict(list)
    for entry in record["pool"]:
        units[entry.get("unit", "")].append(entry["id"])
    return dict(units)


def _without_names(
    columns: tuple[Column, ...], lines: list[Line], place: int, record: Record, wider: int = 1
) -> tuple[tuple[Column, ...], list[Line]]:
    """Columns and lines without that of the names, where the record has none; another column gets its room."""
    if _named(record):
        return columns, lines
    kept = list(columns)
    kept[wider] = replace(kept[wider], width=kept[wider].width + kept[place].width)
    del kept[place]
    cut = [
        line if line.group else Line((*line.cells[:place], *line.cells[place + 1 :]), strong=line.strong)
        for line in lines
    ]
    return tuple(kept), cut


def _short(entry: dict[str, Any]) -> str:
    """What came of an entry of a selection in a word; `entry` is one of the result or of those passed over."""
    if "reserve" in entry:
        return _("Reserve {n}").format(n=entry["reserve"])
    if "selected" in entry:
        return _("Seeded") if entry["seeded"] else _("Selected")
    return _("Earlier year") if entry["why"] == rules.HISTORY else _("No place")


def _selection_list(record: Record) -> Listing:
    steps = {text: str(step) for step, text in enumerate(record["order"])}
    fates = {entry["id"]: entry for entry in (*record["passed_over"], *record["result"])}
    lines: list[Line] = []
    people = _people(record)
    for unit, ids in _by_unit(record).items():
        lines.append(Line(group=unit))
        for text in ids:
            entry, fate = people[text], fates.get(text)
            cells: tuple[str, ...] = (str(entry["n"]), text, entry.get("name", ""))
            if fate is not None:
                cells = (*cells, steps[text], _short(fate))
            lines.append(Line(cells, strong=fate is not None and "selected" in fate))
    columns: tuple[Column, ...] = (Column(_("No."), 8, "right"), Column(_("Id"), 19), Column(_("Name"), 31))
    note = ""
    if record["order"]:
        columns = (
            *columns[:2],
            Column(_("Name"), 12.5),
            Column(_("Step no."), 7.5, "right"),
            Column(_("Result"), 11),
        )
        note = _("The step, counted from 0, is the one at which the order of the draw came to the entry.")
    return Listing(_("The list"), *_without_names(columns, lines, 2, record), 3, note)


def _numbered(record: Record) -> Listing:
    people = _people(record)
    lines = [
        Line((step.outcome, step.id, step.name, people[step.id].get("unit", "")))
        for step in queries.steps(record)
        if step.taken
    ]
    if not _named(record):
        lines = [Line(line.cells[:2]) for line in lines]
        return Listing(_("Result"), (Column(_("Number"), 18), Column(_("Id"), 25)), lines, 4)
    columns = (Column(_("Number"), 15), Column(_("Id"), 20), Column(_("Name"), 22), Column(_("Unit"), 31.5))
    return Listing(_("Result"), columns, lines, 2)


def _numbers_list(record: Record) -> Listing:
    steps = {text: str(step) for step, text in enumerate(record["order"])}
    drawn = bool(steps)
    lines = []
    for entry in record["pool"]:
        step = (steps[entry["id"]],) if drawn else ()
        lines.append(Line((str(entry["n"]), entry["id"], entry.get("name", ""), entry.get("unit", ""), *step)))
    step_column = (Column(_("Step no."), 9, "right"),) if drawn else ()
    note = _("The step, counted from 0, is the one at which the order of the draw came to the entry.") if drawn else ""
    if not _named(record):
        lines = [Line((*line.cells[:2], *line.cells[4:])) for line in lines]
        columns = (Column(_("No."), 10, "right"), Column(_("Id"), 24), *step_column)
        return Listing(_("The list"), columns, lines, 4, note)
    columns = (
        Column(_("No."), 8.5, "right"),
        Column(_("Id"), 20),
        Column(_("Name"), 21),
        Column(_("Unit"), 30 if drawn else 39),
        *step_column,
    )
    return Listing(_("The list"), columns, lines, 2, note)


def _stations(record: Record) -> Listing:
    """The optional stations of each contestant or division."""
    return _by_who(record, _("Drawn stations"), lambda entry: str(entry["station"]))


def _lanes(record: Record) -> Listing:
    """The lane of each contestant at each station."""
    return _by_who(record, _("Station: lane"), lambda entry: f"{entry['station']}: {entry['lane']}")


def _by_who(record: Record, title: str, text_of: Any) -> Listing:
    people = _people(record)
    drawn: dict[str, list[dict[str, Any]]] = {}
    places = {entry["id"]: entry["n"] for entry in record["pool"]}
    for entry in sorted(record["result"], key=lambda entry: places[entry["id"]]):
        drawn.setdefault(entry["who"], []).append(entry)
    lines = []
    for who in sorted(drawn, key=lambda who: _who_place(record, who)):
        first = people[drawn[who][0]["id"]]
        lines.append(Line((who, first.get("name", ""), "   ".join(map(text_of, drawn[who])))))
    columns = (Column(_("Number"), 16), Column(_("Name"), 24), Column(title, 48.5))
    return Listing(_("Result"), *_without_names(columns, lines, 1, record, wider=2), 2)


def _who_place(record: Record, who: str) -> tuple[int, int]:
    """The order of the plan for divisions, then that of the numbers."""
    division, dash, number = who.rpartition("-")
    divisions = list(dict.fromkeys(_who(record, entry["id"]).rpartition("-")[0] for entry in record["pool"]))
    if dash and division in divisions and number.isdecimal():
        return divisions.index(division), int(number)
    return 0, 0


def _who(record: Record, text: str) -> str:
    return text.split("/")[1 if record["kind"] == LANES else 0]


def _seats(record: Record) -> Listing:
    """Who sits where now, and where everyone sat before."""
    before = record["rules"]["before"]
    judges = {_who(record, entry["id"]): entry for entry in record["pool"]}
    lines = []
    places = {f"{code}": nth for nth, code in enumerate(before.values())}
    drawn = {f"{entry['station']}-{entry['lane']}-{entry['seat']}": entry["who"] for entry in record["result"]}
    for seat in sorted(drawn, key=lambda seat: places[seat]):
        who = drawn[seat]
        lines.append(Line((seat, who, judges[who]["name"], judges[who].get("unit", ""), before[who])))
    columns = (
        Column(_("Seat"), 14),
        Column(_("Judge"), 11),
        Column(_("Name"), 20),
        Column(_("Unit"), 29.5),
        Column(_("Seat before"), 14),
    )
    return Listing(_("Result"), columns, lines, 2, _("A seat is station-lane-seat."))


def _pairs_list(record: Record) -> Listing:
    """Entries that differ in their last part alone share a line: their numbers, what they share, the last parts."""
    kind = record["kind"]
    note = _(
        "Entries that begin alike share a line: the first number, the common beginning, then every ending in order."
    )
    if kind == JUDGES:
        return _judges_list(record, note)
    titles = {
        ITEMS: (_("For"), _("Stations")),
        LANES: (_("At, for"), _("Its lanes")),
    }[kind]
    lines = [Line((str(first), start, " ".join(ends))) for first, start, ends in _groups(record)]
    longest = max((len(line.cells[2]) for line in lines), default=0)
    if longest > 14:
        columns = (Column(_("No."), 10, "right"), Column(titles[0], 26), Column(titles[1], 52.5))
        return Listing(_("The list"), columns, lines, 2, note)
    columns = (Column(_("No."), 9, "right"), Column(titles[0], 20), Column(titles[1], 13.5))
    return Listing(_("The list"), columns, lines, 4, note)


def _groups(record: Record) -> Iterator[tuple[int, str, list[str]]]:
    """The first number, the common beginning and the endings of neighbouring entries."""
    start, first, ends = "", 0, list[str]()
    for entry in record["pool"]:
        beginning, _slash, end = entry["id"].rpartition("/")
        if beginning != start and ends:
            yield first, start, ends
            ends = []
        if not ends:
            start, first = beginning, entry["n"]
        ends.append(end)
    if ends:
        yield first, start, ends


def _judges_list(record: Record, note: str) -> Listing:
    """All judges have the same seats in the same order, so those closed to each are all that must be said."""
    people = {_who(record, entry["id"]): entry for entry in record["pool"]}
    lines: list[Line] = []
    seats: list[str] = []
    for first, judge, ends in _groups(record):
        seats = seats or [end.removesuffix("R") for end in ends]
        closed = " ".join(end for end in ends if end.endswith("R"))
        one = people[judge]
        lines.append(Line((str(first), judge, one["name"], one.get("unit", ""), closed)))
    columns = (
        Column(_("No."), 13, "right"),
        Column(_("Judge"), 14),
        Column(_("Name"), 22),
        Column(_("Unit"), 43),
        Column(_("Closed to the judge"), 88),
    )
    note = _(
        "For each judge, from that number on, the list has every seat in this order, with R where it is closed: {seats}"
    ).format(seats=" ".join(seats))
    return Listing(_("The list"), columns, lines, 1, note)
