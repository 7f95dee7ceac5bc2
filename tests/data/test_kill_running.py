"""A power cut between the start of a visit and its sheet: what was acknowledged is still there."""

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
from data.queries import schedule
from data.verify import verify_file
from tests.data.floor import set_up

ROOT = Path(__file__).parents[2]
KILLS = 60
EACH = 4  # visits that a child has before it
MOST_ACKNOWLEDGED = 6  # starts and sheets before a kill
MOST_MICROSECONDS = 4000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL on Windows"),
]


def test_every_acknowledged_start_survives_sigkill(store) -> None:
    set_up(store, KILLS * EACH, 1, 2)
    visits = [slot.visit_id for slot in schedule.slots(store)]
    store.close()
    chance = random.Random(20231125)
    acknowledged: list[tuple[str, int]] = []
    command = [sys.executable, "-m", "tests.data.kill_child_running", str(store.path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forker:
        for kill in range(KILLS):
            acknowledged += _kill_once(forker, visits[kill * EACH : (kill + 1) * EACH], chance)
        assert forker.stdin
        forker.stdin.close()
    assert forker.returncode == 0
    starts = {visit for word, visit in acknowledged if word == "start"}
    sheets = {visit for word, visit in acknowledged if word == "sheet"}
    assert len(starts) > KILLS
    assert starts - sheets, "some were killed between a start and its sheet"

    assert verify_file(store.path) == []
    opened = stores.open_store(store.path)
    with opened.read():
        began = {row.id for row in models.Visit.select().where(models.Visit.started_at.is_null(False))}
        ended = {row.id for row in models.Visit.select().where(models.Visit.ended_at.is_null(False))}
        marked = {row.visit_id for row in models.Mark.select()}
    opened.close()
    assert starts <= began
    assert sheets <= marked
    assert len(began) <= len(starts) + KILLS, "each kill can hide at most one acknowledgement"
    assert marked <= ended, "a sheet and the end of its visit are one write"


def _kill_once(forker: subprocess.Popen[str], visits: list[int], chance: random.Random) -> list[tuple[str, int]]:
    assert forker.stdin
    assert forker.stdout
    forker.stdin.write(" ".join(map(str, visits)) + "\n")
    forker.stdin.flush()
    word, pid = forker.stdout.readline().split()
    assert word == "child"
    told = [_told(forker.stdout.readline()) for _ in range(chance.randint(0, MOST_ACKNOWLEDGED))]
    end = time.perf_counter() + chance.randint(0, MOST_MICROSECONDS) / 1e6
    while time.perf_counter() < end:
        pass
    os.kill(int(pid), signal.SIGKILL)
    while (line := forker.stdout.readline()) != "gone\n":
        told.append(_told(line))
    return told


def _told(line: str) -> tuple[str, int]:
    word, visit = line.split()
    assert word in ("start", "sheet"), line
    return word, int(visit)
