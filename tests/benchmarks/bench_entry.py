"""Entering mark sheets: keys an item and a sheet, and how long the program takes for a sheet, typed with real keys."""

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from tests.benchmarks.report import Row, against

_SHEETS = 20
_KEYS_A_SECOND = 4  # of somebody practised on the keypad
_EVENT = Path(__file__).parent.parent.parent / "resources" / "examples" / "demo.biwu"


def run() -> list[Row]:
    """The floor of a sheet's time is the same number of keys into an empty line; that of its keys one an item."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication, QLineEdit

    from data import store as stores
    from data.queries import scores
    from data.simulation import Simulation
    from tests.ui.sheet_typist import keys_of_sheet, press
    from ui import theme
    from ui.desk import Desk
    from ui.pages.score_entry import ScoreEntryPage
    from ui.settings import Settings

    app = QApplication.instance() or QApplication([])
    theme.load_fonts()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "event.biwu"
        shutil.copyfile(_EVENT, copy)
        store = stores.open_store(copy)
        desk = Desk(store, Settings(Path(folder) / "settings.ini"))
        desk.sit_down("李敏")
        page = ScoreEntryPage(desk)
        page.resize(1088, 630)
        page.show()
        app.processEvents()
        seconds, keys, items, floors = [], [], [], []
        for row in scores.queue(store)[:_SHEETS]:
            sheet = scores.open_sheet(store, row.visit_id, row.seat)
            values = Simulation("keys").sheet(sheet.items, str(row.entrant_id), row.station_code, str(row.seat))
            typed = keys_of_sheet(sheet.items, values)
            page.show_target((row.visit_id, row.seat))
            app.processEvents()
            started = time.perf_counter()
            press(page, typed)
            app.processEvents()
            seconds.append(time.perf_counter() - started)
            keys.append(len(typed))
            items.append(len(sheet.items))
            line = QLineEdit()
            line.show()
            line.setFocus()
            started = time.perf_counter()
            press(line, typed)
            floors.append(time.perf_counter() - started)
        desk.close()
        store.close()
    sheet_keys, sheet_items = statistics.mean(keys), statistics.mean(items)
    return [
        against("keys of a sheet, hand-in included", sheet_keys, "keys", sheet_items),
        Row("keys an item", sheet_keys / sheet_items, "keys", None, None),
        Row(f"seconds of a sheet at {_KEYS_A_SECOND} keys a second", sheet_keys / _KEYS_A_SECOND, "s", None, None),
        against("the program's part of a sheet", statistics.median(seconds), "s", statistics.median(floors)),
    ]
