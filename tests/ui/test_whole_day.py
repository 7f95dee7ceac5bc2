"""An event from the empty start window to printed certificates, by keyboard and mouse alone (issue 2, acceptance 6).

The people at the desk know nothing but what they see: codes are read from the printed papers. Actions and queries
are only asked afterwards, whether what they did is in the file.
"""

import csv
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from data import i18n
from data.i18n import _
from data.queries import entrants, leaderboard, results, schedule, scores, sealing
from data.queries.plan import current_plan
from data.store import open_read_only
from data.verify import verify_file
from tests.conftest import NURSING
from tests.printing import reading
from tests.ui.conftest import Answers
from tests.ui.person import ENTER, Person
from ui import application as applications
from ui.application import Application
from ui.settings import Settings
from ui.widgets.rail_button import RailButton
from ui.widgets.table import Table

pytestmark = pytest.mark.slow

EVENT = "县护理技能竞赛"
CODE = re.compile(r"BW1[ 0-9A-Z-]+")
GRADES, GRADE_WEIGHTS = "ABCD", (10, 5, 2, 1)
SHEETS_BY_ITEM = 30  # six visits with five judges each
# For pictures of both languages the same day is lived twice.
DAYS = ("zh_CN", "en") if os.environ.get("BIWU_PICTURES") else ("zh_CN",)


@pytest.fixture(params=DAYS)
def person(
    request: pytest.FixtureRequest, qtbot: QtBot, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    """Somebody in front of the empty start window, in one of the languages."""
    monkeypatch.setattr(applications, "events_folder", lambda: tmp_path / "events")
    settings.language = request.param
    settings.operator = "李敏"
    i18n.use(request.param)
    application = Application(settings)
    application.show_start()
    yield Person(qtbot, application)
    application.close_event()
    if application.start is not None:
        application.start.close()
        application.start.deleteLater()


def test_a_day_from_the_empty_window_to_the_certificates(person: Person, answers: Answers, tmp_path: Path) -> None:
    create_event(person)
    set_up(person, answers)
    import_roster(person, answers)
    draw_lots(person)
    plan_the_day(person)
    papers = print_papers(person, answers, tmp_path)
    check_everyone_in(person, badge_codes(papers["badges"]))
    change_language_and_back(person)
    enter_marks(person, sheet_codes(papers["marksheets"]))
    import_theory(person, answers)
    show_in_the_hall(person)
    publish(person, answers, tmp_path)
    look_at_the_records(person)
    path = person.page.desk.store.path
    person.window.close()
    assert verify_file(path) == []
    check_certificates(tmp_path / "certificates.pdf")
    check_notice(tmp_path / "notice.csv", path)


def create_event(person: Person) -> None:
    person.look("start")
    person.write("eventName", EVENT)
    person.click("create")
    person.look("home-empty")


def set_up(person: Person, answers: Answers) -> None:
    person.go("setup")
    person.look("setup-start")
    answers.path = NURSING / "plan.xlsx"
    person.click("startWorkbook")
    person.look("setup-info")
    for number in range(1, 9):
        person.click_tab("setupTabs", number)
        person.look(f"setup-{number}")
    person.click("primary")
    plan = current_plan(person.page.desk.store)
    assert (len(plan.units), len(plan.judges)) == (14, 20)


def import_roster(person: Person, answers: Answers) -> None:
    person.go("roster")
    person.look("roster-empty")
    answers.paths = [NURSING / "roster.xlsx"]
    person.click(_("Import rosters…"))
    person.wait_until_idle()
    person.look("roster-preview")
    person.click("importRows")
    person.wait_until_idle()
    person.look("roster")
    assert len(person.see(Table, "staff").model.rows()) >= 42


def draw_lots(person: Person) -> None:
    person.go("draws")
    person.look("draws-list")
    for kind in ("selection", "numbers"):
        person.click(f"choice:{kind}")
        person.click("primary")
        person.wait_until_idle()
        person.look(f"draws-{kind}-frozen")
        if kind == "selection":
            begin_ceremony(person)
        for field, text in (
            ("part1", "08 15 22 31 33 06"),
            ("witness1", "王建国"),
            ("part2", "5 3 6"),
            ("witness2", "赵芳"),
        ):
            person.write(field, text)
        person.look(f"draws-{kind}-seed")
        person.click("primary")
        person.answer()
        if kind == "selection":
            end_ceremony(person)
        person.look(f"draws-{kind}-drawn")
    drawn = entrants.entrants(person.page.desk.store, "N")
    assert sorted(row.draw_order for row in drawn) == list(range(1, 43))


def begin_ceremony(person: Person) -> None:
    """The hall sees the frozen list, then the seed as it is typed."""
    person.click("showCeremony")
    person.wait(lambda: person.page.focusWidget() is not None and person.page.focusWidget().objectName() == "ceremony")
    person.press_shortcut(Qt.Key.Key_Space)
    person.look("draws-ceremony-list")


def end_ceremony(person: Person) -> None:
    """Everyone drawn is shown fast, then the result."""
    person.wait(lambda: person.see(QAbstractButton, "stage:draw").isChecked())
    person.press_shortcut(Qt.Key.Key_3)
    person.look("draws-ceremony-draw")
    person.press_shortcut(Qt.Key.Key_S)
    person.press_shortcut(Qt.Key.Key_Space)
    assert person.see(QAbstractButton, "stage:result").isChecked()
    person.look("draws-ceremony-result")
    person.click("ceremonyWindow")
    person.click("ceremonyEnd")


def plan_the_day(person: Person) -> None:
    person.go("schedule")
    person.look("schedule-before")
    person.click("primary")
    person.wait_until_idle()
    person.look("schedule-chart")
    for view in (1, 2):
        person.click(f"view:{view}")
        person.look(f"schedule-{view}")
    assert len(schedule.slots(person.page.desk.store)) == 42


def print_papers(person: Person, answers: Answers, folder: Path) -> dict[str, Path]:
    person.go("print")
    papers = {}
    for row, kind in enumerate(("badges", "marksheets", "slips", "lanes", "judges")):
        person.click_line("papers", row)
        person.wait_until_idle()
        answers.path = papers[kind] = folder / f"{kind}.pdf"
        person.click("savePdf")
        person.wait_until_idle()
        person.look(f"print-{kind}")
    person.click_line("papers", 5)
    person.look("print-certificates")
    return papers


def badge_codes(path: Path) -> list[str]:
    """What a scanner reads from the printed badges."""
    pdf = path.read_bytes()
    return [code for page in range(len(reading.texts(pdf))) for code in reading.codes(pdf, page)]


def sheet_codes(path: Path) -> list[str]:
    """The code below the QR code of each printed mark sheet, as somebody types it whose scanner is broken."""
    return [match.group() for text in reading.texts(path.read_bytes()) if (match := CODE.search(text))]


def check_everyone_in(person: Person, codes: list[str]) -> None:
    person.go("checkin")
    person.look("checkin")
    assert len(codes) == 42
    for number, code in enumerate(codes):
        person.press(code, ENTER)
        if number == 20:
            person.look("checkin-card")
    person.wait_until_idle()
    person.look("checkin-done")
    person.go("home")
    person.look("home-morning")
    assert {row.state for row in entrants.entrants(person.page.desk.store, "N")} == {"present"}


def change_language_and_back(person: Person) -> None:
    before = i18n.language()
    name = person.see(RailButton, "rail:home").text()
    for _time in range(2):
        person.press_shortcut(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        person.wait_until_idle()
        names = person.see(RailButton, "rail:home").text()
        assert (names == name) == (i18n.language() == before)
        person.go("checkin")
        assert len(person.see(Table, "arrivals").model.rows()) == 42
    assert i18n.language() == before


def enter_marks(person: Person, codes: list[str]) -> None:
    """The first sheets item by item, with a key and Enter for each; of the others the totals alone."""
    person.go("score_entry")
    person.look("score-entry")
    chance = random.Random("the day")
    assert len(codes) == 210
    for number, code in enumerate(codes):
        person.press(code, ENTER)
        if number < SHEETS_BY_ITEM:
            for item in range(27):
                person.press(chance.choices(GRADES, GRADE_WEIGHTS)[0], ENTER)
                if (number, item) == (3, 12):
                    person.look("score-entry-sheet")
        else:
            person.write("paperTotal", f"{chance.randrange(120, 196) / 2:g}")
        person.press(ENTER)
        person.breathe()
        if number == 120:
            person.look("score-entry-half")
            for page in ("home", "results"):
                person.go(page)
                person.look(f"{page}-half")
            person.go("score_entry")
    person.wait_until_idle()
    person.look("score-entry-done")
    assert not scores.queue(person.page.desk.store)


def import_theory(person: Person, answers: Answers) -> None:
    answers.path = NURSING / "theory.xlsx"
    person.click(_("Import theory marks…"))
    person.wait_until_idle()
    assert leaderboard.standings(person.page.desk.store, "N").complete == 42


def show_in_the_hall(person: Person) -> None:
    person.go("projector")
    person.look("projector-nothing")
    person.tick_line("divisions", 0)
    person.click("primary")
    person.look("projector-live")
    person.press_shortcut(Qt.Key.Key_F)
    assert person.see(QLabel, "projectorState").text() == _("▲ frozen")
    person.look("projector-frozen")
    person.click("primary")


def publish(person: Person, answers: Answers, folder: Path) -> None:
    person.go("results")
    person.look("results-sealed")
    person.click("decode")
    person.write("decodingChief", sealing.sealing(person.page.desk.store).chiefs[0])
    person.write("decodingWitness", "赵芳")
    person.look("results-decoding")
    person.click("yes")
    person.wait_until_idle()
    person.look("results")
    person.click_line("divisions", 1)
    person.look("results-team")
    person.click_line("divisions", 0)
    person.click("ladder")
    person.look("results-ladder")
    person.press(Qt.Key.Key_Escape)
    person.wait_until_idle()
    person.click("primary")
    person.look("results-question")
    person.answer()
    person.look("results-version")
    answers.path = folder / "certificates.pdf"
    person.click("certificates")
    person.wait_until_idle()
    person.click("notice")
    person.look("results-notice")
    answers.path = folder / "notice.csv"
    person.click("saveNotice")
    person.wait_until_idle()
    person.go("print")
    person.click_line("papers", 5)
    person.look("print-certificates-final")


def look_at_the_records(person: Person) -> None:
    person.go("audit")
    person.look("audit")
    person.go("backups")
    person.look("backups")
    assert person.see(Table, "backupCopies").model.rows()
    person.go("home")
    person.look("home-evening")


def check_certificates(path: Path) -> None:
    """One for each award: 10, 20 and 30 % of 42 nurses, and of 14 teams the places that the plan names."""
    pages = [reading.plain([text]) for text in reading.texts(path.read_bytes())]
    assert len(pages) == 25 + 6


def check_notice(path: Path, event: Path) -> None:
    header, *rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    lines = [dict(zip(header, row, strict=True)) for row in rows]
    nurses = [line for line in lines if line["参赛编号"]]
    store = open_read_only(event)
    try:
        final = {row.number: row for row in leaderboard.standings(store, "N").rows}
        assert results.versions(store)[0].number == 1
    finally:
        store.close()
    assert len(nurses) == 42
    assert len(lines) == 42 + 14
    for line in nurses:
        row = final[line["参赛编号"]]
        assert (line["名次"], line["姓名"], line["总分"], line["奖项"]) == (
            str(row.place),
            row.name,
            row.shown,
            row.award,
        )
    assert [sum(line["奖项"] == award for line in nurses) for award in ("一等奖", "二等奖", "三等奖")] == [4, 8, 13]
