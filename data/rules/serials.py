"""The serial number of a certificate: it stands for one printed text and for nothing else, ever.

Whoever holds a certificate can ask whether its number is still good. So a number whose text changed or whose
award went is void (作废) and never comes back, even when the award does: the new paper has a new number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Certified:
    """An award on paper. owner: whose it is, as (what, row id); series: what its number counts in, such as a
    division's code; text: all that the paper says beside the number, the award among it."""

    owner: tuple[str, int]
    series: str
    award: str
    text: tuple[str, ...]
    serial: str = ""


def serials(code: str, versions: Sequence[Sequence[Certified]], wanted: Sequence[Certified]) -> list[str]:
    """The numbers of the wanted papers, `CODE-SERIES-0001`, in their order.

    Args:
        code: the event's code.
        versions: the papers of every earlier result version, the oldest first.
    """
    newest = versions[-1] if versions else ()
    return _numbered(code, versions, wanted, {(one.owner, one.text): one.serial for one in newest})


def serials_by_award(code: str, versions: Sequence[Sequence[Certified]], wanted: Sequence[Certified]) -> list[str]:
    """The same by the rule of versions that were made before this one: a number belongs to entrant and award,
    and comes back with the award. Papers whose text had changed kept their number."""
    given = {(one.owner, one.award): one.serial for papers in versions for one in papers}
    kept = {(one.owner, one.text): given[one.owner, one.award] for one in wanted if (one.owner, one.award) in given}
    return _numbered(code, versions, wanted, kept)


def _numbered(
    code: str,
    versions: Iterable[Iterable[Certified]],
    wanted: Iterable[Certified],
    kept: dict[tuple[tuple[str, int], tuple[str, ...]], str],
) -> list[str]:
    highest: dict[str, int] = {}
    for papers in versions:
        for one in papers:
            highest[one.series] = max(highest.get(one.series, 0), int(one.serial.rpartition("-")[2]))
    found = []
    for one in wanted:
        serial = kept.get((one.owner, one.text), "")
        if not serial:
            highest[one.series] = highest.get(one.series, 0) + 1
            serial = f"{code}-{one.series}-{highest[one.series]:04d}"
        found.append(serial)
    return found
