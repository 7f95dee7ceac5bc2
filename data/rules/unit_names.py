"""Which unit somebody may have meant who wrote a name that is not in the plan."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

_OFFERED = 3
_LIKE_ENOUGH = 0.5
# Words that people leave out or put in without meaning another hospital.
_FILLING = re.compile(r"人民|中心|街道|社区|卫生|服务|职工|民营|镇|乡")


def near_names(written: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The full names that come nearest, the likeliest first, at most three.

    names: the full name for each full or short name. Nearest are those that differ in filling words alone
    (市医院, 市人民医院), then those of which one holds the other whole (高安市中医院), then those of which one
    leaves out characters of the other (二人民医院, 市第二人民医院), then those that are alike (市人名医院).
    """
    cores = _core(written)
    found: dict[str, tuple[int, float]] = {}
    for name, full in names.items():
        distance = _distance(written, cores, name)
        if distance is not None and (full not in found or distance < found[full]):
            found[full] = distance
    return tuple(sorted(found, key=lambda full: found[full])[:_OFFERED])


def _distance(written: str, core: str, name: str) -> tuple[int, float] | None:
    more = abs(len(written) - len(name))
    if core and core == _core(name):
        return 0, more
    if written in name or name in written:
        return 1, more
    if len(written) > 1 and (_is_within(written, name) or _is_within(name, written)):
        return 2, more
    alike = SequenceMatcher(None, written, name).ratio()
    return (3, 1 - alike) if alike >= _LIKE_ENOUGH else None


def _core(name: str) -> str:
    return _FILLING.sub("", name)


def _is_within(short: str, long: str) -> bool:
    """Whether the characters of `short` come in `long` in this order."""
    rest = iter(long)
    return all(character in rest for character in short)
