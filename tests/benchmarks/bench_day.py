"""A whole Gao'an day without a window: seconds of each phase, and the memory of the process at its end."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.report import Row, against

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "resources" / "examples" / "gaoan-2023"

_REPORT = """
import resource
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
_EMPTY = f"import peewee, reportlab.pdfgen.canvas, ortools.sat.python.cp_model\n{_REPORT}"
_DAY = f"""
import os, sys
import main
said, sys.stdout = sys.stdout, open(os.devnull, "w")
assert main.main(sys.argv[1:]) == 0
sys.stdout = said
{_REPORT}
"""


def run() -> list[Row]:
    """Seconds, and MiB beside a process that has only loaded the libraries."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "day"
        floor = _memory(_EMPTY)
        memory = _memory(
            _DAY, "rehearse", "--plan", str(EXAMPLE / "plan.xlsx"), "--roster", str(EXAMPLE / "rosters"),
            "--history", str(EXAMPLE / "history.csv"), "--seed", "08 15 22 31 33 06/高安", "--out", str(out),
        )  # fmt: skip
        seconds = json.loads((out / "report.json").read_text("utf-8"))["seconds"]
    total = seconds.pop("total")
    return [
        Row("a whole day", total, "s", None, None),
        *(Row(f"  {phase}", spent, "s", None, None) for phase, spent in seconds.items()),
        against("memory at the end of the day", memory, "MiB", floor),
    ]


def _memory(program: str, *arguments: str) -> float:
    """MiB of memory of a process at its most."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)
