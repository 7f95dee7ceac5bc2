"""Draws of the largest pools with their records and the check of these, beside the bare MD5 of their steps."""

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

from data.exchange.draw_json import record_text
from data.rules.draw import PAST, PoolId
from data.rules.draw_ids import LaneId
from data.rules.draw_record import (
    LANES,
    NUMBERS,
    SELECTION,
    Candidate,
    Record,
    drawn_record,
    frozen_record,
    impossible,
    verify_record,
)
from tests.benchmarks.report import Row, against

SEED = ["08 15 22 31 33 06", "高安"]
_KEY = b"6.8.15.22.31.33./\xe9\xab\x98\xe5\xae\x89/"
_TIMES = 3


def run() -> list[Row]:
    """A selection of 60,000 staff, numbers of 1,000 in one division, and 1,000 entrants on 8 stations of 6 lanes."""
    staff = [
        Candidate(PoolId(f"{n % 3}H", 1 + n % 200, n, PAST if n % 5 == 0 else ""), f"张{n}", f"第{n % 200}医院")
        for n in range(60_000)
    ]
    entrants = [Candidate(PoolId("1H", 1 + n % 30, n), f"张{n}", f"第{n % 30}医院") for n in range(1000)]
    lanes = [
        Candidate(LaneId(f"S{station}", f"1H-{n:04}", lane, n % 30 == lane + station))
        for station in range(1, 9)
        for n in range(1, 1001)
        for lane in range(1, 7)
    ]
    return [
        *_rows("selection of 60,000", SELECTION, staff, {f"{n}H": 3 for n in range(3)}, {"reserves": 2}),
        *_rows("numbers of 1,000, apart, 10 waves", NUMBERS, entrants, {}, {"apart": True, "waves": 10}),
        *_rows("lanes of 48,000 pairs", LANES, lanes, {}, {"equal": True}),
    ]


def _rows(words: str, kind: str, pool: list[Candidate], quotas: dict[str, int], rules: dict[str, Any]) -> list[Row]:
    floor = _best(lambda: _bare(len(pool)))
    frozen = frozen_record(kind, "大比武", pool, quotas, rules)
    record = _draw(frozen)
    text = record_text(record)
    return [
        against(f"draw: {words}, frozen", _best(lambda: _freeze(kind, pool, quotas, rules)), "s", floor),
        against(f"draw: {words}, drawn with record", _best(lambda: _draw(frozen)), "s", floor),
        against(f"draw: {words}, record as JSON text", _best(lambda: record_text(record)), "s", floor),
        against(f"draw: {words}, text read and verified", _best(lambda: _verify(text)), "s", floor),
    ]


def _freeze(kind: str, pool: list[Candidate], quotas: dict[str, int], rules: dict[str, Any]) -> None:
    assert not impossible(kind, pool, rules, quotas)
    frozen_record(kind, "大比武", pool, quotas, rules)


def _draw(frozen: Record) -> Record:
    return drawn_record(frozen, SEED, ["甲", "乙"], "2023-11-17T02:00:00.000Z")


def _verify(text: str) -> None:
    assert verify_record(json.loads(text)) == []


def _bare(size: int) -> None:
    for step in range(size):
        ends = step.to_bytes(2, "big")
        hashlib.md5(ends + _KEY + ends, usedforsecurity=False).digest()


def _best(work: Callable[[], Any]) -> float:
    """The least of a few runs, in seconds."""
    taken = []
    for _turn in range(_TIMES):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)
