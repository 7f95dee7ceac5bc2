"""Cold start to a window that can be used, and memory at the end of a day, each beside an empty PySide6 window."""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from data import store as stores
from tests.benchmarks.report import Row, against

ROOT = Path(__file__).parent.parent.parent
_TIMES = 5

# Each program prints two figures after its window was painted once: the moment, and its memory in MiB.
_REPORT = """
import re, time
from pathlib import Path
def report():
    app.processEvents()
    window.grab()
    shown = time.clock_gettime(time.CLOCK_MONOTONIC)
    # Not getrusage: its maximum outlives exec, so it would be that of the process that started this one.
    print(shown, int(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
"""
_EMPTY = f"""
from PySide6.QtWidgets import QApplication, QMainWindow
{_REPORT}
app = QApplication([])
window = QMainWindow()
window.resize(1280, 720)
window.show()
report()
"""
_BIWU = f"""
import sys
from PySide6.QtWidgets import QApplication
from ui import language, theme
from ui.application import Application
from ui.settings import Settings
{_REPORT}
app = QApplication([])
language.use("zh_CN")
theme.load_fonts()
theme.apply(app)
application = Application(Settings(Path(sys.argv[1]).with_suffix(".ini")))
application.open_event(Path(sys.argv[1]))
window = application.window
for page in sys.argv[2:]:
    window.go(page)
report()
application.close_event()
"""


def _run(program: str, *arguments: str) -> tuple[float, float]:
    """Seconds from the start of the process to the painted window, and MiB of memory at its most."""
    import time

    begun = time.clock_gettime(time.CLOCK_MONOTONIC)
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    shown, memory = map(float, done.stdout.split())
    return shown - begun, memory


def _median(program: str, *arguments: str) -> tuple[float, float]:
    runs = [_run(program, *arguments) for _ in range(_TIMES)]
    return statistics.median(seconds for seconds, _ in runs), statistics.median(memory for _, memory in runs)


def run() -> list[Row]:
    """The window on a new event, and on an event at the end of its day with every page visited."""
    from tests.conftest import Phases
    from ui.main_window import PAGES

    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / "new.biwu"
        stores.create(new).close()
        whole = Phases(Path(folder)).file("finished")
        floor_seconds, floor_memory = _median(_EMPTY)
        seconds, _memory = _median(_BIWU, str(new))
        full_seconds, _memory = _median(_BIWU, str(whole))
        _seconds, memory = _run(_BIWU, str(whole), *PAGES)
    return [
        against("cold start to the window, new event", seconds, "s", floor_seconds),
        against("cold start to the window, end of the day", full_seconds, "s", floor_seconds),
        against("memory, every page visited at the end of the day", memory, "MiB", floor_memory),
    ]
