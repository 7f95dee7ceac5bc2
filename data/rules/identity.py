"""Who somebody is: names, ID numbers, and what a badge or a mark sheet says to a scanner.

A badge code reads ``BW1 GA23 7K3M-2QX9-A4``: the version, the event's four characters, the
entrant's token of eight, and two check characters. A sheet code adds the station and the
judge's seat before the check: ``BW1 GA23 7K3M-2QX9-S4-02-A4``. Blanks and dashes are there for
the eye alone. No name and no ID number is in a code.

The check: read as a number to the base 32, the code leaves the remainder 1 modulo the prime
1021. A wrong character changes that by d·32ⁱ with 0 < d < 36, two neighbours that changed
places by d·31·32ⁱ; neither is a multiple of 1021, so each such slip is found, and any other
damage with a chance of 1020 in 1021.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

VERSION = "BW1"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U
EVENT_LENGTH = 4
TOKEN_LENGTH = 8
SEATS = 99

_CHECK_LENGTH = 2
_PRIME = 1021
_HEAD = len(VERSION) + EVENT_LENGTH + TOKEN_LENGTH
_BADGE_LENGTH = _HEAD + _CHECK_LENGTH
_SEAT_LENGTH = 2
_VALUE = {character: value for value, character in enumerate(ALPHABET + "ILOU")}
_LOOKS_LIKE = str.maketrans("ILOU", "110V")
_STATION = re.compile(r"[0-9A-Z]{1,8}")
_SHORT_BADGE = TOKEN_LENGTH + _CHECK_LENGTH

_DOT = "·"
_NAME_DOTS = str.maketrans(dict.fromkeys("•‧・．･∙⋅●﹒•", _DOT))
_ID_FORM = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_UNUSUAL_ID = re.compile(  # a line that is not of this form, or of a 29 February
    r"^(?![1-9]\d{5}(?:19|20)\d\d"
    r"(?:(?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])(?:29|30)|(?:0[13578]|1[02])31)"
    r"\d{3}[\dX]$).*",
    re.ASCII | re.MULTILINE,
)


class ScanProblem(Exception):
    """A scanned or typed text is no code of ours.

    code: empty, foreign (something else was scanned), version (printed by another version of
    Biwu), damaged (a character is wrong, missing or too many).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Scan:
    """What a code says; `station` and `seat` are None on a badge."""

    event: str
    token: str
    station: str | None = None
    seat: int | None = None


def fold_width(text: str) -> str:
    """Full-width letters, digits and signs as their plain forms, every kind of blank as one space."""
    folded = "".join(unicodedata.normalize("NFKC", c) if _is_wide(c) else " " if c.isspace() else c for c in text)
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Cc", "Cs"))


def _is_wide(character: str) -> bool:
    return "\uff01" <= character <= "\uffee" or character == "\u3000"


def clean_name(text: str) -> str:
    """A name as it is stored: NFC, no stray blanks, `·` (U+00B7) for every other dot. Never cut.

    A blank stays only between two Latin words.
    """
    dotted = unicodedata.normalize("NFC", text).translate(_NAME_DOTS)
    name = " ".join(fold_width(dotted).split())
    name = re.sub(r"(?<![A-Za-z.]) | (?![A-Za-z])", "", name)
    return re.sub(r"(?<=[^\x00-\x7f])\.(?=[^\x00-\x7f])", _DOT, name)


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are of one person as far as anyone can tell: case, width, dots and blanks aside."""
    return _bare_name(one) == _bare_name(other)


def _bare_name(text: str) -> str:
    return clean_name(text).casefold().replace(" ", "")


def clean_id_number(text: str) -> str:
    """An ID number as it is stored: plain width, upper-case X, no blanks, quotes or dashes."""
    return re.sub(r"[\s'’‘`\-]", "", fold_width(text)).upper()


def check_id_number(number: str) -> str | None:
    """What is wrong with a cleaned ID number (GB 11643-1999), or None.

    form: not 17 digits and a digit or X; date: no such day of birth; check: the last character
    does not fit the others, so one of them is wrong.

    The check (ISO 7064, MOD 11-2): read with the base 2, where the digits keep their values and X is 10, the
    number leaves 1 modulo 11. The base 13 leaves the same, for 13 is 2 modulo 11, and has the digit A for 10.
    """
    if not _ID_FORM.fullmatch(number):
        return "form"
    if not _was_born(number[6:14]):
        return "date"
    return None if int(number.replace("X", "A"), 13) % 11 == 1 else "check"


def faulty_id_numbers(numbers: Collection[str]) -> set[str]:
    """Those of different cleaned ID numbers that `check_id_number` finds fault with, in a part of its time."""
    text = "\n".join(numbers)
    lines = text.split("\n")
    if len(lines) != len(numbers):
        return {number for number in numbers if check_id_number(number) is not None}
    unusual = set(_UNUSUAL_ID.findall(text))
    usual = [line for line in lines if line not in unusual] if unusual else lines
    wrong = {line for line in usual if int(line.replace("X", "A"), 13) % 11 != 1}
    return wrong.union(number for number in unusual if check_id_number(number) is not None)


@lru_cache(maxsize=65536)
def _was_born(day: str) -> bool:
    """Whether YYYYMMDD is a day since 1900; staff share their birthdays, so each is looked at once."""
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])).year >= 1900
    except ValueError:
        return False


def history_key(id_number: str, name: str, unit: str) -> str:
    """What a person is known by from year to year: the ID number, or without one name and unit, with a tab between."""
    return id_number or f"{name}\t{unit}"


def is_named_key(key: str) -> bool:
    """Whether a key of the history is no ID number, but stands for one."""
    return not key or "\t" in key


def mask_id_number(number: str) -> str:
    """An ID number as it may be shown: ``360981********1234``."""
    if len(number) < 11:
        return "*" * len(number)
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


def mask_name(name: str) -> str:
    """A name with its middle hidden: 张*伟, 张*, 买**·***逊."""
    last = len(name) - 1
    return "".join(
        character if index == 0 or character == _DOT or (index == last and last > 1) else "*"
        for index, character in enumerate(name)
    )


def new_event_code(random_bytes: bytes) -> str:
    """The four characters of a new event, out of at least 4 random bytes."""
    return _spell(random_bytes, EVENT_LENGTH)


def new_token(random_bytes: bytes) -> str:
    """The token of a new entrant, out of at least 8 random bytes (40 bits of them are used)."""
    return _spell(random_bytes, TOKEN_LENGTH)


def _spell(random_bytes: bytes, length: int) -> str:
    if len(random_bytes) < length:
        raise ValueError(f"{length} random bytes are needed, not {len(random_bytes)}")
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in random_bytes[:length])


def is_station_code(text: str) -> bool:
    """Whether a station's code can be in a sheet code: one to eight of 0-9 and A-Z."""
    return _STATION.fullmatch(text) is not None


def badge_code(event: str, token: str) -> str:
    """What a badge says, in characters that every QR code and keyboard has."""
    _must_spell(event, EVENT_LENGTH)
    _must_spell(token, TOKEN_LENGTH)
    check = _check(VERSION + event + token)
    return f"{VERSION} {event} {token[:4]}-{token[4:]}-{check}"


def sheet_code(event: str, token: str, station: str, seat: int) -> str:
    """What the mark sheet of one judge's seat at one station says.

    Raises:
        ValueError: the station's code is not one to eight of 0-9 and A-Z, or the seat not 1 to 99.
    """
    _must_spell(event, EVENT_LENGTH)
    _must_spell(token, TOKEN_LENGTH)
    if not is_station_code(station) or not 1 <= seat <= SEATS:
        raise ValueError(f"no sheet code for station {station!r}, seat {seat}")
    check = _check(f"{VERSION}{event}{token}{station}{seat:02d}")
    return f"{VERSION} {event} {token[:4]}-{token[4:]}-{station}-{seat:02d}-{check}"


def _must_spell(text: str, length: int) -> None:
    if len(text) != length or not set(text) <= set(ALPHABET):
        raise ValueError(f"not {length} characters of a code: {text!r}")


def _check(body: str) -> str:
    number = 0
    for character in body:
        number = number * 32 + _VALUE[character]
    rest = (1 - number * 32**_CHECK_LENGTH) % _PRIME
    return ALPHABET[rest // 32] + ALPHABET[rest % 32]


def parse_scan(text: str, event: str = "") -> Scan:
    """What a scanned or typed code says. Case, width, blanks and dashes do not matter.

    With `event`, the last part of a badge code alone (``7K3M-2QX9-A4``) is enough.

    Raises:
        ScanProblem: it is no code of ours, or damaged.
    """
    code = re.sub(r"[\s\-‐‑‒–—―_.]", "", fold_width(text)).upper()
    if not code:
        raise ScanProblem("empty")
    if event and len(code) == _SHORT_BADGE and code.isascii() and code.isalnum():
        code = VERSION + event + code
    code = code[: len(VERSION)].translate(_LOOKS_LIKE) + code[len(VERSION) :]
    if not code.startswith(VERSION[:2]) or not code[2:3].isdigit():
        raise ScanProblem("foreign")
    if not code.startswith(VERSION):
        raise ScanProblem("version")
    if not (code.isascii() and code.isalnum()):
        raise ScanProblem("damaged")
    head, middle, check = code[:_HEAD].translate(_LOOKS_LIKE), code[_HEAD:-_CHECK_LENGTH], code[-_CHECK_LENGTH:]
    if len(code) < _BADGE_LENGTH or check.translate(_LOOKS_LIKE) != _check(head + middle):
        raise ScanProblem("damaged")
    scan = Scan(head[len(VERSION) : -TOKEN_LENGTH], head[-TOKEN_LENGTH:])
    if not middle:
        return scan
    station, seat = middle[:-_SEAT_LENGTH], middle[-_SEAT_LENGTH:]
    if not is_station_code(station) or not seat.isdigit() or seat == "00":
        raise ScanProblem("damaged")
    return Scan(scan.event, scan.token, station, int(seat))
