"""schedule.csv: the timetable in force, a visit a row, as formats.md says."""

from pathlib import Path

from data.errors import NotAllowed
from data.exchange.csv_cells import write_csv
from data.i18n import _
from data.queries import schedule
from data.rules.decimals import clock
from data.store import Store

HEADER = ("参赛编号", "姓名", "单位", "组别代码", "考站", "工位", "开始", "结束")


def write_schedule(store: Store, path: Path) -> int:
    """Write the timetable in force; returns the number of visits.

    Raises:
        NotAllowed: there is no timetable yet.
        FileProblem: the file cannot be written.
    """
    slots = schedule.slots(store)
    if not slots:
        raise NotAllowed(_("There is no timetable yet."), todo=_("Make the timetable first."))
    rows = [
        (
            slot.number,
            slot.name,
            slot.unit,
            slot.division_code,
            slot.station_code,
            str(slot.lane),
            clock(slot.starts_minute),
            clock(slot.ends_minute),
        )
        for slot in slots
    ]
    write_csv(path, [HEADER, *rows])
    return len(rows)
