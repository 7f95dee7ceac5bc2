"""What comes after, on paper: who did not pass, and the judges' report with its charts."""

from pathlib import Path

import numpy as np
import pytest

from data import i18n, models
from data.actions import marks, resits
from data.actions import printouts as printout_actions
from data.errors import Cancelled, NotAllowed, NotFound
from data.exchange.below_pass_csv import write_below_pass as write_csv
from data.queries import printouts
from data.queries.below_pass import below_pass
from data.queries.judge_report import JudgeReport, judge_report
from data.store import Store
from printing import below_pass as below_pdf
from printing import judge_report as report_pdf
from printing import papers
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


# Among the papers of the print page


def printed(store: Store, kind: str) -> bool:
    """Whether the paper is as it was, when it is printed and asked for again."""
    state = printouts.state(store, kind)
    printout_actions.record(store, "李敏", kind, state.pieces, state.version)
    return not printouts.state(store, kind).changed


def test_the_list_is_a_paper_that_a_version_or_a_resit_changes(below: Store, tmp_path: Path) -> None:
    assert papers.WRITERS[printouts.BELOW_LIST](below, tmp_path / "list.pdf") == 1
    assert printouts.state(below, printouts.BELOW_LIST).version == 1
    assert printed(below, printouts.BELOW_LIST)
    resits.plan(below, "李敏", [below_pass(below).rows[1].entrant_id], "2026-04-08")
    assert printouts.state(below, printouts.BELOW_LIST).changed == {1}
    assert printed(below, printouts.BELOW_LIST)
    publish(below)
    assert printouts.state(below, printouts.BELOW_LIST).changed == {2}


def test_the_report_is_a_paper_that_a_mark_changes(below: Store, tmp_path: Path) -> None:
    told = []
    path = tmp_path / "report.pdf"
    write = papers.WRITERS[printouts.JUDGE_REPORT]
    assert write(below, path, lambda done, total, text: told.append((done, total, text))) == 1
    assert told == [(0, 2, "静脉输液"), (1, 2, "静脉输液")]
    assert printed(below, printouts.JUDGE_REPORT)
    with below.read():
        visit = models.Visit.get().id
    marks.hand_in(below, "录分", visit, 1, {}, total_milli=91_000, reason="抄错")
    assert printouts.state(below, printouts.JUDGE_REPORT).changed == {1}


def test_there_is_no_paper_of_nothing(store: Store, tmp_path: Path) -> None:
    visits = contest.set_up(store)
    with pytest.raises(NotAllowed, match="No marks are in yet"):
        papers.write_judge_report(store, tmp_path / "report.pdf")
    assert isinstance(printouts.state(store, printouts.BELOW_LIST).problem, NotFound)
    contest.mark_everyone(store, visits)
    publish(store)
    with pytest.raises(NotAllowed, match="Everybody has passed"):
        papers.write_below_list(store, tmp_path / "list.pdf")
    assert list(tmp_path.glob("*.pdf")) == []
