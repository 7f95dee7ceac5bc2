"""The process that test_kill.py kills: python -m tests.data.kill_child EVENT VISIT.

For each line on its input, a number, it forks a child that opens the event and hands in marks with
totals from that number on. It prints `child PID`, then the child's `mark SEAT VERSION TOTAL` for each
mark that was handed in, then `gone` when the child is dead. Forking from a process that has imported
everything makes a child cost milliseconds.
"""

import os
import sys
from pathlib import Path

from data import store as stores
from data.actions import marks

MOST_MARKS = 200  # a child that nobody kills ends by itself
SEATS = 3


def main(event: Path, visit: int) -> None:
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _hand_in(event, visit, int(line))
            os._exit(0)
        _say(f"child {pid}")
        os.waitpid(pid, 0)
        _say("gone")


def _hand_in(event: Path, visit: int, first_total: int) -> None:
    store = stores.open_store(event)
    for total in range(first_total, first_total + MOST_MARKS):
        seat = 1 + total % SEATS
        receipt = marks.hand_in(store, "李敏", visit, seat, {}, total_milli=total, reason="更正")
        _say(f"mark {seat} {receipt.version} {receipt.total_milli}")


def _say(line: str) -> None:
    """One write, which the kernel puts into the pipe as a whole."""
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
