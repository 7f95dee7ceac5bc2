"""What every tab of the results page does: reads beside the page while it is in sight, and says what it could not."""

from PySide6.QtWidgets import QLabel

from data.errors import NotFound
from tests.data import contest
from tests.ui.pages.results.driving import read
from ui.pages.results import ResultsPage


def test_what_a_tab_cannot_read_is_told_on_it_until_it_can(qtbot, make_desk, store, monkeypatch) -> None:
    contest.mark_everyone(store, contest.set_up(store))
    page = ResultsPage(make_desk(store))
    qtbot.addWidget(page)
    page.show()
    read(qtbot, page)

    def fail(_store):
        raise NotFound("The file is gone.", todo="Look for it.")

    with monkeypatch.context() as broken:
        broken.setattr("data.queries.appeals.appeals", fail)
        page.show_target("appeals")
        qtbot.waitUntil(lambda: any("file is gone" in one.text() for one in page.appeals.findChildren(QLabel)))
    page.reread()
    read(qtbot, page)
    qtbot.waitUntil(lambda: not any("file is gone" in one.text() for one in page.appeals.findChildren(QLabel)))


def test_a_tab_out_of_sight_reads_only_when_it_is_shown(qtbot, make_desk, store, monkeypatch) -> None:
    contest.mark_everyone(store, contest.set_up(store))
    page = ResultsPage(make_desk(store))
    qtbot.addWidget(page)
    page.show()
    read(qtbot, page)
    reads = []
    found = page.appeals.read
    monkeypatch.setattr(page.appeals, "read", lambda progress: (reads.append(1), found(progress))[1])
    page.reread()
    read(qtbot, page)
    assert not reads
    page.show_target("appeals")
    qtbot.waitUntil(lambda: len(reads) == 1)
    page.tabs.setCurrentWidget(page.standings)
    page.show_target("appeals")
    read(qtbot, page)
    assert len(reads) == 1, "nothing has changed"
