"""Reserves put into a selection that was drawn without any."""

from data import models
from data.rules import draw
from data.store import Store


def name_reserves(store: Store, places: int = 2) -> dict[tuple[str, int], list[int]]:
    """Make the first of those passed over reserves; returns their row ids by division and place of the unit."""
    with store.write("tester", "test.name_reserves") as writing:
        row = models.Draw.get(models.Draw.kind == "selection", models.Draw.state == "drawn")
        record = dict(row.record)
        found: dict[tuple[str, int], list[int]] = {}
        passed, reserves = [], []
        for entry in sorted(record["passed_over"], key=lambda entry: entry["why"] == draw.HISTORY):
            one = draw.parse_pool_id(entry["id"])
            behind = found.setdefault(one.group, [])
            if len(behind) < places:
                behind.append(one.serial)
                reserves.append({"id": entry["id"], "reserve": len(behind)})
            else:
                passed.append(entry)
        record["passed_over"], record["result"] = passed, [*record["result"], *reserves]
        writing.update(row, record=record)
    return found
