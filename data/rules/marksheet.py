"""What the items of a mark sheet mean and what a filled sheet scores.

Values are plain: thousandths of points (points, bonus) or of seconds (timed), the label of a
grade, the counts of the deductions that were ticked by their texts, or a tick (penalty, critical).
Points, bonus, grades, timed and deductions must be entered, since a missing mark is not a zero;
a penalty or a critical item that is not ticked did not happen, so it needs no entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from data.rules.decimals import NumberProblem, read_milli, show_milli
from data.rules.identity import fold_width
from data.rules.plan import Item

POINTS, DEDUCTIONS, GRADES, TIMED = "points", "deductions", "grades", "timed"
BONUS, PENALTY, CRITICAL = "bonus", "penalty", "critical"
KINDS = (POINTS, DEDUCTIONS, GRADES, TIMED, BONUS, PENALTY, CRITICAL)
TICKS = (PENALTY, CRITICAL)
FAILS_ENTRANT = "不合格"

MOST_OF_ONE_DEDUCTION = 99
MOST_SECONDS_MILLI = 24 * 3600 * 1000

Value = int | str | bool | Mapping[str, int]
Values = Mapping[int, Value]

_SIGNS = str.maketrans({"；": ";", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "*": "×", "＊": "×"})
_TICKED = frozenset({"1", "是", "√", "✓", "✔", "×", "x", "X", "y", "Y"})
_NOT_TICKED = frozenset({"", "0", "否", "n", "N"})


class RuleError(Exception):
    """The rule text of an item is not one.

    code: kind (no such kind), needed (this kind needs a rule), unexpected (this kind has none),
    part (a part that cannot be read), repeated (a text or label twice), above_full (more than the
    item's points), unreachable (a time band behind another that takes all of its seconds),
    sign (points below zero, or a penalty that is not).
    values: `part` where one is at fault, `full` in thousandths.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class ValueProblem(Exception):
    """A value does not fit its item.

    code: empty, comma, number, precise (texts; see NumberProblem), type, range, step, grade,
    deduction (unknown text), repeated, count, tick.
    values: what the item accepts: `low`, `high`, `step` in thousandths, `labels`, `texts`, `text`.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Deduction:
    """One tick of an item; `off_milli` is None where the tick makes the item 0."""

    text: str
    off_milli: int | None
    counted: bool = False


@dataclass(frozen=True)
class Grade:
    label: str
    milli: int


@dataclass(frozen=True)
class Band:
    """Points for seconds that compare to the limit by `sign`: one of < <= > >=."""

    sign: str
    limit_milli: int
    milli: int

    def holds(self, seconds_milli: int) -> bool:
        if self.sign == "<=":
            return seconds_milli <= self.limit_milli
        if self.sign == "<":
            return seconds_milli < self.limit_milli
        if self.sign == ">=":
            return seconds_milli >= self.limit_milli
        return seconds_milli > self.limit_milli


@dataclass(frozen=True)
class Rule:
    """The rule text of an item, read. Only the field of the item's kind is filled."""

    kind: str
    deductions: tuple[Deduction, ...] = ()
    grades: tuple[Grade, ...] = ()
    bands: tuple[Band, ...] = ()
    fails_entrant: bool = False


@dataclass(frozen=True)
class ItemScore:
    """An item's part in the sum, in thousandths; None where it was not entered."""

    number: int
    milli: int | None


@dataclass(frozen=True)
class SheetScore:
    """A filled sheet. `total_milli` is 0..full, None while something is missing.

    `zeroed`: a critical item makes the sheet 0, whatever else is on it or missing from it.
    `failed`: a critical item fails the entrant; the sheet keeps its points.
    """

    total_milli: int | None
    items: tuple[ItemScore, ...]
    missing: tuple[int, ...]
    zeroed: bool = False
    failed: bool = False


@lru_cache(maxsize=4096)
def parse_rule(kind: str, rule: str, full_milli: int) -> Rule:
    """Read the rule text of an item of this kind and these points.

    Raises:
        RuleError: the text is no rule for it.
    """
    text = rule.translate(_SIGNS).replace("＝", "=").replace("＜", "<").replace("＞", ">").replace("－", "-").strip()
    if kind not in KINDS:
        raise RuleError("kind", kind=kind)
    if (full_milli >= 0 if kind == PENALTY else full_milli < 0) or (full_milli == 0 and kind != CRITICAL):
        raise RuleError("sign", full=full_milli)
    if kind == CRITICAL:
        if text not in ("", FAILS_ENTRANT):
            raise RuleError("part", part=text)
        return Rule(kind, fails_entrant=text == FAILS_ENTRANT)
    if kind in (POINTS, BONUS, PENALTY):
        if text:
            raise RuleError("unexpected", part=text)
        return Rule(kind)
    if not text:
        raise RuleError("needed")
    if kind == DEDUCTIONS:
        return Rule(kind, deductions=_deductions(text, full_milli))
    if kind == GRADES:
        return Rule(kind, grades=_grades(text, full_milli))
    return Rule(kind, bands=_bands(text, full_milli))


def rule_of(item: Item) -> Rule:
    """The rule of an item of a checked plan."""
    return parse_rule(item.kind, item.rule, item.full_milli)


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


def _milli(text: str, part: str) -> int:
    try:
        return read_milli(text)
    except NumberProblem as problem:
        raise RuleError("part", part=part) from problem


def _deductions(text: str, full_milli: int) -> tuple[Deduction, ...]:
    found: dict[str, Deduction] = {}
    for part in _parts(text.replace("；", ";"), ";"):
        name, equals, points = (piece.strip() for piece in part.rpartition("="))
        counted = points.endswith(("×", "x", "X"))
        off = _milli(points[:-1] if counted else points, part) if equals and name else 1
        if off > 0 or (off == 0 and counted):
            raise RuleError("part", part=part)
        if -off > full_milli:
            raise RuleError("above_full", part=part, full=full_milli)
        if name in found:
            raise RuleError("repeated", part=name)
        found[name] = Deduction(name, -off if off else None, counted)
    return tuple(found.values())


def _grades(text: str, full_milli: int) -> tuple[Grade, ...]:
    found: dict[str, Grade] = {}
    for part in _parts(text.replace("／", "/"), "/"):
        label, _equals, points = (piece.strip() for piece in part.rpartition("="))
        milli = _milli(points, part)
        label = label or points
        if not 0 <= milli <= full_milli:
            raise RuleError("above_full" if milli > 0 else "sign", part=part, full=full_milli)
        if label.casefold() in found:
            raise RuleError("repeated", part=label)
        found[label.casefold()] = Grade(label, milli)
    return tuple(found.values())


def _bands(text: str, full_milli: int) -> tuple[Band, ...]:
    parts = _parts(text, ";")
    bands = []
    for part in parts:
        condition, _equals, points = (piece.strip() for piece in part.rpartition("="))
        sign = next((sign for sign in ("<=", ">=", "<", ">") if condition.startswith(sign)), None)
        if sign is None:
            raise RuleError("part", part=part)
        band = Band(sign, _milli(condition[len(sign) :], part), _milli(points, part))
        if not 0 <= band.milli <= full_milli:
            raise RuleError("above_full" if band.milli > 0 else "sign", part=part, full=full_milli)
        bands.append(band)
    probes = sorted({0, *(max(0, band.limit_milli + step) for band in bands for step in (-1, 0, 1))})
    reached = {_first(bands, seconds) for seconds in probes}
    for band, part in zip(bands, parts, strict=True):
        if band not in reached:
            raise RuleError("unreachable", part=part)
    return tuple(bands)


def _first(bands: list[Band] | tuple[Band, ...], seconds_milli: int) -> Band | None:
    return next((band for band in bands if band.holds(seconds_milli)), None)


def check_value(item: Item, value: object) -> Value:
    """The value as it is stored: unticked deductions left out, ticks as bool.

    The item's full points are always accepted, on its step or not.

    Raises:
        ValueProblem: it does not fit the item.
    """
    if item.kind in TICKS:
        if not isinstance(value, (bool, int)) or value not in (0, 1):
            raise ValueProblem("tick")
        return bool(value)
    if item.kind == GRADES:
        labels = tuple(grade.label for grade in rule_of(item).grades)
        if value not in labels:
            raise ValueProblem("grade", labels=labels)
        return str(value)
    if item.kind == DEDUCTIONS:
        return _check_deductions(item, value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueProblem("type")
    if item.kind == TIMED:
        if not 0 <= value <= MOST_SECONDS_MILLI:
            raise ValueProblem("range", low=0, high=MOST_SECONDS_MILLI)
        return value
    if not 0 <= value <= item.full_milli:
        raise ValueProblem("range", low=0, high=item.full_milli)
    if value % item.step_milli and value != item.full_milli:
        raise ValueProblem("step", low=0, high=item.full_milli, step=item.step_milli)
    return value


def _check_deductions(item: Item, value: object) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise ValueProblem("type")
    counts = {}
    known = {deduction.text: deduction for deduction in rule_of(item).deductions}
    for text, count in value.items():
        if text not in known:
            raise ValueProblem("deduction", text=text, texts=tuple(known))
        most = MOST_OF_ONE_DEDUCTION if known[text].counted else 1
        if not isinstance(count, int) or not 0 <= count <= most:
            raise ValueProblem("count", text=text, low=0, high=most * 1000)
        if count:
            counts[text] = int(count)
    return counts


def score_item(item: Item, value: Value) -> int:
    """What a value adds to the sheet's sum, in thousandths; a ticked penalty adds its negative points.

    Seconds that no band covers score 0.

    Raises:
        ValueProblem: the value does not fit the item.
    """
    value = check_value(item, value)
    rule = rule_of(item)
    if isinstance(value, Mapping):
        off = 0
        for deduction in rule.deductions:
            count = value.get(deduction.text, 0)
            if count and deduction.off_milli is None:
                return 0
            off += count * (deduction.off_milli or 0)
        return max(0, item.full_milli - off)
    if isinstance(value, str):
        return next(grade.milli for grade in rule.grades if grade.label == value)
    if item.kind == TIMED:
        band = _first(rule.bands, value)
        return band.milli if band else 0
    if item.kind == PENALTY:
        return item.full_milli if value else 0
    if item.kind == CRITICAL:
        return 0
    return value


def full_mark(items: tuple[Item, ...]) -> int:
    """The full mark of a sheet: the sum of its positive points, bonus included."""
    return sum(item.full_milli for item in items if item.full_milli > 0 and item.kind != CRITICAL)


def score_sheet(items: tuple[Item, ...], values: Values) -> SheetScore:
    """Score a sheet as far as it is filled.

    Raises:
        ValueProblem: a value does not fit its item; its `number` is that of the item.
    """
    scores = []
    zeroed = failed = False
    for item in items:
        if item.number not in values:
            scores.append(ItemScore(item.number, 0 if item.kind in TICKS else None))
            continue
        value = values[item.number]
        try:
            scores.append(ItemScore(item.number, score_item(item, value)))
        except ValueProblem as problem:
            raise ValueProblem(problem.code, **{**problem.values, "number": item.number}) from None
        if item.kind == CRITICAL and value:
            fails = rule_of(item).fails_entrant
            failed, zeroed = failed or fails, zeroed or not fails
    if zeroed:
        return SheetScore(0, tuple(scores), (), True, failed)
    missing = tuple(score.number for score in scores if score.milli is None)
    if missing:
        return SheetScore(None, tuple(scores), missing, False, failed)
    total = sum(score.milli or 0 for score in scores)
    return SheetScore(min(max(total, 0), full_mark(items)), tuple(scores), (), False, failed)


def to_json(items: tuple[Item, ...], values: Values) -> dict[str, Value]:
    """Values as a mark stores them: by item number as text, checked, ticks that were not made left out.

    Raises:
        ValueProblem: a value does not fit its item, or `unknown`: no item has the number.
    """
    known = {item.number: item for item in items}
    stored: dict[str, Value] = {}
    for number in sorted(values):
        if number not in known:
            raise ValueProblem("unknown", number=number)
        try:
            value = check_value(known[number], values[number])
        except ValueProblem as problem:
            raise ValueProblem(problem.code, **{**problem.values, "number": number}) from None
        if value is not False:
            stored[str(number)] = value
    return stored


def from_json(stored: Mapping[str, Value]) -> dict[int, Value]:
    """Values as `score_sheet` takes them, from the stored form."""
    return {int(number): value for number, value in stored.items()}


def read_value(item: Item, text: str) -> Value:
    """What a person typed or a file holds for an item.

    Points ``7.5``, a grade in either case, seconds ``65`` or ``1:05``, deduction texts joined
    with ``;`` (counts as ``吹气失败×2``, an empty text is no deduction), a tick as 1, 是, √ or
    the item's own text or points.

    Raises:
        ValueProblem: it is no value of the item.
    """
    if item.kind == DEDUCTIONS:
        return check_value(item, _read_deductions(item, text))
    plain = fold_width(text).strip()
    if item.kind in TICKS:
        return _read_tick(item, plain)
    if not plain:
        raise ValueProblem("empty")
    if item.kind == GRADES:
        labels = {grade.label.casefold(): grade.label for grade in rule_of(item).grades}
        return check_value(item, labels.get(plain.casefold(), plain))
    try:
        milli = read_seconds(plain) if item.kind == TIMED else read_milli(plain)
    except NumberProblem as problem:
        raise ValueProblem(problem.code, **accepted(item)) from problem
    return check_value(item, milli)


def read_seconds(text: str) -> int:
    """Thousandths of seconds out of ``65``, ``65.3`` or ``1:05``.

    Raises:
        NumberProblem: it is no such time.
    """
    minutes, colon, seconds = fold_width(text).strip().rpartition(":")
    return read_milli(seconds) + (read_milli(minutes) * 60 if colon else 0)


def accepted(item: Item) -> dict[str, object]:
    """The `values` of a ValueProblem: what a typed item takes, in thousandths."""
    if item.kind == TIMED:
        return {"low": 0, "high": MOST_SECONDS_MILLI}
    return {"low": 0, "high": item.full_milli, "step": item.step_milli}


def _read_deductions(item: Item, text: str) -> dict[str, int]:
    texts = {deduction.text for deduction in rule_of(item).deductions}
    counts: dict[str, int] = {}
    for part in _parts(text.translate(_SIGNS), ";"):
        name, times, count = part.rpartition("×")
        if part in texts or not times or not count.strip().isdecimal():
            name, count = part, "1"
        name = name.strip()
        if name in counts:
            raise ValueProblem("repeated", text=name)
        counts[name] = int(count)
    return counts


def _read_tick(item: Item, plain: str) -> bool:
    if plain in _NOT_TICKED:
        return False
    if plain in _TICKED or plain == fold_width(item.text).strip():
        return True
    try:
        if item.full_milli and read_milli(plain) == item.full_milli:
            return True
    except NumberProblem:
        pass
    raise ValueProblem("tick")


def show_value(item: Item, value: Value) -> str:
    """A value as `read_value` would read it again."""
    if isinstance(value, bool) or item.kind in TICKS:
        return "1" if value else "0"
    if isinstance(value, Mapping):
        return ";".join(text if count == 1 else f"{text}×{count}" for text, count in value.items() if count)
    return value if isinstance(value, str) else show_milli(value)
