"""A whole Gao'an day as the product promises it, every figure found anew from the files that the day leaves."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from openpyxl import load_workbook

from data import rehearsal, rehearsal_words
from data.rehearsal_words import Report
from data.verify import verify_file
from printing.papers import DAY_PAPERS
from tests import recount
from tests.conftest import GAOAN
from tests.data.rehearsed import GAOAN_DAY, PAPERS, SEED, ask, rows, silent

pytestmark = pytest.mark.slow

DOTS_PER_INCH = 150
EVERY = 24  # one mark sheet in so many is looked at


@dataclass(frozen=True)
class Day:
    folder: Path
    report: Report


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    folder = tmp_path_factory.mktemp("gaoan") / "day"
    return Day(folder, rehearsal.rehearse(GAOAN_DAY, SEED, folder, DAY_PAPERS, silent))


def minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def codes(path: Path, pages: range | None = None) -> dict[int, list[str]]:
    """The texts of the QR codes of each page, rows first."""
    document = pypdfium2.PdfDocument(path)
    found = {}
    for number in pages or range(len(document)):
        picture = document[number].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_numpy()
        read = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        read.sort(key=lambda one: (one.position.top_left.y // 100, one.position.top_left.x))
        found[number] = [one.text for one in read]
    return found


def test_it_leaves_every_file(day: Day) -> None:
    names = {path.name for path in day.folder.iterdir()} - {"event.biwu.lock"}
    assert names == {
        "event.biwu", "draw-1-selection.json", "draw-2-numbers.json", "schedule.csv", "standings.csv", "notice.csv",
        "report.json", *(f"{paper}.pdf" for paper in PAPERS),
    }  # fmt: skip


def test_152_people_and_30_teams_are_drawn_from_876(day: Day) -> None:
    record = json.loads((day.folder / "draw-1-selection.json").read_text("utf-8"))
    assert len(record["pool"]) == 876 == ask(day.folder, "SELECT count(*) FROM person")[0][0]
    entries = ask(
        day.folder, "SELECT entry, count(*) FROM entrant JOIN division ON division_id = division.id GROUP BY 1"
    )
    assert entries == [("individual", 152), ("team", 30)]


def test_nobody_with_history_competes_while_others_of_the_unit_and_division_remain(day: Day) -> None:
    past = {row["身份证号"] for row in rows(GAOAN / "history.csv") if 2018 <= int(row["年份"]) < 2023}
    groups = defaultdict(set)
    people = ask(
        day.folder,
        "SELECT person.unit_id, person.division_id, id_number, entrant.id, seeded FROM person "
        "LEFT JOIN entrant ON entrant.person_id = person.id",
    )
    for unit, division, id_number, entrant, seeded in people:
        if not seeded:
            groups[unit, division].add((entrant is not None, id_number in past))
    assert any((False, True) in group for group in groups.values())
    assert not [key for key, group in groups.items() if {(True, True), (False, False)} <= group]


def test_378_visits_within_the_day_and_none_in_the_break(day: Day) -> None:
    visits = rows(day.folder / "schedule.csv")
    assert len(visits) == 378
    times = [(minute(row["开始"]), minute(row["结束"])) for row in visits]
    assert all(minute("08:30") <= starts < ends <= minute("18:00") for starts, ends in times)
    assert not [time for time in times if time[0] < minute("13:30") and time[1] > minute("12:00")]
    at_once = defaultdict(list)
    for row, time in zip(visits, times, strict=True):
        at_once["entrant", row["参赛编号"]].append(time)
        at_once["lane", row["考站"], row["工位"]].append(time)
    for turns in at_once.values():
        turns.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(turns))


def test_no_judge_marks_an_entrant_of_his_own_hospital(day: Day) -> None:
    book = load_workbook(GAOAN / "plan.xlsx", read_only=True)
    short = {name: other for name, other, _category in book["单位"].iter_rows(min_row=2, max_col=3, values_only=True)}
    judged = defaultdict(set)
    for _name, unit, station, lane, _role in book["裁判"].iter_rows(min_row=2, max_col=5, values_only=True):
        judged[station, str(lane)].add(unit)
    assert any(units & short.keys() for units in judged.values())
    for row in rows(day.folder / "schedule.csv"):
        assert not judged[row["考站"], row["工位"]] & {row["单位"], short[row["单位"]]}


def test_the_checker_finds_nothing_and_the_end_is_proven(day: Day) -> None:
    assert day.report.counts["schedule_faults"] == 0
    last = max(row["结束"] for row in rows(day.folder / "schedule.csv"))
    assert day.report.schedule["finish"] == last == day.report.schedule["bound"]
    assert day.report.schedule["length_minutes"] == minute(last) - minute("08:30")


def test_a_mark_sheet_for_each_judge_of_each_visit(day: Day) -> None:
    due = ask(day.folder, "SELECT sum(judges) FROM visit JOIN station ON station_id = station.id")
    assert due == [(1194,)]
    assert len(pypdfium2.PdfDocument(day.folder / "marksheets.pdf")) == 1194
    assert ask(day.folder, "SELECT count(*) FROM mark WHERE latest") == [(1194,)]


def test_7_divisions_ranked_and_39_awards_with_a_certificate_each(day: Day) -> None:
    lines = rows(day.folder / "standings.csv")
    assert len({row["组别代码"] for row in lines if row["名次"]}) == 7
    awards = Counter(row["组别代码"] for row in lines if row["奖项"])
    assert sum(awards.values()) == 39
    assert {code: count for code, count in awards.items() if not code.endswith("T")}.keys() == {
        "1Y",
        "1J",
        "1H",
        "2Y",
        "2H",
    }
    assert sum(count for code, count in awards.items() if code.endswith("T")) == 9
    planned = ask(
        day.folder,
        "SELECT code, sum(count) FROM award_level JOIN division ON division_id = division.id GROUP BY code",
    )
    assert awards == dict(planned)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(day.folder / "certificates.pdf")]
    assert len(pages) == 39
    winners = [row["单位" if row["组别代码"].endswith("T") else "姓名"] for row in lines if row["奖项"]]
    assert all(winner in "".join(page.split()) for winner, page in zip(winners, pages, strict=True))


def test_every_badge_is_read_back_to_its_entrant(day: Day) -> None:
    event = ask(day.folder, "SELECT code FROM event")[0][0]
    entrants = ask(
        day.folder,
        "SELECT token, number FROM entrant JOIN division ON division_id = division.id "
        "ORDER BY division.position, draw_order",
    )
    document = pypdfium2.PdfDocument(day.folder / "badges.pdf")
    found = codes(day.folder / "badges.pdf")
    assert len(found) == 46
    for page, texts in found.items():
        expected = entrants[4 * page : 4 * page + 4]
        assert [text.split("-")[:2] for text in texts] == [
            [f"BW1 {event} {token[:4]}", token[4:]] for token, _number in expected
        ]
        words = document[page].get_textpage().get_text_range()
        assert all(number in words for _token, number in expected)


def test_mark_sheets_are_read_back_to_entrant_station_and_seat(day: Day) -> None:
    numbers = dict(ask(day.folder, "SELECT token, number FROM entrant"))
    names = dict(ask(day.folder, "SELECT number, name FROM entrant"))
    document = pypdfium2.PdfDocument(day.folder / "marksheets.pdf")
    found = codes(day.folder / "marksheets.pdf", range(0, 1194, EVERY))
    for page, (text,) in found.items():
        head, tail, station, seat, _check = text.split("-")
        words = document[page].get_textpage().get_text_range()
        number = numbers[head[-4:] + tail]
        assert number in words
        assert names[number] in "".join(words.split())
        assert f"{station} " in words
        assert f"{int(seat)} / " in words


def test_an_independent_recount_agrees_with_the_standings(day: Day) -> None:
    expected = recount.standings(day.folder / "event.biwu")
    lines = rows(day.folder / "standings.csv")
    assert len(expected) == len(lines) == 182
    for row in lines:
        line = expected[row["组别代码"], row["参赛编号"], row["单位"]]
        assert line == (row["名次"], row["总分(未舍入)"], row["总分"], row["奖项"])


def test_the_notice_has_everyone_and_no_id_number(day: Day) -> None:
    text = (day.folder / "notice.csv").read_text("utf-8-sig")
    assert len(rows(day.folder / "notice.csv")) == 182
    assert not [number for (number,) in ask(day.folder, "SELECT id_number FROM person") if number in text]


def test_verify_finds_nothing(day: Day) -> None:
    assert verify_file(day.folder / "event.biwu") == []


def test_the_report_says_it_all(day: Day) -> None:
    written = json.loads((day.folder / "report.json").read_text("utf-8"))
    assert written["counts"] == day.report.counts
    assert written["counts"] | {
        "units": 30, "staff": 876, "people": 152, "teams": 30, "visits": 378, "badges": 182, "marksheets": 1194,
        "certificates": 39, "sheets": 1194, "divisions_ranked": 7, "awards": 39, "awards_people": 30, "awards_teams": 9,
    } == written["counts"]  # fmt: skip
    assert written["warnings"] == []
    phases = {name: seconds for name, seconds in written["seconds"].items() if name != "total"}
    assert list(phases) == list(rehearsal.PHASES)
    assert written["seconds"]["total"] == pytest.approx(sum(phases.values()), abs=0.01)
    words = rehearsal_words.summary(day.report)
    assert "People who compete: 152" in words
    assert "no timetable can end before 17:54" in words
