"""The county nursing day: its rules, the same input again, a file of marks, a stop half way, a copy of an event."""

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pypdfium2
import pytest

from data import models, rehearsal, rehearsal_steps, rehearsal_words
from data.actions import draws, setup
from data.errors import Cancelled, FileProblem, InvalidInput, NotAllowed, UserError
from data.lock import EventLock
from data.queries import schedule
from data.rehearsal import Inputs, rehearse, rehearse_copy
from data.rules import draw_record
from data.verify import verify_file
from printing.papers import DAY_PAPERS
from tests import recount
from tests.conftest import Phases
from tests.data.exchange.plan_files import cell, workbook
from tests.data.rehearsed import NO_PAPERS, NURSING_DAY, SEED, ask, rehearse_quietly, rows, silent, write_marks


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county") / "day"
    rehearse_quietly(NURSING_DAY, folder)
    return folder


def contents(folder: Path) -> dict[str, str]:
    """Every CSV and JSON file, the report without its seconds."""
    found = {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.suffix in (".csv", ".json")}
    report = json.loads(found["report.json"])
    assert report.pop("seconds")
    return found | {"report.json": json.dumps(report)}


def test_theory_30_and_operation_70(day: Path) -> None:
    people = [row for row in rows(day / "standings.csv") if row["组别代码"] == "N"]
    assert len(people) == 42
    for row in people:
        total = Fraction(row["理论"]) * 3 / 10 + Fraction(row["静脉输液"]) * 7 / 10
        assert abs(total - Fraction(row["总分(未舍入)"])) < Fraction(1, 10**11)


def test_a_team_is_its_best_three(day: Path) -> None:
    lines = rows(day / "standings.csv")
    teams = [row for row in lines if row["组别代码"] == "NT"]
    assert len(teams) == 14
    for team in teams:
        totals = [Fraction(row["总分(未舍入)"]) for row in lines if row["单位"] == team["单位"] and row["参赛编号"]]
        assert Fraction(team["总分(未舍入)"]) == sum(sorted(totals)[-3:])


def test_awards_are_4_8_and_13_of_42(day: Path) -> None:
    awards = Counter(row["奖项"] for row in rows(day / "standings.csv") if row["组别代码"] == "N")
    assert awards == {"一等奖": 4, "二等奖": 8, "三等奖": 13, "": 17}


def test_an_independent_recount_agrees(day: Path) -> None:
    expected = recount.standings(day / "event.biwu")
    for row in rows(day / "standings.csv"):
        line = expected[row["组别代码"], row["参赛编号"], row["单位"]]
        assert line == (row["名次"], row["总分(未舍入)"], row["总分"], row["奖项"])


def test_what_judges_see_of_a_blind_event_has_no_names(nursing_scheduled, tmp_path: Path) -> None:
    setup.mark_rehearsal(nursing_scheduled, "tester")
    DAY_PAPERS["marksheets"](nursing_scheduled, tmp_path / "marksheets.pdf", silent)
    with nursing_scheduled.read():
        names = [row.name for row in models.Entrant.select().where(models.Entrant.person.is_null(False))]
        units = [row.name for row in models.Unit.select()]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "marksheets.pdf")]
    assert len(pages) == 210
    text = "".join("".join(pages).split())
    assert "N-01" in text
    assert text.count("(rehearsal)") == 210
    assert not [word for word in (*names, *units) if word in text]


def test_the_draws_of_a_blind_event_are_published_whole_after_its_names_are_decoded(day: Path) -> None:
    names = [name for (name,) in ask(day, "SELECT name FROM entrant WHERE person_id IS NOT NULL")]
    paths = sorted(day.glob("draw-*.json"))
    assert [path.name for path in paths] == ["draw-1-selection.json", "draw-2-numbers.json"]
    for path in paths:
        text = path.read_text("utf-8")
        assert not [name for name in names if name in text]
        assert draw_record.verify_record(json.loads(text)) == []
        assert '"sealed"' not in text


def test_the_same_input_and_seed_give_the_same_bytes(day: Path, tmp_path: Path) -> None:
    rehearse_quietly(NURSING_DAY, tmp_path / "again")
    assert contents(tmp_path / "again") == contents(day)
    rehearse_quietly(NURSING_DAY, tmp_path / "other", "1/2")
    other = contents(tmp_path / "other")
    assert other.keys() == contents(day).keys()
    assert other["standings.csv"] != contents(day)["standings.csv"]
    assert other["draw-2-numbers.json"] != contents(day)["draw-2-numbers.json"]


def test_marks_from_a_file_give_the_same_standings(day: Path, tmp_path: Path) -> None:
    assert write_marks(day, tmp_path / "marks.csv") > 42 * 5
    inputs = Inputs(NURSING_DAY.plan, NURSING_DAY.rosters, theory=NURSING_DAY.theory, marks=tmp_path / "marks.csv")
    report = rehearse_quietly(inputs, tmp_path / "day")
    assert "sheets_simulated" not in report.counts
    assert report.counts["sheets"] == 210
    for name in ("standings.csv", "notice.csv", "schedule.csv"):
        assert (tmp_path / "day" / name).read_bytes() == (day / name).read_bytes()
    assert verify_file(tmp_path / "day" / "event.biwu") == []


def test_marks_that_lack_one_sheet_are_not_final_and_leave_nothing(day: Path, tmp_path: Path) -> None:
    write_marks(day, tmp_path / "marks.csv")
    lines = (tmp_path / "marks.csv").read_text("utf-8").splitlines()
    first = lines[1].rsplit(",", 2)[0] + ","
    kept = [line for line in lines if not line.startswith(first)]
    assert len(kept) < len(lines)
    (tmp_path / "marks.csv").write_text("\n".join(kept), "utf-8")
    inputs = Inputs(NURSING_DAY.plan, NURSING_DAY.rosters, theory=NURSING_DAY.theory, marks=tmp_path / "marks.csv")
    with pytest.raises(NotAllowed, match="cannot be final"):
        rehearse_quietly(inputs, tmp_path / "day")
    assert not (tmp_path / "day").exists()


@pytest.mark.parametrize("phase", ["Importing the rosters", "Planning the day", "Entering marks"])
def test_a_stop_half_way_closes_and_clears_the_folder(phase: str, tmp_path: Path) -> None:
    def stop(done: int, total: int, text: str = "") -> None:
        assert 0 <= done <= total
        if text.startswith(phase):
            raise Cancelled("stopped")

    out = tmp_path / "day"
    out.mkdir()
    with pytest.raises(Cancelled, match="stopped"):
        rehearse(NURSING_DAY, SEED, out, NO_PAPERS, stop)
    assert list(out.iterdir()) == []
    EventLock(out / "event.biwu").release()


def test_progress_goes_up_to_the_end_and_refused_rows_are_warnings(tmp_path: Path) -> None:
    told = []

    def paper(store, path, progress) -> int:
        for done in range(5):
            progress(done, 4, "sheet")
        return 4

    def listen(done: int, total: int, text: str = "") -> None:
        told.append((done, total, text))

    (tmp_path / "more.csv").write_text("单位,姓名,组别\n没有的医院,张三,护理组\n", "utf-8")
    inputs = Inputs(NURSING_DAY.plan, (*NURSING_DAY.rosters, tmp_path / "more.csv"), theory=NURSING_DAY.theory)
    report = rehearse(inputs, SEED, tmp_path / "day", dict.fromkeys(NO_PAPERS, paper), listen)
    shares = [done for done, _total, _text in told]
    assert shares == sorted(shares)
    assert {total for _done, total, _text in told} == {1000}
    assert "Printing badges, sheets and timetables · sheet" in {text for _done, _total, text in told}
    assert {text.split(" · ")[0] for _done, _total, text in told} == {
        rehearsal_words.phase_title(name) for name in rehearsal.PHASES
    }
    assert len(report.warnings) == 1
    assert report.warnings[0].startswith("more.csv")
    assert report.warnings[0] in rehearsal_words.summary(report)


def test_a_folder_that_is_not_empty_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "event.biwu").write_bytes(b"precious")
    with pytest.raises(FileProblem, match="not empty"):
        rehearse_quietly(NURSING_DAY, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["event.biwu"]
    assert (tmp_path / "event.biwu").read_bytes() == b"precious"
    with pytest.raises(FileProblem, match="cannot be used"):
        rehearse_quietly(NURSING_DAY, tmp_path / "event.biwu" / "day")


def test_a_plan_with_errors_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    wrong = workbook(tmp_path, cell("组别", "D2", "双打"))
    inputs = Inputs(wrong, NURSING_DAY.rosters)
    with pytest.raises(InvalidInput, match="plan workbook has errors"):
        rehearse_quietly(inputs, tmp_path / "day")
    assert not (tmp_path / "day").exists()


def test_a_copy_is_rehearsed_while_the_event_is_open(nursing_drawn, tmp_path: Path) -> None:
    before = nursing_drawn.path.read_bytes()
    report = rehearse_copy(nursing_drawn.path, SEED, tmp_path / "day", NO_PAPERS, silent)
    assert nursing_drawn.path.read_bytes() == before
    assert report.counts["theory_simulated"] == 42
    assert report.counts["awards_people"] == 25
    assert ask(tmp_path / "day", "SELECT is_rehearsal FROM event") == [(1,)]
    assert verify_file(tmp_path / "day" / "event.biwu") == []
    numbers = "SELECT token, number FROM entrant ORDER BY id"
    with nursing_drawn.read():
        assert nursing_drawn.database.execute_sql(numbers).fetchall() == ask(tmp_path / "day", numbers)


def test_the_same_copy_gives_the_same_bytes_and_draws_what_was_frozen(nursing_rostered, tmp_path: Path) -> None:
    draws.freeze(nursing_rostered, "李敏", "selection")
    for name in ("one", "two"):
        rehearse_copy(nursing_rostered.path, SEED, tmp_path / name, NO_PAPERS, silent)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert ask(tmp_path / "one", "SELECT kind, state FROM draw") == [("selection", "drawn"), ("numbers", "drawn")]
    times = [at for (at,) in ask(tmp_path / "one", "SELECT at FROM audit ORDER BY id")]
    assert times == sorted(times)


def test_a_finished_event_keeps_its_version(day: Path, tmp_path: Path) -> None:
    report = rehearse_copy(day / "event.biwu", "1/2", tmp_path / "day", NO_PAPERS, silent)
    assert ask(tmp_path / "day", "SELECT number FROM result_version") == [(1,)]
    assert report.counts["sheets_simulated"] == report.counts["theory_simulated"] == 0
    assert (tmp_path / "day" / "standings.csv").read_bytes() == (day / "standings.csv").read_bytes()


def test_a_timetable_that_no_longer_holds_is_made_anew(nursing_scheduled) -> None:
    assert rehearsal_steps.make_schedule(nursing_scheduled) is None
    with nursing_scheduled.write("tester", "setup.save_plan", "break") as writing:
        writing.insert(models.Break, name="消防演习", starts_minute=14 * 60 + 30, ends_minute=15 * 60, position=1)
    assert any(finding.hard for finding in schedule.findings(nursing_scheduled))
    assert rehearsal_steps.make_schedule(nursing_scheduled) is not None
    assert not any(finding.hard for finding in schedule.findings(nursing_scheduled))


@pytest.mark.parametrize(("phase", "words"), [("planned", "no staff"), (None, "no event yet")])
def test_what_is_missing_is_said(phases: Phases, store, phase: str | None, words: str, tmp_path: Path) -> None:
    source = phases.file(phase) if phase else store.path
    with pytest.raises(UserError, match=words):
        rehearse_copy(source, SEED, tmp_path / "day", NO_PAPERS, silent)
    assert not (tmp_path / "day").exists()


def test_an_event_without_a_date_can_be_rehearsed(nursing_rostered, tmp_path: Path) -> None:
    def stop_when_drawn(done: int, total: int, text: str = "") -> None:
        if text == rehearsal_words.phase_title("schedule"):
            raise Cancelled("drawn")

    with nursing_rostered.write("tester", "setup.save_plan", "no date yet") as writing:
        writing.update(models.Event.get(), date="")
    with pytest.raises(Cancelled, match="drawn"):
        rehearse_copy(nursing_rostered.path, SEED, tmp_path / "day", NO_PAPERS, stop_when_drawn)
