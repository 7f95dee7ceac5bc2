"""What the draws page reads of a blind event: no list that tells the unit of a contestant, at any moment."""

from dataclasses import replace

from data.actions import draws
from data.actions.setup import save_plan
from data.queries import draws as queries
from data.queries.plan import current_plan
from data.rules.draw_record import ITEMS, LANES, NUMBERS
from tests.data.choice_contest import draw_kind, number_everyone
from ui.draw_view import view_of
from ui.projector.ceremony import ceremony_of


def silent(*_arguments: object) -> None:
    """Nobody asks how far it is."""


def test_the_lanes_of_a_blind_event_are_neither_previewed_nor_listed(store):
    number_everyone(store)
    draws.void(store, "test", queries.current(store, NUMBERS).id, "again")
    plan = current_plan(store)
    own = tuple(
        replace(one, unit_name="第一医院") if (one.station, one.lane) == ("S1", 1) else one for one in plan.judges
    )
    save_plan(store, "test", replace(plan, judges=own, info=replace(plan.info, blind=True)), "blind")
    for kind in (NUMBERS, ITEMS):
        draw_kind(store, kind)
    assert any(str(member.candidate.id).endswith("R") for member in queries.pool_of(store, LANES))
    view = view_of(store, LANES, silent)
    assert (view.lines, view.need) == ((), None)
    draw_id = draws.freeze(store, "test", LANES)
    frozen = view_of(store, LANES, silent)
    assert (frozen.lines, frozen.changed) == ((), False)
    assert not ceremony_of(store, draw_id).is_drawn
    draws.draw(store, "test", draw_id, ["1", "2"], ["甲", "乙"])
    assert view_of(store, LANES, silent).lines == ()
    assert ceremony_of(store, draw_id).is_drawn
