"""Takes the pictures of the README anew: QT_QPA_PLATFORM=offscreen python -m tests.make_pictures

Half of a day comes from the demo event; the projector and the results from the same day run to its end.
"""

import shutil
import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from data import demo, i18n, rehearsal_steps
from data import store as stores
from data.actions import results, running
from data.errors import NotAllowed
from data.queries import running as running_queries
from data.queries import scores
from data.queries.plan import current_plan
from data.simulation import Simulation
from data.store import Store
from ui import theme
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.projector import ProjectorPage
from ui.projector.slide_view import SlideView
from ui.settings import Settings

FOLDER = Path(__file__).parent.parent / "resources" / "pictures"
SETTLE_MS = 300
SIZE = (1280, 720)
DIVISION = 2  # 一类·护理组
SLOW = ("S2", 1)


def settle(desk: Desk) -> None:
    """Let the event loop run until no task does, and a little longer for what a task left to paint."""
    while True:
        loop = QEventLoop()
        QTimer.singleShot(SETTLE_MS, loop.quit)
        loop.exec()
        if not desk.tasks.running:
            return


def take(widget: QWidget, name: str) -> None:
    widget.grab().save(str(FOLDER / f"{name}.png"))


def half_a_day(window: MainWindow, desk: Desk) -> None:
    row = next(row for row in scores.queue(desk.store, "T2") if row.seat == 1)
    targets = {
        "home": None,
        "setup": "考站",
        "draws": "selection",
        "schedule": None,
        "print": "badges",
        "score_entry": (row.visit_id, row.seat),
    }
    for page, target in targets.items():
        desk.go(page, target)
        settle(desk)
        if page == "score_entry":
            type_some_items(window, desk)
        take(window, page.replace("_", "-"))


def type_some_items(window: MainWindow, desk: Desk) -> None:
    """The sheet of the defibrillator as it looks half way through."""
    for keys in ("2", None, None, None, "2", None, None, "52", None):
        field = window.focusWidget()
        if keys is None:
            QTest.keyClick(field, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(field, keys)
    settle(desk)


def an_afternoon(store: Store) -> None:
    """Three quarters of an hour on the floor after the half of the demo day, with one lane that takes too long."""
    date = datetime.fromisoformat(current_plan(store).info.date)
    first = min(row.next.starts_minute for row in running_queries.board(store).lanes if row.next)
    for minute in range(first, first + 45):
        store.clock = partial(moment, date + timedelta(minutes=minute))
        for row in running_queries.board(store).lanes:
            length = row.current.ends_minute - row.current.starts_minute if row.current else 0
            slow = 4 if (row.station_code, row.lane) == SLOW else 0
            if row.current and row.actual_start is not None and minute >= row.actual_start + length + slow:
                running.end_visit(store, rehearsal_steps.ACTOR, row.current.visit_id)
        for row in running_queries.board(store).lanes:
            if row.current is None and row.next and row.next.starts_minute <= minute:
                with suppress(NotAllowed):
                    running.start_visit(store, rehearsal_steps.ACTOR, row.next.visit_id)


def moment(now: datetime) -> datetime:
    return now.astimezone()


def floor(window: MainWindow, desk: Desk) -> None:
    desk.go("running", SLOW)
    settle(desk)
    take(window, "running")


def finish(store: Store) -> None:
    simulation = Simulation("demo")
    rehearsal_steps.judge_visits(store, simulation, lambda done, total: None)
    rehearsal_steps.settle_ties(store, simulation)
    rehearsal_steps.confirm(store)
    rehearsal_steps.lock(store)
    results.finalise(store, rehearsal_steps.ACTOR)


def evening(window: MainWindow, desk: Desk) -> None:
    desk.go("results")
    settle(desk)
    take(window, "results")
    desk.go("projector")
    settle(desk)
    page = window.findChild(ProjectorPage)
    page.divisions.item(DIVISION).setCheckState(Qt.CheckState.Checked)
    settle(desk)
    slide = SlideView()
    slide.resize(1920, 1080)
    slide.show_slide(page.preview.slide)
    slide.show()
    settle(desk)
    take(slide, "projector")
    slide.close()


def main() -> None:
    app = QApplication([])
    i18n.use(i18n.DEFAULT_LANGUAGE)
    theme.load_fonts()
    theme.apply(app)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, prepare, walk in (
            ("half", None, half_a_day),
            ("floor", an_afternoon, floor),
            ("whole", finish, evening),
        ):
            path = Path(folder) / f"{name}.biwu"
            shutil.copyfile(demo.ORIGINAL, path)
            store = stores.open_store(path)
            if prepare:
                prepare(store)
            desk = Desk(store, Settings(Path(folder) / "settings.ini"))
            desk.sit_down("李敏")
            window = MainWindow(desk)
            window.resize(*SIZE)
            window.show()
            settle(desk)
            walk(window, desk)
            window.close()
            desk.close()
            store.close()


if __name__ == "__main__":
    main()
