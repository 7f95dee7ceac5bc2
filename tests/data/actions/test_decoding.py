"""Decoding a blind event: by whom, in which order, when a reason is needed, and what the log keeps."""

import pytest

from data import models, rehearsal_steps
from data.actions.decoding import decode
from data.errors import InvalidInput, NotAllowed
from data.queries import audit_log, entrants, sealing
from data.store import Store
from tests.data import ending
from tests.data.ending import blockers

WITNESS = "赵敏"


def chief_of(store: Store) -> str:
    return sealing.sealing(store).chiefs[0]


def draw_lanes(store: Store) -> None:
    with store.write("tester", "test.lanes") as writing:
        writing.insert(models.Draw, kind="lanes", state="drawn", record={}, frozen_at=writing.at)


def test_the_chief_judge_and_a_witness_open_the_names(nursing_examined: Store) -> None:
    store, chief = nursing_examined, chief_of(nursing_examined)
    decode(store, "录分员", "name", f" {chief[0]} {chief[1:]}", f" {WITNESS} ")
    (layer,) = sealing.sealing(store).layers
    assert (layer.layer, layer.chief, layer.witness, layer.is_sealed) == ("name", chief, WITNESS, False)
    assert sealing.sealing(store).next_layer is None
    assert all(row.name != row.number for row in entrants.entrants(store))
    entry = audit_log.entries(store)[0]
    assert (entry.actor, entry.title) == ("录分员", "Opened a layer of the sealed names")
    (line,) = audit_log.details(store, entry.seq).rows
    assert chief in line.after
    assert WITNESS in line.after


@pytest.mark.parametrize(
    ("chief", "witness", "said"),
    [
        ("", WITNESS, "decode together"),
        ("{chief}", "  ", "decode together"),
        ("谁也不是", WITNESS, "谁也不是 is no chief judge"),
        ("{chief}", "{chief}", "his own witness"),
    ],
)
def test_nobody_else_opens_them(nursing_examined: Store, chief: str, witness: str, said: str) -> None:
    of_plan = chief_of(nursing_examined)
    with pytest.raises(InvalidInput, match=said):
        decode(nursing_examined, "tester", "name", chief.format(chief=of_plan), witness.format(chief=of_plan))
    assert sealing.hides_names(nursing_examined)


def test_a_plan_without_a_chief_judge_leads_to_the_setup_page(nursing_examined: Store) -> None:
    with nursing_examined.write("tester", "test.chiefs") as writing:
        for judge in models.Judge.select():
            writing.update(judge, chief=False)
    with pytest.raises(NotAllowed, match="no chief judge") as refused:
        decode(nursing_examined, "tester", "name", "王建国", WITNESS)
    assert "setup page" in refused.value.todo


def test_the_lanes_come_before_the_names(nursing_examined: Store) -> None:
    store, chief = nursing_examined, chief_of(nursing_examined)
    draw_lanes(store)
    with pytest.raises(NotAllowed, match="lanes are opened before"):
        decode(store, "tester", "name", chief, WITNESS)
    decode(store, "tester", "lane", chief, WITNESS)
    assert sealing.hides_names(store)
    decode(store, "tester", "name", chief, WITNESS)
    assert not sealing.hides_names(store)


def test_what_is_not_sealed_is_not_opened(nursing_examined: Store, drawn: Store) -> None:
    chief = chief_of(nursing_examined)
    with pytest.raises(NotAllowed, match="Nothing of this"):
        decode(nursing_examined, "tester", "lane", chief, WITNESS)
    decode(nursing_examined, "tester", "name", chief, WITNESS)
    for store in (nursing_examined, drawn):
        with pytest.raises(NotAllowed, match="Nothing of this"):
            decode(store, "tester", "name", chief, WITNESS)
    with pytest.raises(ValueError, match="number"):
        decode(nursing_examined, "tester", "number", chief, WITNESS)


def test_before_all_marks_are_in_it_needs_a_reason(nursing_marked: Store) -> None:
    store, chief = nursing_marked, chief_of(nursing_marked)
    with pytest.raises(InvalidInput, match="Marks are still missing") as refused:
        decode(store, "tester", "name", chief, WITNESS, "  ")
    assert "42" in refused.value.where
    decode(store, "tester", "name", chief, WITNESS, "理论另日考")
    assert audit_log.entries(store)[0].reason == "理论另日考"


def test_names_that_were_exchanged_need_a_reason(nursing_examined: Store) -> None:
    store, chief = nursing_examined, chief_of(nursing_examined)
    draw_lanes(store)
    with store.write("tester", "test.exchange") as writing:
        person = models.Entrant.get(models.Entrant.number == "N-01").person
        writing.update(person, id_number=None)
    decode(store, "tester", "lane", chief, WITNESS)  # the names stay sealed, so nobody is asked for them
    with pytest.raises(InvalidInput, match="not those that were sealed"):
        decode(store, "tester", "name", chief, WITNESS)
    decode(store, "tester", "name", chief, WITNESS, "证件号更正")
    assert not sealing.hides_names(store)


def test_a_result_version_waits_for_the_decoding(nursing_examined: Store) -> None:
    store = nursing_examined
    assert [blocker.code for blocker in blockers(store)][-1] == "sealed"
    with pytest.raises(NotAllowed, match="sealed") as refused:
        ending.finalise(store, "tester")
    assert "results page" in refused.value.todo
    rehearsal_steps.decode(store)
    assert "sealed" not in {blocker.code for blocker in blockers(store)}


def test_a_rehearsal_decodes_as_the_day_does(nursing_examined: Store, drawn: Store) -> None:
    draw_lanes(nursing_examined)
    rehearsal_steps.decode(nursing_examined)
    assert [layer.witness for layer in sealing.sealing(nursing_examined).layers] == [rehearsal_steps.WITNESSES[0]] * 2
    rehearsal_steps.decode(nursing_examined)
    rehearsal_steps.decode(drawn)
    with drawn.read():
        assert not models.Decoding.select().exists()
