"""What comes after, on paper: who did not pass, and the judges' report with its charts."""

from pathlib import Path

import numpy as np
import pytest

from data import i18n
from data.actions import resits
from data.errors import Cancelled
from data.exchange.below_pass_csv import write_below_pass as write_csv
from data.queries.below_pass import below_pass
from data.queries.judge_report import JudgeReport, judge_report
from data.store import Store
from printing import below_pass as below_pdf
from printing import judge_report as report_pdf
from tests.data import contest
from tests.data.published import publish, set_event
from tests.data.rehearsed import rows
from tests.printing import values
from tests.printing.reading import pdf_of, picture, plain, texts


@pytest.fixture
def below(store: Store) -> Store:
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    set_event(store, pass_milli=80_000, date="2026-03-01")
    publish(store)
    first = below_pass(store).rows[0].entrant_id
    resits.plan(store, "李敏", [first], "2026-04-01", "技能中心")
    resits.record(store, "李敏", below_pass(store).rows[0].resit.id, 81_500)
    return store


def test_the_list_says_who_in_what_by_how_much_and_what_came_of_it(below: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    assert below_pdf.write_below_pass(below, path) == 1
    said = plain(texts(path.read_bytes()))
    for words in (
        "县护理静脉输液技能比武",
        "钱进",
        "孙莉",
        "N-05",
        "Totalscore76.50,3.50short",
        "2026-04-01",
        "81.5%",
        "passed·技能中心",
        "notplanned",
        "2entrantsareonthislist;of6whocompeted;byresultversion1;passline80",
    ):
        assert words in said
    assert "张伟" not in said
    assert "REHEARSAL" not in said
    set_event(below, is_rehearsal=True)
    below_pdf.write_below_pass(below, path, mask_names=True)
    said = plain(texts(path.read_bytes()))
    assert "钱*" in said
    assert "钱进" not in said
    assert "REHEARSAL" in said


def test_a_long_list_goes_on_and_an_empty_one_says_so(below: Store) -> None:
    many = below_pass(below)
    long = type(many)(many.version, None, many.event_date, many.rows * 40, 200)
    assert len(texts(pdf_of(below_pdf.draw, values.HEAD, long))) > 2
    empty = type(many)(None, 80_000, "", ())
    assert "0 entrants are on this list" in texts(pdf_of(below_pdf.draw, values.HEAD, empty))[0]


def test_the_list_as_csv_has_no_id_numbers_and_masks_names(below: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert write_csv(below, path) == 2
    first, second = rows(path)
    assert (first["姓名"], first["总分"], first["补考日期"], first["补考成绩"], first["补考结果"], first["备注"]) == (
        "钱进",
        "76.50",
        "2026年04月01日",
        "81.5%",
        "passed",
        "技能中心",
    )
    assert (second["原因"], second["不合格项目"], second["补考日期"]) == (
        "below the line",
        "Total score 73.00, 7.00 short; 静脉输液 70.00, 10.00 short",
        "",
    )
    write_csv(below, path, mask_names=True)
    assert [row["姓名"] for row in rows(path)] == ["钱*", "孙*"]
    assert not [number for number in contest.IDS if number and number in path.read_text("utf-8-sig")]


@pytest.fixture(scope="module")
def report(phases, tmp_path_factory) -> JudgeReport:
    store = phases.copy("half_marked", tmp_path_factory.mktemp("report") / "event.biwu")
    try:
        return judge_report(store)
    finally:
        store.close()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_report_has_every_station_judge_and_item(report: JudgeReport, language: str) -> None:
    i18n.use(language)
    pdf = pdf_of(report_pdf.draw, values.HEAD, report)
    assert pdf == pdf_of(report_pdf.draw, values.HEAD, report)
    said = plain(texts(pdf))
    for station in report.stations:
        assert "".join(f"{station.code}{station.name}".split()) in said
        for line in station.judges:
            assert line.name in said
        for line in station.items:
            assert "".join(f"{line.item.number}.{line.item.text}".split()) in said


def test_the_dots_of_the_report_are_drawn_as_vectors(report: JudgeReport) -> None:
    pdf = pdf_of(report_pdf.draw, values.HEAD, report)
    assert b"/Subtype /Image" not in pdf
    page = picture(pdf, 0, 100)
    right = page[:, int(page.shape[1] * 0.5) : int(page.shape[1] * 0.82)]
    assert np.count_nonzero(right < 140) > 200


def test_an_exercise_says_so_and_can_be_stopped(half_marked: Store, report: JudgeReport, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    set_event(half_marked, is_rehearsal=True)
    pages = report_pdf.write_judge_report(half_marked, path, report)
    said = texts(path.read_bytes())
    assert (len(said), "REHEARSAL" in said[0]) == (pages, True)
    before = path.read_bytes()

    def cancel(done: int, total: int, text: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        report_pdf.write_judge_report(half_marked, path, report, cancel)
    assert path.read_bytes() == before


def test_a_report_of_nothing_explains_the_figures() -> None:
    (page,) = texts(pdf_of(report_pdf.draw, values.HEAD, JudgeReport(())))
    assert "How to read it" in page
