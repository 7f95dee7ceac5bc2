"""Points, per cents, seconds and times of day between people and the program: texts, thousandths, exact fractions."""

import re
from fractions import Fraction

from data.rules.identity import fold_width

EXACT_DIGITS = 12  # decimals of a value shown unrounded that has no end, such as a mean of three

_NUMBER = re.compile(r"([+-]?)(\d{1,9})(?:\.(\d*))?|([+-]?)\.(\d+)", re.ASCII)
_POINTS = str.maketrans({"。": ".", "−": "-", "–": "-"})


class NumberProblem(Exception):
    """A text is no number of ours.

    code: empty, comma (``1,25``: thousands or decimals? both are meant by somebody), precise
    (more than three decimals), number (anything else).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_milli(text: str) -> int:
    """A decimal text as thousandths: ``7.5`` → 7500. Full-width signs and a Chinese full stop are understood.

    Raises:
        NumberProblem: it is no decimal of at most three places.
    """
    plain = fold_width(text).translate(_POINTS).strip()
    if not plain:
        raise NumberProblem("empty")
    if "," in plain or "、" in plain:
        raise NumberProblem("comma")
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise NumberProblem("number")
    sign, whole = match[1] or match[4] or "", match[2] or "0"
    decimals = (match[3] or match[5] or "").rstrip("0")
    if len(decimals) > 3:
        raise NumberProblem("precise")
    milli = int(whole) * 1000 + int(decimals.ljust(3, "0"))
    return -milli if sign == "-" else milli


def show_milli(milli: int) -> str:
    """Thousandths as the shortest decimal text: 7500 → ``7.5``."""
    return _strip(half_up(Fraction(milli, 1000), 3))


def clock(minute: int) -> str:
    """Minutes after midnight as people write a time of day: 1074 → ``17:54``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def half_up(value: Fraction, decimals: int) -> str:
    """The value with this many decimals, halves away from zero. For showing alone: ranks never see it."""
    scale: int = 10**decimals
    numerator, denominator = value.as_integer_ratio()
    units = (2 * abs(numerator) * scale + denominator) // (2 * denominator)
    sign = "-" if numerator < 0 and units else ""
    if decimals == 0:
        return f"{sign}{units}"
    return f"{sign}{units // scale}.{units % scale:0{decimals}d}"


def unrounded(value: Fraction) -> str:
    """The value as it is; one without an end is cut half up after EXACT_DIGITS decimals."""
    return _strip(half_up(value, EXACT_DIGITS))


def _strip(text: str) -> str:
    return text.rstrip("0").rstrip(".")
