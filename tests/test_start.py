"""What is loaded while the window and its pages open: the solver takes a second to load, so only a worker does it."""

import subprocess
import sys
from pathlib import Path

from ui.main_window import PAGES

ROOT = Path(__file__).parent.parent
_SCRIPT = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print("loaded", *sorted({"ortools", "pandas"} & sys.modules.keys()))
"""


def test_the_window_every_page_and_the_rehearsal_open_without_the_solver() -> None:
    modules = ["ui.app", "ui.rehearse_dialog", *(f"ui.pages.{key}" for key in PAGES)]
    run = [sys.executable, "-c", _SCRIPT, *modules]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["loaded"]
