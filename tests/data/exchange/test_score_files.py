"""Files that marks come in by and results leave by."""

import csv
from pathlib import Path

import pytest

from data import models
from data.actions.appeals import raise_appeal
from data.actions.marks import set_visit
from data.errors import FileProblem, InvalidInput, NotFound
from data.exchange.csv_cells import GB18030, beyond_gbk, safe_cell, write_csv
from data.exchange.marks_csv import read_marks
from data.exchange.notice_csv import Notice, NoticeOptions, write_notice
from data.exchange.standings_csv import write_standings
from data.exchange.theory import read_theory
from data.rules.score_files import MarkRow
from data.store import Store
from tests.conftest import NURSING
from tests.data import ending
from tests.data.contest import IDS, entrant_of, mark_everyone, set_up


def table(path: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(
    "text", ["=1+1", "@x", "+86", "-a", "－1+1", "＝A1", "\t=1", "\r=1", "-", "-1+2", "1-07", "3/12", "2E05", "007"]
)
def test_what_a_spreadsheet_would_run_is_neutralised(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3", "-2.5", "92.50", "0.5", "0", "张伟杰", "", "一=二", "1H-07"])
def test_numbers_and_plain_texts_stay(text: str) -> None:
    assert safe_cell(text) == text


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        write_csv(tmp_path / "nowhere" / "x.csv", [["x"]])


def test_names_that_old_spreadsheets_garble_are_found() -> None:
    assert beyond_gbk(["张伟杰", "李𬭎", "李𬭎", "囍"]) == ("李𬭎",)


def test_standings_have_exact_and_rounded_totals(store: Store, tmp_path: Path) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    set_visit(store, "甲", visits[5], state="disqualified", reason="作弊")
    path = tmp_path / "standings.csv"
    assert write_standings(store, path) == 9
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = table(path)
    header = "组别代码,名次,参赛编号,姓名,单位,理论,静脉输液,前两名合计,总分(未舍入),总分,奖项,状态"
    assert ",".join(rows[0]) == header
    assert rows[1] == ["N", "1", "N-01", "张伟", "第一医院", "80", "95", "", "90.5", "90.50", "一等奖", ""]
    assert rows[6] == ["N", "", "N-06", "孙莉", "第三医院", "80", "70", "", "", "", "", "取消资格"]
    assert rows[7] == ["NT", "1", "", "第一医院", "第一医院", "", "", "177.5", "177.5", "177.50", "团体奖", ""]


def test_unfinished_standings_say_so(store: Store, tmp_path: Path) -> None:
    set_up(store)
    write_standings(store, tmp_path / "s.csv")
    assert {row[-1] for row in table(tmp_path / "s.csv")[1:]} == {"未完成"}


def test_standings_name_who_is_under_appeal(store: Store, tmp_path: Path) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    raise_appeal(store, "李敏", entrant_of(store, visits[0]), "mark", visits[0], 1, "领队", "有异议")
    write_standings(store, tmp_path / "s.csv")
    states = {row[3]: row[-1] for row in table(tmp_path / "s.csv")[1:]}
    assert (states["张伟"], states["李娜"]) == ("申诉中", "")


@pytest.fixture
def final(store: Store) -> Store:
    visits = set_up(store)
    mark_everyone(store, visits)
    with store.write("tester", "test.rename") as writing:
        writing.update(models.Entrant.get(models.Entrant.name == "李娜"), name="@李娜")
        writing.update(models.Entrant.get(models.Entrant.name == "王芳"), name="王𬭎")
        writing.update(models.Unit.get(models.Unit.name == "第三医院"), name="=1+1")
    ending.finalise(store, "裁判长")
    return store


def test_a_notice_comes_from_a_version_alone(store: Store, tmp_path: Path) -> None:
    set_up(store)
    with pytest.raises(NotFound, match="no result version"):
        write_notice(store, tmp_path / "notice.csv")


def test_a_notice_is_safe_and_has_no_id_number(final: Store, tmp_path: Path) -> None:
    path = tmp_path / "notice.csv"
    assert write_notice(final, path) == Notice(1, 9, ())
    rows = table(path)
    assert rows[0] == ["组别", "名次", "参赛编号", "姓名", "单位", "总分", "奖项", "状态"]
    assert rows[1] == ["全县·护理组", "1", "N-01", "张伟", "第一医院", "90.50", "一等奖", ""]
    assert rows[2][3] == "'@李娜"
    assert rows[5][4] == "'=1+1"
    text = path.read_text(encoding="utf-8-sig")
    assert not [number for number in IDS if number and number in text]


def test_a_notice_shows_what_the_committee_chose(final: Store, tmp_path: Path) -> None:
    path = tmp_path / "notice.csv"
    options = NoticeOptions(("name", "components", "award"), encoding=GB18030, mask_names=True, awarded_only=True)
    assert write_notice(final, path, options, version=1) == Notice(1, 4, ())
    assert table(path, "gb18030") == [
        ["姓名", "理论", "静脉输液", "前两名合计", "奖项"],
        ["张*", "80.00", "95.00", "", "一等奖"],
        ["'@*娜", "80.00", "90.00", "", "二等奖"],
        ["王*", "80.00", "85.00", "", "二等奖"],
        ["第一医院", "", "", "177.50", "团体奖"],
    ]


def test_a_notice_without_scores_and_in_another_order(final: Store, tmp_path: Path) -> None:
    path = tmp_path / "notice.csv"
    options = NoticeOptions(("place", "number", "name", "unit", "components", "total"), scores=False, order="unit")
    write_notice(final, path, options)
    rows = table(path)
    assert rows[0] == ["名次", "参赛编号", "姓名", "单位"]
    assert [row[3] for row in rows[1:7]] == ["'=1+1", "'=1+1", "第一医院", "第一医院", "第二医院", "第二医院"]
    assert [row[0] for row in rows[1:7]] == ["5", "6", "1", "2", "3", "4"]
    write_notice(final, path, NoticeOptions(("number",), order="number"))
    assert [row[0] for row in table(path)[1:7]] == [f"N-0{place}" for place in range(1, 7)]


def test_a_notice_in_gb18030_says_whose_name_may_be_garbled(final: Store, tmp_path: Path) -> None:
    path = tmp_path / "notice.csv"
    assert write_notice(final, path, NoticeOptions(encoding=GB18030)).unreadable == ("王𬭎",)
    assert "王𬭎" in path.read_text(encoding="gb18030")


def test_the_example_theory_file_is_read_whole() -> None:
    reading = read_theory(NURSING / "theory.xlsx")
    assert len(reading.rows) == 42
    assert reading.problems == ()
    assert (reading.rows[0].name, reading.rows[0].value_milli) == ("段诗莉", 96_000)
    assert reading.rows[3].value_milli == 59_500


def test_theory_cells_that_are_no_marks_are_named(tmp_path: Path) -> None:
    path = tmp_path / "theory.csv"
    path.write_text(
        "2024年理论考试\n参赛编号,姓名,理论成绩\nN-01,张伟,８５．５\nN-02,李娜,缺考\nN-03,王芳,\n,,\n",
        encoding="gb18030",
    )
    reading = read_theory(path)
    assert [(row.row, row.number, row.value_milli) for row in reading.rows] == [(3, "N-01", 85_500)]
    assert [(problem.row, problem.cell) for problem in reading.problems] == [(4, "C4"), (5, "C5")]


def test_a_file_without_theory_marks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "theory.csv"
    path.write_text("姓名,单位\n张伟,第一医院\n", encoding="utf-8")
    with pytest.raises(FileProblem, match="no table of theory marks"):
        read_theory(path)


def test_a_marks_file_is_read_in_any_order_of_columns(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(
        '\ufeff值,序号,裁判,考站,参赛者,记\n"不牢;未固定",3,1,S1,N-01,x\n,,,,\n88,合计,2,S1\n', encoding="utf-8"
    )
    assert read_marks(path) == [
        MarkRow(2, "N-01", "S1", "1", "3", "不牢;未固定"),
        MarkRow(4, "", "S1", "2", "合计", "88"),
    ]


def test_a_marks_file_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    with pytest.raises(FileProblem):
        read_marks(path)
    path.write_bytes("参赛者,考站".encode("gb18030"))
    with pytest.raises(FileProblem, match="UTF-8"):
        read_marks(path)
    path.write_text("参赛者,考站,裁判\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="序号、值"):
        read_marks(path)
