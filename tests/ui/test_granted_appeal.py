"""A granted appeal after publication: version 2, what it changed, new certificates for those alone, old ones void."""

from pathlib import Path

from data import models
from data.queries import certificates
from data.queries import results as result_queries
from data.store import Store
from printing import papers
from tests.data import ending
from tests.printing import reading
from tests.ui.conftest import Answers
from tests.ui.pages.results.driving import blocked, changes, click, finalise, open_dialog, read
from tests.ui.widgets.results.test_appeals import decide, page, sign, take, visit_of
from ui.pages.results import ResultsPage

__all__ = ["page"]  # the fixture: version 1 is published, everything is locked


def test_a_granted_appeal_makes_version_2_and_reprints_what_it_changed(
    qtbot, page: ResultsPage, answers: Answers, tmp_path: Path
) -> None:
    store = page.desk.store
    first = texts(store, tmp_path / "all.pdf", 1)
    assert len(first) == 4

    for seat in (1, 2):  # 赵敏 had 80 from both judges; 87 and 89 put her before 王芳, who had the last award
        dialog = take(page, "赵敏", seat - 1)
        dialog.yes.click()
        qtbot.waitUntil(lambda seat=seat: len(page.appeals.found.rows) == seat)
    assert blocked(page) == ["appeal"]
    for points in ("89", "87"):
        row = next(row for row in page.appeals.found.rows if row.is_open)
        page.appeals.table.choose(row.id)
        decision = decide(qtbot, page)
        decision.form.total.setText(points)
        sign(decision, "grantAppeal")
        qtbot.waitUntil(lambda row=row: all(one.id != row.id or not one.is_open for one in page.appeals.found.rows))
        read(qtbot, page)
        if points == "89":  # the other appeal still keeps version 2 back
            page.tabs.setCurrentWidget(page.standings)
            click(page, "primary")
            click(open_dialog(page, "blockersDialog"), "mend")
            assert page.tabs.currentWidget() is page.appeals
    qtbot.waitUntil(lambda: blocked(page) == [] and page._state.differs)
    assert not ending.blockers(store)
    with store.read():
        visit = visit_of(store, "赵敏")
        kept = models.Mark.select().where(models.Mark.visit == visit).order_by(models.Mark.seat, models.Mark.version)
        assert [(mark.seat, mark.version, mark.total_milli) for mark in kept] == [
            (1, 1, 80_000),
            (1, 2, 87_000),
            (2, 1, 80_000),
            (2, 2, 89_000),
        ]

    finalise(qtbot, page, "赵敏申诉成立")
    read(qtbot, page)
    assert [(row.number, row.reason) for row in result_queries.versions(store)] == [(2, "赵敏申诉成立"), (1, "")]
    qtbot.waitUntil(lambda: (1, 2) in page.versions.compared)
    found = set(changes(page))
    assert {
        ("赵敏", "Place", "4", "3"),
        ("赵敏", "静脉输液", "80.00", "88.00"),
        ("赵敏", "Award", "", "二等奖"),
        ("王芳", "Place", "3", "4"),
        ("王芳", "Award", "二等奖", ""),
    } <= found
    assert {name for name, *_rest in found} == {"王芳", "赵敏", "第二医院"}

    page.tabs.setCurrentWidget(page.versions)
    answers.path = tmp_path / "changed.pdf"
    click(page.versions, "changedCertificates")
    qtbot.waitUntil(lambda: answers.path.exists() and not page.is_busy)
    (again,) = reading.texts(answers.path.read_bytes())
    assert "赵敏" in again
    (void,) = certificates.void_serials(store)
    assert (void.name, void.of_version, void.since, void.replaced_by) == ("王芳", 1, 2, "")
    assert any(void.serial in text and "王芳" in text for text in first)
    assert void.serial not in again
    answers.path = tmp_path / "void.pdf"
    click(page.versions, "voidNumbers")
    qtbot.waitUntil(lambda: answers.path.exists() and not page.is_busy)
    assert void.serial in "".join(reading.texts(answers.path.read_bytes()))
    everyone = texts(store, tmp_path / "all-2.pdf", 2)
    assert len(everyone) == 4
    assert len(set(first) & set(everyone)) == 3, "whose certificate says the same keeps it, number and all"


def texts(store: Store, path: Path, version: int) -> list[str]:
    """The text of each certificate of a version."""
    papers.write_certificates(store, path, version=version)
    return reading.texts(path.read_bytes())
