"""The process that test_kill_running.py kills: python -m tests.data.kill_child_running EVENT VISIT VISIT …

For each line on its input it forks a child that opens the event and begins the visits of that line, one after the
other, and hands in the sheet of each. It prints `child PID`, then `start VISIT` and `sheet VISIT` for what was
acknowledged, then `gone` when the child is dead.
"""

import os
import sys
from pathlib import Path

from data import store as stores
from data.actions import marks, running
from tests.data.floor import OPENS, Clock


def main(event: Path) -> None:
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _perform(event, [int(visit) for visit in line.split()])
            os._exit(0)
        _say(f"child {pid}")
        os.waitpid(pid, 0)
        _say("gone")


def _perform(event: Path, visits: list[int]) -> None:
    store = stores.open_store(event, clock=Clock(OPENS + 60))
    for visit in visits:
        running.start_visit(store, "李敏", visit)
        _say(f"start {visit}")
        marks.hand_in(store, "李敏", visit, 1, {}, total_milli=80_000)
        _say(f"sheet {visit}")


def _say(line: str) -> None:
    """One write, which the kernel puts into the pipe as a whole."""
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
