"""What files of marks and theory marks hold, as plain rows."""

from dataclasses import dataclass

TOTAL, STATE, SECONDS, PENALTY = "合计", "状态", "用时", "超时扣分"
STATES = {"缺考": "absent", "弃权": "withdrew", "取消资格": "disqualified"}


@dataclass(frozen=True)
class MarkRow:
    """One line of a marks file, as it stands there; `line` counts from 1 as an editor does."""

    line: int
    entrant: str
    station: str
    judge: str
    number: str
    value: str


@dataclass(frozen=True)
class TheoryRow:
    """One theory mark of a file; the entrant is known by an ID number or by a contestant number."""

    file: str
    sheet: str
    row: int
    id_number: str
    number: str
    name: str
    unit: str
    value_milli: int
