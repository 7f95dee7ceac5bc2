"""A power cut in small: the process that hands in marks is killed at 200 random moments."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data import models
from data import store as stores
from data.store import Store
from data.verify import verify_file
from tests.data.kill_child import MOST_MARKS
from tests.data.samples import add_marked_station

ROOT = Path(__file__).parents[2]
KILLS = 200
MOST_ACKNOWLEDGED = 4  # marks before a kill
MOST_MICROSECONDS = 4000  # from there to the kill: about the time of one more mark, or of opening the file

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL on Windows"),
]


def test_every_acknowledged_mark_survives_sigkill(store: Store) -> None:
    visit = add_marked_station(store, full_milli=KILLS * MOST_MARKS)
    store.close()
    chance = random.Random(20231125)
    command = [sys.executable, "-m", "tests.data.kill_child", str(store.path), str(visit)]
    acknowledged: list[tuple[int, int, int]] = []
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forker:
        for kill in range(KILLS):
            acknowledged += _kill_once(forker, kill * MOST_MARKS, chance)
        assert forker.stdin
        forker.stdin.close()
    assert forker.returncode == 0
    assert len(acknowledged) > KILLS

    assert verify_file(store.path) == []
    opened = stores.open_store(store.path)
    with opened.read():
        stored = {(mark.seat, mark.version, mark.total_milli) for mark in models.Mark.select()}
        latest = models.Mark.select().where(models.Mark.latest).count()
    opened.close()
    assert set(acknowledged) <= stored
    assert len(stored) <= len(acknowledged) + KILLS, "each kill can hide at most one acknowledgement"
    assert latest == len({seat for seat, _version, _total in stored})


def _kill_once(forker: subprocess.Popen[str], first_total: int, chance: random.Random) -> list[tuple[int, int, int]]:
    """Start a child, kill it some marks and microseconds later; returns every mark that it acknowledged."""
    assert forker.stdin
    assert forker.stdout
    forker.stdin.write(f"{first_total}\n")
    forker.stdin.flush()
    word, pid = forker.stdout.readline().split()
    assert word == "child"
    marks = [_mark(forker.stdout.readline()) for _ in range(chance.randint(0, MOST_ACKNOWLEDGED))]
    end = time.perf_counter() + chance.randint(0, MOST_MICROSECONDS) / 1e6
    while time.perf_counter() < end:
        pass
    os.kill(int(pid), signal.SIGKILL)
    while (line := forker.stdout.readline()) != "gone\n":
        marks.append(_mark(line))
    return marks


def _mark(line: str) -> tuple[int, int, int]:
    word, seat, version, total = line.split()
    assert word == "mark", line
    return int(seat), int(version), int(total)
