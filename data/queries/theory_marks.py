"""Theory marks (理论成绩): whose is wanted, and what is in."""

from dataclasses import dataclass

from data import models
from data.queries import sealing
from data.queries.plain_rows import plain_rows
from data.rules.ranking import OUT
from data.store import Store


@dataclass(frozen=True)
class TheoryRow:
    """An entrant whose division counts theory. `value_milli`: of 100 points, None until it is in.

    division: its title with the category. While names are sealed, `name` is the number and `unit` empty.
    """

    entrant_id: int
    number: str | None
    name: str
    unit: str
    division: str
    value_milli: int | None


def theory_rows(store: Store) -> list[TheoryRow]:
    """Everyone whose theory mark is wanted and who is not out, by division in the order of the numbers."""
    entrant, component, mark = models.Entrant, models.Component, models.TheoryMark
    wanted = component.select(component.division).where(component.source == "theory")
    with store.read():
        who = sealing.who()
        rows = (
            entrant.select(
                entrant.id,
                entrant.number,
                who.name,
                who.unit,
                models.Division.category,
                models.Division.name,
                mark.value_milli,
            )
            .join(models.Division)
            .join_from(entrant, models.Unit)
            .join_from(entrant, mark, "LEFT JOIN", on=(mark.entrant == entrant.id) & mark.latest)
            .where(entrant.division.in_(wanted), entrant.state.not_in(OUT))
            .order_by(models.Division.position, entrant.draw_order.asc(nulls="LAST"), entrant.id)
        )
        return [
            TheoryRow(entrant_id, number, name, unit, f"{category}·{division}", value_milli)
            for entrant_id, number, name, unit, category, division, value_milli in plain_rows(rows)
        ]
