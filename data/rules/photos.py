"""Portraits (照片) that come as files: whose a picture is, as the name of its file says.

A picture is named by the ID number, or by the name, alone or with the unit, the group or other
words around it: `360981199001011234.jpg`, `市医-张三.png`, `张三_360981199001011234 二寸.jpg`, or `张三.jpg`
in a folder of the unit's name. Codes of a Miss: nameless, nobody, nobody_id, other_name, ambiguous.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.rules import identity

WIDTH, HEIGHT = 413, 579  # pixels of a two-inch portrait, 35 × 49 mm at 300 dpi

_ID_NUMBER = re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)")
_NOT_A_NAME = re.compile(r"[^\w·]+|[\d_]+")
_WORDS = re.compile(
    r"照片|相片|证件照?|免冠照?|标准照|登记照|报名照?|[一二两12]?寸照?|头像|蓝底|白底|红底|姓名|单位|身份证号?码?"
)


@dataclass(frozen=True)
class Picture:
    """A portrait ready to be kept: a JPEG of at most WIDTH × HEIGHT.

    file: the name as the user knows it. stem: the name of the picture itself, without its ending.
    folders: the folders that it lies in, the nearest last, of those that were chosen or are inside them.
    """

    file: str
    stem: str
    folders: tuple[str, ...]
    content: bytes


@dataclass(frozen=True)
class Unusable:
    """A file that gave no portrait, and why in words."""

    file: str
    why: str


@dataclass(frozen=True)
class PhotoReading:
    """What files, folders and archives hold."""

    pictures: tuple[Picture, ...] = ()
    unusable: tuple[Unusable, ...] = ()


@dataclass(frozen=True)
class Member:
    """Somebody whose picture it may be."""

    id: int
    name: str
    id_number: str
    unit: str
    unit_short: str
    group: str  # 护理组


@dataclass(frozen=True)
class Miss:
    """Why a picture belongs to nobody. names: those whom it may show, as `name, unit`."""

    code: str
    names: tuple[str, ...] = ()


class Finder:
    """Finds the member that a file's name means."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._by_id = {member.id_number: member for member in members if member.id_number}
        self._by_name: dict[str, list[Member]] = defaultdict(list)
        self._units: dict[str, set[str]] = defaultdict(set)
        for member in members:
            self._by_name[identity.clean_name(member.name)].append(member)
            for text in (member.unit, member.unit_short):
                self._units[text].add(member.unit)
        self._units.pop("", None)
        groups = {member.group for member in members}
        self._around = sorted({*self._units, *groups} - {""}, key=len, reverse=True)

    def find(self, stem: str, folders: Iterable[str] = ()) -> Member | Miss:
        """Whose picture it is. Unit and group are looked for in the name first, then in the folders, nearest first."""
        text = identity.fold_width(stem).strip()
        number = _ID_NUMBER.search(text)
        named = self._named(_ID_NUMBER.sub(" ", text))
        if number is None:
            return self._choose(named, text, folders)
        owner = self._by_id.get(number[0].upper())
        if owner is None:
            return Miss("nobody_id")
        return Miss("other_name", (who(owner),)) if named and owner not in named else owner

    def _named(self, text: str) -> list[Member]:
        """Everyone whose name is a word of the text, or what is left of it without units, groups and the like."""
        bare = _WORDS.sub(" ", text)
        for word in self._around:
            bare = bare.replace(word, " ")
        found: dict[int, Member] = {}
        for whole in (text, bare):
            words = _NOT_A_NAME.split(whole)
            for word in (*words, whole, "".join(words)):
                found |= {member.id: member for member in self._by_name.get(identity.clean_name(word), ())}
        return list(found.values())

    def _choose(self, named: list[Member], text: str, folders: Iterable[str]) -> Member | Miss:
        places = (text, *reversed(tuple(folders)))
        units: set[str] = next(filter(None, map(self._units_in, places)), set())
        named = [member for member in named if not units or member.unit in units]
        for place in places:
            named = [member for member in named if member.group and member.group in place] or named
        if not named:
            return Miss("nobody" if _NOT_A_NAME.sub("", text) else "nameless")
        return named[0] if len(named) == 1 else Miss("ambiguous", tuple(map(who, named)))

    def _units_in(self, text: str) -> set[str]:
        """The units that the longest name or short name of a unit in the text means."""
        plain = identity.fold_width(text)
        longest = max((word for word in self._units if word in plain), key=len, default="")
        return self._units.get(longest, set())


def who(member: Member) -> str:
    """A member among others of the same name."""
    return f"{member.name} · {member.unit_short or member.unit} · {member.group}"
