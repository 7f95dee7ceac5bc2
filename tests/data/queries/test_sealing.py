"""Blind marking: what is sealed when, under which name a contestant goes meanwhile, and the seal of the names."""

from dataclasses import replace

import pytest
from pypinyin import lazy_pinyin

from data import models, rehearsal_steps
from data.actions import checkin, decoding, draws, setup
from data.errors import NotAllowed
from data.queries import (
    audit_log,
    entrants,
    ladder,
    leaderboard,
    papers,
    photos,
    readiness,
    result_state,
    roster,
    roster_import,
    schedule,
    scores,
    sealing,
    timetable_papers,
)
from data.queries.plan import current_plan
from data.queries.schedule_words import Words
from data.rules.photos import PhotoReading
from data.rules.roster import RosterReading
from data.rules.rotation_check import Finding
from data.rules.rotation_model import Obstacle
from data.store import Store
from tests.conftest import SEED_PARTS


def sealed(store: Store) -> tuple[bool, bool]:
    with store.read():
        return sealing.is_sealed(sealing.LANE), sealing.names_sealed()


def test_the_numbers_draw_seals_the_names_of_a_blind_event(nursing_rostered: Store, drawn: Store) -> None:
    store = nursing_rostered
    assert sealed(store) == sealed(drawn) == (False, False)
    assert sealing.sealing(store).layers == ()
    rehearsal_steps.draw_lots(store, SEED_PARTS)
    assert sealed(store) == (False, True)
    assert [row.name for row in entrants.entrants(store)] == [row.number for row in entrants.entrants(store)]
    assert {(row.unit, row.unit_short) for row in entrants.entrants(store)} == {("", "")}


def test_an_empty_file_has_nothing_sealed(store: Store) -> None:
    assert sealed(store) == (False, False)
    assert sealing.sealing(store) == sealing.Sealing((), (), sealing.Seal())


def test_an_event_that_is_not_blind_has_names(drawn: Store) -> None:
    assert all(row.name and row.unit for row in entrants.entrants(drawn))
    with drawn.read():
        assert sealing.who() is sealing.NAMED
        assert sealing.called("1H-01", "张伟") == "张伟"


def test_a_lane_draw_seals_the_lanes(nursing_drawn: Store) -> None:
    with nursing_drawn.write("tester", "test.draw") as writing:
        writing.insert(models.Draw, kind="lanes", state="drawn", record={}, frozen_at=writing.at)
    assert sealed(nursing_drawn) == (True, True)
    layers = sealing.sealing(nursing_drawn).layers
    assert [(layer.layer, layer.is_sealed) for layer in layers] == [("lane", True), ("name", True)]


def test_what_was_published_by_an_earlier_biwu_stays_named(nursing_drawn: Store) -> None:
    with nursing_drawn.write("tester", "test.publish") as writing:
        writing.insert(
            models.ResultVersion, number=1, made_at=writing.at, actor="tester", content={"divisions": []}, sha256=""
        )
    assert sealed(nursing_drawn) == (False, False)
    assert not sealing.sealing(nursing_drawn).layers


def test_the_seal_holds_until_a_name_is_exchanged(nursing_drawn: Store) -> None:
    seal = sealing.sealing(nursing_drawn).seal
    assert seal.holds
    assert len(seal.stored) == 64
    with nursing_drawn.write("tester", "test.exchange") as writing:
        one, other = models.Entrant.select().where(models.Entrant.number.is_null(False)).limit(2)
        writing.update(one, name=other.name)
    changed = sealing.sealing(nursing_drawn).seal
    assert changed.stored == seal.stored
    assert not changed.holds


def test_the_seal_has_a_salt_of_its_own(nursing_drawn: Store) -> None:
    with nursing_drawn.read():
        row = models.Draw.get(models.Draw.kind == "numbers")
        assert sealing.fingerprint(row.seal_salt) == row.seal
        assert sealing.fingerprint("") != row.seal
        assert not models.Draw.get(models.Draw.kind == "selection").seal


def test_a_substitution_leaves_the_seal_as_it_was(nursing_drawn: Store) -> None:
    with nursing_drawn.write("tester", "test.substitute") as writing:
        entrant = models.Entrant.get(models.Entrant.number == "N-01")
        for name in ("新来的人", "又一个人"):
            joined = writing.insert(
                models.Person, unit=entrant.unit_id, division=entrant.division_id, name=name, id_number=None
            )
            writing.insert(
                models.Substitution,
                entrant=entrant.id,
                left=entrant.person_id,
                joined=joined,
                old_token="X",
                actor="tester",
                at=writing.at,
                reason="病假",
            )
            writing.update(entrant, person=joined, name=name)
    assert sealing.sealing(nursing_drawn).seal.holds


def test_teams_are_sealed_under_their_names(drawn: Store) -> None:
    with drawn.write("tester", "test.blind") as writing:
        writing.update(models.Event.get(), blind=True)
        before = sealing.fingerprint("s")
        team = models.Entrant.get(models.Entrant.number == "1T-01")
        writing.update(team, name="另一队")
        assert sealing.fingerprint("s") != before
    row = entrants.by_number(drawn, "1T-01")
    assert row is not None
    assert (row.name, row.unit) == ("1T-01", "")


def test_the_desk_finds_whoever_says_who_he_is_and_learns_the_number_alone(nursing_drawn: Store) -> None:
    with nursing_drawn.read():
        one = models.Entrant.get(models.Entrant.number == "N-07")
        name, id_number = one.name, one.person.id_number
    pinyin = "".join(lazy_pinyin(name))
    for text in (name, f" {name[0]} {name[1:]}", pinyin, id_number, id_number.lower(), "n07"):
        assert [(row.number, row.name) for row in entrants.arriving(nursing_drawn, text)] == [("N-07", "N-07")]
    for text in (name[:1], pinyin[:4], id_number[:17], id_number[-4:], "护士", ""):
        assert entrants.arriving(nursing_drawn, text) == []
    assert entrants.search(nursing_drawn, name) == []
    rehearsal_steps.decode(nursing_drawn)
    assert one.number in {row.number for row in entrants.arriving(nursing_drawn, name[:1])}


def test_no_query_tells_a_name_before_the_decoding(nursing_scheduled: Store) -> None:
    store = nursing_scheduled
    with store.read():
        row = models.Entrant.get(models.Entrant.number == "N-01")
        name, unit, visit = row.name, row.unit.name, models.Visit.get(models.Visit.entrant == row.id).id

    def everything() -> str:
        sheets = timetable_papers.timetables(store)
        return repr(
            [
                entrants.entrants(store, with_sums=True),
                [turn for entrant in sheets.entrants for turn in (entrant, *entrant.turns)],
                [turn for lane in sheets.lanes for turn in lane.turns],
                papers.badges(store),
                [(one.name, one.unit) for one in papers.mark_sheets(store)],
                schedule.slots(store),
                scores.queue(store),
                [getattr(scores.open_sheet(store, visit, 1), part) for part in ("name", "unit", "number")],
                leaderboard.all_standings(store),
                ladder.ladder(store, row.id),
                readiness.readiness(store).lines,
                result_state.result_state(store).blockers,
                [audit_log.details(store, one.seq).rows for one in audit_log.entries(store) if "roster" in one.action],
                [audit_log.details(store, one.seq).rows for one in audit_log.entries(store) if "draws" in one.action],
                [one for one in roster.people(store) if one.entrant_id is not None and one.name != "(sealed)"],
            ]
        )

    told = everything()
    assert name not in told
    assert unit not in told
    assert papers.letterhead(store).blind
    rehearsal_steps.decode(store)
    told = everything()
    assert name in told
    assert unit in told
    assert not papers.letterhead(store).blind


def test_totals_of_units_wait_for_the_decoding(nursing_marked: Store) -> None:
    total = next(row for row in entrants.entrants(nursing_marked, with_sums=True) if row.entry == "sum")
    assert leaderboard.standings(nursing_marked, "NT").rows == ()
    assert leaderboard.standings(nursing_marked, "NT").total == 14
    assert {one.division_code for one in result_state.result_state(nursing_marked).ties} <= {"N"}
    with pytest.raises(NotAllowed, match="sealed"):
        ladder.ladder(nursing_marked, total.id)
    rehearsal_steps.decode(nursing_marked)
    assert len(leaderboard.standings(nursing_marked, "NT").rows) == 14
    assert ladder.ladder(nursing_marked, total.id).name == total.name or total.name == ""


def test_contestants_on_the_roster_are_told_by_nothing(nursing_drawn: Store) -> None:
    drawn = [row for row in roster.people(nursing_drawn) if row.entrant_id is not None]
    assert {(row.name, row.id_masked, row.phone) for row in drawn} == {("(sealed)", "", "")}
    with pytest.raises(NotAllowed, match="sealed"):
        roster.person(nursing_drawn, drawn[0].id)
    with pytest.raises(NotAllowed, match="sealed"):
        roster_import.preview_import(nursing_drawn, RosterReading((), ()))
    with pytest.raises(NotAllowed, match="sealed"):
        photos.preview_photos(nursing_drawn, PhotoReading((), ()))
    rehearsal_steps.decode(nursing_drawn)
    assert roster.person(nursing_drawn, drawn[0].id).name != "(sealed)"


def test_the_log_keeps_reasons_and_people_to_itself(nursing_drawn: Store) -> None:
    first, other = entrants.entrants(nursing_drawn)[:2]
    checkin.check_in(nursing_drawn, "tester", other.id)
    checkin.set_state(nursing_drawn, "tester", first.id, "absent", "张伟发烧")
    absent, arrived = audit_log.entries(nursing_drawn)[:2]
    assert absent.reason == "(sealed)"
    assert arrived.reason == ""
    (line,) = audit_log.details(nursing_drawn, absent.seq).rows
    assert (line.subject, line.field, line.after) == (first.number, "State", "Absent")
    imported = next(one for one in audit_log.entries(nursing_drawn) if one.action == "roster.import_people")
    (people,) = audit_log.details(nursing_drawn, imported.seq).rows
    assert (people.kind, people.subject, people.after) == ("added", "(sealed)", "(sealed)")
    rehearsal_steps.decode(nursing_drawn)
    entry = next(one for one in audit_log.entries(nursing_drawn) if one.seq == absent.seq)
    assert entry.reason == "张伟发烧"
    assert len(audit_log.details(nursing_drawn, imported.seq).rows) > 1


def test_the_log_keeps_lanes_and_reasons_of_marks(nursing_drawn: Store) -> None:
    with nursing_drawn.write("tester", "test.lane") as writing:
        entrant = models.Entrant.get(models.Entrant.number == "N-01").id
        writing.insert(models.Draw, kind="lanes", state="drawn", record={}, frozen_at=writing.at)
        writing.insert(models.DrawnLane, entrant=entrant, station=1, lane=3)
        theory = {"version": 1, "latest": True, "value_milli": 1000, "actor": "", "at": writing.at}
        writing.insert(models.TheoryMark, entrant=entrant, reason="李娜改卷", **theory)
    (last, *_rest) = audit_log.entries(nursing_drawn)
    lines = {line.table: line for line in audit_log.details(nursing_drawn, last.seq).rows}
    assert lines["Drawn lane"].after == "(sealed)"
    assert lines["Theory mark"].subject == "N-01"
    assert "李娜" not in lines["Theory mark"].after
    rehearsal_steps.decode(nursing_drawn)
    lines = {line.table: line for line in audit_log.details(nursing_drawn, last.seq).rows}
    assert "Lane: 3" in lines["Drawn lane"].after
    assert "李娜改卷" in lines["Theory mark"].after


def test_a_recusal_is_told_without_the_contestant(nursing_scheduled: Store) -> None:
    row = entrants.entrants(nursing_scheduled)[0]
    slot = schedule.problem(nursing_scheduled).before[0]
    finding = Finding("recusal", True, slots=(replace(slot, entrant=row.id),))
    assert row.number not in Words(nursing_scheduled).finding(finding)
    obstacle = Obstacle("recusal", slot.station, entrant=row.id)
    said = Words(nursing_scheduled).obstacle(obstacle)
    assert row.number not in said
    rehearsal_steps.decode(nursing_scheduled)
    assert row.number in Words(nursing_scheduled).finding(finding)


def test_the_plan_stays_blind_while_names_are_sealed(nursing_drawn: Store, drawn: Store) -> None:
    plan = current_plan(nursing_drawn)
    open_plan = replace(plan, info=replace(plan.info, blind=False))
    with pytest.raises(NotAllowed, match="cannot be switched off"):
        setup.save_plan(nursing_drawn, "tester", open_plan, "不盲评了")
    rehearsal_steps.decode(nursing_drawn)
    setup.save_plan(nursing_drawn, "tester", open_plan, "不盲评了")
    assert not current_plan(nursing_drawn).info.blind
    with pytest.raises(NotAllowed, match="cannot begin now"):
        setup.save_plan(nursing_drawn, "tester", plan, "又要盲评")
    plan = current_plan(drawn)
    with pytest.raises(NotAllowed, match="cannot begin now"):
        setup.save_plan(drawn, "tester", replace(plan, info=replace(plan.info, blind=True)), "盲评")


def test_an_event_becomes_blind_before_its_numbers_are_drawn(rostered: Store) -> None:
    plan = current_plan(rostered)
    blind = replace(plan, info=replace(plan.info, blind=True))
    setup.save_plan(rostered, "tester", blind)
    setup.save_plan(rostered, "tester", plan)
    assert not current_plan(rostered).info.blind


def test_a_new_numbers_draw_seals_again_after_a_decoding(nursing_drawn: Store) -> None:
    rehearsal_steps.decode(nursing_drawn)
    with nursing_drawn.read():
        number = models.Draw.get(models.Draw.kind == "numbers").id
    draws.void(nursing_drawn, "tester", number, "名单有误")
    assert sealed(nursing_drawn) == (False, False)
    rehearsal_steps.draw_lots(nursing_drawn, SEED_PARTS)
    assert sealed(nursing_drawn) == (False, True)
    decoding.decode(nursing_drawn, "tester", "name", sealing.sealing(nursing_drawn).chiefs[0], "赵敏", "试一试")
    assert sealed(nursing_drawn) == (False, False)
