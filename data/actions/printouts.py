"""What was printed or saved as PDF, so that everyone sees what is on paper and what is out of date."""

from data import models
from data.queries.printouts import PART, SIDES, TIMETABLES
from data.store import Store


def record(store: Store, actor: str, kind: str, pieces: int, of_version: int | None, part: str = "") -> None:
    """Note a printout.

    Once slips, running lists and judges' pages of one timetable are all printed, its timetables are.

    Args:
        kind: one of `queries.printouts.KINDS`.
        pieces: how many badges, sheets, lists … it has.
        of_version: the number of the timetable or result version that it shows, if any.
        part: says which part when it was not all of the kind, such as a division's code.
    """
    with store.write(actor, "printouts.record") as writing:

        def insert(of_kind: str, count: int) -> None:
            writing.insert(models.Printout, kind=of_kind, pieces=count, of_version=of_version, at=writing.at)

        insert(f"{kind}{PART}{part}" if part else kind, pieces)
        if kind in SIDES and not part:
            printed = {
                row.kind: row.pieces
                for row in models.Printout.select().where(
                    models.Printout.kind.in_(SIDES), models.Printout.of_version == of_version
                )
            }
            if len(printed) == len(SIDES):
                insert(TIMETABLES, sum(printed.values()))
