"""Who was drawn behind those selected, and in which order (候补)."""

from data import models
from data.rules import draw


def reserve_places() -> dict[int, int]:
    """The place, from 1 in its unit and division, of each person whom the selection drew as a reserve.

    By the person's row; empty before the selection. Runs inside `store.read()`.
    """
    found = models.Draw.get_or_none((models.Draw.kind == "selection") & (models.Draw.state == "drawn"))
    if found is None:
        return {}
    return {
        draw.parse_pool_id(entry["id"]).serial: entry["reserve"]
        for entry in found.record["result"]
        if "reserve" in entry
    }
