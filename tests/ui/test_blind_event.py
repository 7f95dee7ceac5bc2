"""A blind event from check-in to the decoding (issue 3, acceptance 6): no name before it, all of them after."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QTabBar
from pytestqt.qtbot import QtBot

import main
from data import i18n, models, rehearsal_steps
from data.actions import appeals
from data.errors import UserError
from data.exchange import draw_json, notice_csv, plan_workbook, schedule_csv, standings_csv
from data.queries import audit_log, entrants, papers, sealing
from data.queries.plan import current_plan, event_code
from data.rules import identity
from data.store import Store
from printing.draw_record import write_draw_record
from printing.papers import WRITERS
from tests.conftest import NURSING, SIMULATION, Phases
from tests.leaks import Secrets, file_texts, plain_texts, secrets_of, texts_in, widget_texts
from tests.ui.conftest import Answers
from tests.ui.person import ENTER, Person
from ui import application as applications
from ui.application import Application
from ui.main_window import PAGES
from ui.settings import Settings
from ui.widgets.rail import Rail
from ui.widgets.status_line import StatusLine
from ui.widgets.top_bar import TopBar

pytestmark = pytest.mark.slow

WITNESS = "见证人方舟"


@pytest.fixture
def person(
    qtbot: QtBot, settings: Settings, tmp_path: Path, phases: Phases, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    """Somebody before the nursing contest, which is blind, with its papers due."""
    monkeypatch.setattr(applications, "events_folder", lambda: tmp_path / "events")
    settings.language = "zh_CN"
    settings.operator = "录分员"
    i18n.use("zh_CN")
    phases.copy("nursing_scheduled", tmp_path / "event.biwu").close()
    application = Application(settings)
    application.open_event(tmp_path / "event.biwu")
    yield Person(qtbot, application)
    application.close_event()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def secrets(person: Person) -> Secrets:
    store = person.page.desk.store
    return secrets_of(store, public=[judge.name for judge in current_plan(store).judges])


def test_nothing_tells_a_name_before_the_decoding(
    person: Person, secrets: Secrets, answers: Answers, tmp_path: Path, caplog, capsys
) -> None:
    caplog.set_level(logging.INFO)
    store = person.page.desk.store
    assert look_everywhere(person, secrets) == {}
    check_in(person, secrets)
    assert secrets.leaks(widget_texts()) == []
    enter_a_sheet(person)
    assert secrets.leaks(widget_texts()) == []
    show_in_the_hall(person)
    rehearsal_steps.welcome(store)
    rehearsal_steps.judge_visits(store, SIMULATION, lambda done, total: None)
    assert secrets.leaks(rehearsal_steps.take_theory(store, NURSING / "theory.xlsx")) == []

    appeal(store)

    assert look_everywhere(person, secrets) == {}
    write_everything(store, tmp_path / "before")
    assert secrets.leaks(file_texts(tmp_path / "before")) == []
    assert main.main(["verify", str(store.path)]) in (0, 1)
    assert secrets.leaks(capsys.readouterr()) == []
    assert secrets.leaks(everything_logged(store)) == []
    assert secrets.leaks([caplog.text]) == []

    decode(person)
    seen = {key: secrets.named(widget_texts_of(person, key)) for key in ("checkin", "results", "roster")}
    assert {key: len(names) >= 42 for key, names in seen.items()} == {"checkin": True, "results": True, "roster": True}
    person.go("projector")
    person.wait(lambda: bool(secrets.named(plain_texts(person.page.hall.slide))))
    write_everything(store, tmp_path / "after")
    for name in ("badges.pdf", "marksheets.pdf", "slips.pdf", "running_lists.pdf", "standings.csv", "schedule.csv"):
        (tmp_path / name).mkdir()
        (tmp_path / "after" / name).rename(tmp_path / name / name)
        assert len(secrets.named(file_texts(tmp_path / name))) >= 42, name
    assert secrets.named(everything_logged(store))


def appeal(store: Store) -> None:
    """Somebody appeals under his name, for the whole unit to hear."""
    with store.read():
        mark = models.Mark.select().where(models.Mark.latest).first()
        entrant = mark.visit.entrant
        name, unit = entrant.name, entrant.unit.name
    words = f"{unit} {name}"
    number = appeals.raise_appeal(store, "李敏", entrant.id, "mark", mark.visit_id, mark.seat, words, words)
    appeals.withdraw(store, "李敏", number, words)
    appeals.raise_appeal(store, "李敏", entrant.id, "result", None, None, words, words)


def check_in(person: Person, secrets: Secrets) -> None:
    """One by the badge, one who left the badge at home and says the name, one by the ID number."""
    store = person.page.desk.store
    first, second, third = entrants.entrants(store)[:3]
    with store.read():
        second_name = models.Entrant.get_by_id(second.id).name
        third_id = models.Entrant.get_by_id(third.id).person.id_number
        code = event_code(store)
    person.go("checkin")
    person.press(identity.badge_code(code, first.token), ENTER)
    for text, row in ((second_name, second), (third_id, third)):
        person.page.scan.setText(text)
        person.press(ENTER)
        shown = [label.text() for label in person.page.card.findChildren(QLabel) if label.isVisible()]
        assert row.number in shown
        assert secrets.leaks(widget_texts()) == []
        person.press(ENTER)
    person.page.scan.setText(second_name[:1])  # half a name leads to nobody
    person.press(ENTER)
    person.page.scan.clear()
    with store.read():
        arrived = models.Entrant.select().where(models.Entrant.state == "present").count()
    assert arrived == 3


def enter_a_sheet(person: Person) -> None:
    sheet = papers.mark_sheets(person.page.desk.store)[0]
    person.go("score_entry")
    person.press(sheet.code, ENTER)
    person.write("paperTotal", "80")
    person.press(ENTER)
    person.wait_until_idle()


def show_in_the_hall(person: Person) -> None:
    person.go("projector")
    lines = person.see(QListWidget, "divisions")
    for row in range(lines.count()):
        person.tick_line("divisions", row)


def look_everywhere(person: Person, secrets: Secrets) -> dict[str, list[str]]:
    """Every page with all that can be opened on it, and at the end the window with all of them; what leaks, by page."""
    found = {key: secrets.leaks(widget_texts_of(person, key)) for key in PAGES}
    found["window"] = secrets.leaks(widget_texts())
    return {key: leaks for key, leaks in found.items() if leaks}


def widget_texts_of(person: Person, key: str) -> list[str]:
    """All texts of a page and of the frame while it is in sight: each of its tabs and choices, and its dialogs."""
    person.go(key)
    texts = list(texts_in(person.page))
    for part in (Rail, StatusLine, TopBar):
        texts += texts_in(person.window.findChild(part))
    # The other pages stay as they are while a tab or a line of this one is chosen.
    for bar in person.page.findChildren(QTabBar):
        for number in range(bar.count()):
            if bar.isVisible() and bar.isTabEnabled(number):
                bar.setCurrentIndex(number)
                person.wait_until_idle()
                texts += texts_in(person.page)
        bar.setCurrentIndex(0)
    for name in ("papers", "divisions") if key in ("print", "results") else ():
        for lines in person.page.findChildren(QListWidget, name):
            for row in range(lines.count()):
                lines.setCurrentRow(row)
                person.wait_until_idle()
                texts += texts_in(person.page)
    if (
        key == "results"
        and person.page.standings.view.table is not None
        and person.page.standings.view.table.model.rows()
    ):
        texts += dialog_texts(person, "ladder")
    if key == "audit":
        for row in (0, 1, len(person.page.log.model.rows()) - 2):
            person.page.log.view.selectRow(row)
            person.wait_until_idle()
            texts += texts_in(person.page)
    return texts


def dialog_texts(person: Person, button: str) -> list[str]:
    person.page.standings.divisions.choose("N")
    person.wait_until_idle()
    person.click(button)
    texts = list(widget_texts())
    person.press(Qt.Key.Key_Escape)
    person.wait(lambda: not any(dialog.isVisible() for dialog in person.window.findChildren(QDialog)))
    return texts


def write_everything(store: Store, folder: Path) -> None:
    """Every paper and every file that can be saved now."""
    folder.mkdir()
    for kind, write in WRITERS.items():
        try:
            write(store, folder / f"{kind}.pdf")
        except UserError as error:
            (folder / f"{kind}.txt").write_text(str(error), encoding="utf-8")
    schedule_csv.write_schedule(store, folder / "schedule.csv")
    standings_csv.write_standings(store, folder / "standings.csv")
    draw_json.write_records(store, folder)
    with store.read():
        drawn = [row.id for row in models.Draw.select()]
    for draw_id in drawn:
        write_draw_record(store, draw_id, folder / f"draw-{draw_id}.pdf")
    plan_workbook.write_plan(current_plan(store), folder / "plan.xlsx")
    with pytest.raises(UserError) as refused:
        notice_csv.write_notice(store, folder / "notice.csv")
    (folder / "notice.txt").write_text(str(refused.value), encoding="utf-8")


def everything_logged(store: Store) -> Iterator[str]:
    for entry in audit_log.entries(store):
        yield from plain_texts(entry)
        yield from plain_texts(audit_log.details(store, entry.seq))


def decode(person: Person) -> None:
    chief = sealing.sealing(person.page.desk.store).chiefs[0]
    person.go("results")
    person.click("decode")
    person.write("decodingChief", chief)
    person.write("decodingWitness", WITNESS)
    person.click("yes")
    person.wait(lambda: not sealing.hides_names(person.page.desk.store))
    person.wait_until_idle()


def test_the_search_finds_what_leaks(
    person: Person, secrets: Secrets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each way in which something could leak is tried, so that the test above would fail."""
    store = person.page.desk.store
    with store.read():
        entrant = models.Entrant.get(models.Entrant.number == "N-01")
        name, unit, id_number = entrant.name, entrant.unit.name, entrant.person.id_number
    for text in (name, f"姓名：{name}。", f"N-01 {unit}", f"x\n{id_number}\n"):
        assert secrets.leaks([text])
    assert not secrets.leaks(["N-01", unit, f"N-01\n{unit}"])
    label = QLabel(person.window)
    label.setToolTip(name)
    assert secrets.leaks(widget_texts())
    label.setToolTip("")
    assert not secrets.leaks(widget_texts())
    monkeypatch.setattr(sealing, "_NUMBERED", sealing.NAMED)
    for key in ("checkin", "schedule"):
        assert secrets.leaks(widget_texts_of(person, key))
    write_everything(store, tmp_path / "leaking")
    told = secrets.leaks(file_texts(tmp_path / "leaking"))
    assert len({found for line in told for found in re.findall(r"N-\d\d", line)}) == 42
