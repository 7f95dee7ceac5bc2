"""A sheet is entered from its scan to the next one by keyboard alone, in two keys an item or fewer."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from data.queries import entrants, scores
from data.queries.plan import event_code
from data.rules import identity
from data.rules.plan import Item
from data.simulation import Simulation
from data.store import Store
from tests.ui.sheet_typist import keys_of_sheet, press
from ui.desk import Desk
from ui.pages.score_entry import ScoreEntryPage
from ui.widgets.entry.sheet_form import SheetForm

ITEMS = (
    *(Item(number, "操作", f"步骤{number}", 5000, "points", "", 500) for number in range(1, 11)),
    *(Item(number, "操作", f"步骤{number}", 8000, "points", "", 1000) for number in range(11, 14)),
    Item(14, "操作", "涂导电膏", 6000, "deductions", "未涂=0;不均匀=-3;漏气=-2×"),
    Item(15, "操作", "部位", 6000, "deductions", "错误=0"),
    Item(16, "评价", "人文关怀", 5000, "grades", "A=5/B=4/C=3/D=2"),
    Item(17, "评价", "熟练程度", 5000, "grades", "5/3/1/0"),
    Item(18, "时间", "完成时间", 4000, "timed", "<=45=4;<=60=2;>60=0"),
    Item(19, "整表", "顺序颠倒", -2500, "penalty"),
    Item(20, "否决", "污染", 0, "critical"),
)


def test_twenty_items_take_forty_keys_or_fewer(qtbot: QtBot) -> None:
    form = SheetForm()
    qtbot.addWidget(form)
    form.show()
    simulation = Simulation("keys")
    counts = []
    for entrant in map(str, range(12)):
        values = simulation.sheet(ITEMS, entrant, "S1", "1")
        keys = keys_of_sheet(ITEMS, values)
        form.show_sheet(ITEMS, {}, read_only=False)
        form.focus_item()
        with qtbot.waitSignal(form.finished):
            press(form.window(), keys[:-1])  # the last Enter is for the total
        assert form.values() == values
        counts.append(len(keys))
    assert max(counts) <= 2 * len(ITEMS)


def test_a_printed_sheet_from_its_scan_to_the_next(
    qtbot: QtBot, make_desk: Callable[[Store], Desk], nursing_scheduled: Store
) -> None:
    page = ScoreEntryPage(make_desk(nursing_scheduled))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    row, following = scores.queue(nursing_scheduled)[:2]
    sheet = scores.open_sheet(nursing_scheduled, row.visit_id, row.seat)
    values = Simulation("keys").sheet(sheet.items, "N-01", "S1", "1")
    token = entrants.entrant(nursing_scheduled, row.entrant_id).token
    code = identity.sheet_code(event_code(nursing_scheduled), token, row.station_code, row.seat)
    keys = keys_of_sheet(sheet.items, values)
    press(page, code + "\r" + keys)
    mark = scores.open_sheet(nursing_scheduled, row.visit_id, row.seat).mark
    assert mark is not None
    assert {number: value for number, value in values.items() if value is not False} == mark.values
    assert len(keys) <= 2 * len(sheet.items)
    assert page.window().focusWidget() is page.entry.scan
    press(page, "\r")
    assert (page.entry.pile.current().visit_id, page.entry.pile.current().seat) == (following.visit_id, following.seat)
