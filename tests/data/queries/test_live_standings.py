"""Standings that take in one change after another are those of a full reading."""

import contextlib
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import peewee
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data import models
from data import store as stores
from data.actions import checkin, locks, marks, results, theory
from data.errors import NotFound, UserError
from data.queries import leaderboard
from data.queries.live_standings import LiveStandings
from data.store import Store
from tests.data.contest import entrant_of, mark_everyone, set_up
from tests.data.samples import add_unit

Step = Callable[[Store], None]

_VISITS = st.integers(1, 6)
_TEAMS = st.integers(7, 9)
_POINTS = st.sampled_from((0, 70_000, 90_000, 90_500))


def hand_in(visit: int, seat: int, total: int) -> Step:
    return lambda store: marks.hand_in(store, "录分", visit, seat, {}, total_milli=total, reason="更正") and None


def penalise(visit: int, penalty: int, seconds: int | None, state: str) -> Step:
    def step(store: Store) -> None:
        marks.set_visit(
            store, "录分", visit, penalty_milli=penalty, seconds_milli=seconds, state=state, reason="裁判长"
        )

    return step


def examine(entrant: int, value: int) -> Step:
    return lambda store: theory.set_theory(store, "录分", entrant, value, "复核") and None


def come(entrant: int, state: str) -> Step:
    return lambda store: checkin.set_state(store, "检录", entrant, state, "更正") and None


def play_off(store: Store) -> None:
    for tie in leaderboard.standings(store, "N").ties:
        places = {entrant: place for place, entrant in enumerate(reversed(tie.entrant_ids), start=1)}
        results.record_playoff(store, "裁判长", places, "加赛")


def share(store: Store) -> None:
    for tie in leaderboard.standings(store, "N").ties:
        results.share_award(store, "裁判长", tie.entrant_ids, "并列")


def lock(store: Store) -> None:
    locks.lock_station(store, "录分", "S1")


def miss(visit: int, seat: int) -> Step:
    """The chief judge confirms that this sheet will not come."""

    def step(store: Store) -> None:
        with store.write("裁判长", "test.miss") as writing:
            values = {"chief": "裁判长", "actor": "录分", "at": writing.at, "reason": "裁判离场", "of_marks": ""}
            writing.insert(models.Confirmation, visit=visit, kind="missing", seat=seat, **values)

    return step


def appeal(entrant: int) -> Step:
    """An appeal is raised, or the one that is open is withdrawn."""

    def step(store: Store) -> None:
        with store.write("秘书处", "test.appeal") as writing:
            row = models.Appeal.get_or_none(models.Appeal.entrant == entrant, models.Appeal.state == "open")
            if row is not None:
                writing.update(row, state="withdrawn")
                return
            values = {"about": "result", "raised_by": "张伟", "raised_at": writing.at, "text": "申诉", "actor": "李敏"}
            writing.insert(models.Appeal, entrant=entrant, state="open", **values)

    return step


def rename(entrant: int, name: str) -> Step:
    def step(store: Store) -> None:
        with store.write("秘书处", "test.rename") as writing:
            writing.update(models.Entrant.get_by_id(entrant), name=name)

    return step


def lose_marks(visit: int) -> Step:
    """All marks of a visit are gone, as when another window undoes what brought them."""

    def step(store: Store) -> None:
        with store.write("录分", "test.undo") as writing:
            for mark in models.Mark.select().where(models.Mark.visit == visit):
                writing.delete(mark)

    return step


def change_plan(rule: str, count: int) -> Step:
    def step(store: Store) -> None:
        with store.write("秘书处", "test.plan") as writing:
            writing.update(models.Division.get(models.Division.code == "N"), tie_rule=rule)
            writing.update(models.AwardLevel.get_by_id(1), count=count)

    return step


def leave_out(entrant: int) -> Step:
    """Somebody without marks is taken out of the event."""

    def step(store: Store) -> None:
        with store.write("秘书处", "test.leave") as writing:
            if not models.Mark.select().join(models.Visit).where(models.Visit.entrant == entrant).exists():
                for model in (models.TheoryMark, models.Playoff, models.Appeal):
                    for row in model.select().where(model.entrant == entrant):
                        writing.delete(row)
                for visit in models.Visit.select().where(models.Visit.entrant == entrant):
                    for model in (models.Slot, models.Confirmation):
                        for row in model.select().where(model.visit == visit.id):
                            writing.delete(row)
                    writing.delete(visit)
                writing.delete(models.Entrant.get_by_id(entrant))

    return step


_STEPS = st.one_of(
    st.builds(hand_in, _VISITS, st.integers(1, 2), _POINTS),
    st.builds(
        penalise,
        _VISITS,
        st.sampled_from((0, 1000)),
        st.sampled_from((None, 60_000)),
        st.sampled_from(("", "", "withdrew")),
    ),
    st.builds(examine, _VISITS, _POINTS),
    st.builds(come, st.one_of(_VISITS, _TEAMS), st.sampled_from(("present", "withdrew", "disqualified"))),
    st.sampled_from((play_off, share, lock)),
    st.builds(miss, _VISITS, st.integers(1, 2)),
    st.builds(appeal, _VISITS),
    st.builds(rename, st.one_of(_VISITS, _TEAMS), st.sampled_from(("张伟", "欧阳"))),
    st.builds(lose_marks, _VISITS),
    st.builds(change_plan, st.sampled_from(("", "用时", "静脉输液;理论")), st.integers(1, 2)),
    st.builds(leave_out, _VISITS),
)


@pytest.fixture(scope="module")
def contests(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """The small contest, without any mark and with all of them."""
    folder = tmp_path_factory.mktemp("contests")
    found = {}
    for marked in (False, True):
        found[marked] = folder / f"{marked}.biwu"
        store = stores.create(found[marked])
        visits = set_up(store)
        if marked:
            mark_everyone(store, visits, (90, 90, 90, 80, 70, 70))
        store.close()
    return found


def elsewhere(step: Step, store: Store) -> None:
    """Do it in another thread, as another window's work, unless it is refused or whom it is about is gone."""

    def work() -> None:
        with contextlib.suppress(UserError, peewee.IntegrityError, peewee.DoesNotExist):
            step(store)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def assert_same(live: LiveStandings, store: Store) -> None:
    for code in ("N", "NT"):
        whole = leaderboard.standings(store, code)
        assert live.standings(code) == whole
        assert tuple(live.row(row.entrant_id) for row in whole.rows) == whole.rows


@settings(max_examples=60)
@given(st.booleans(), st.lists(st.tuples(st.booleans(), _STEPS), max_size=12))
@example(True, [(True, share), (True, hand_in(1, 1, 90_500)), (True, hand_in(1, 1, 90_000)), (True, play_off)])
@example(True, [(True, lose_marks(2)), (True, miss(2, 1)), (True, hand_in(2, 2, 90_000)), (True, hand_in(2, 1, 0))])
@example(True, [(True, appeal(1)), (True, appeal(1)), (False, rename(8, "二院")), (True, come(3, "disqualified"))])
@example(False, [(True, leave_out(2)), (True, examine(3, 70_000)), (True, change_plan("用时", 2))])
def test_live_standings_are_always_those_of_a_full_reading(
    contests: dict[bool, Path],
    tmp_path_factory: pytest.TempPathFactory,
    marked: bool,
    steps: list[tuple[bool, Step]],
) -> None:
    """Whatever happens, taken in after each step or after several, and in whichever thread."""
    path = tmp_path_factory.mktemp("live") / "event.biwu"
    shutil.copyfile(contests[marked], path)
    store = stores.open_store(path)
    try:
        live = LiveStandings(store)
        live.read()
        for looked, step in steps:
            elsewhere(step, store)
            if looked:
                if not live.take_in():
                    live.read()
                assert_same(live, store)
        if not live.take_in():
            live.read()
        assert_same(live, store)
    finally:
        store.close()


@pytest.mark.parametrize(
    "step",
    [
        hand_in(1, 1, 70_000),
        penalise(2, 1000, 60_000, ""),
        examine(3, 70_000),
        come(4, "withdrew"),
        play_off,
        lock,
        miss(1, 1),
        appeal(1),
        rename(1, "欧阳"),
        lose_marks(5),
        lambda store: None,
    ],
)
def test_what_a_day_brings_is_taken_in_without_a_full_reading(step: Step, store: Store) -> None:
    mark_everyone(store, set_up(store), (90, 90, 85, 80, 75, 70))
    live = LiveStandings(store)
    live.read()
    step(store)
    assert live.take_in()
    assert_same(live, store)


@pytest.mark.parametrize("step", [share, change_plan("用时", 1), lambda store: add_unit(store, "新医院")])
def test_what_all_lines_depend_on_takes_a_full_reading(step: Step, store: Store) -> None:
    mark_everyone(store, set_up(store), (90, 90, 85, 80, 75, 70))
    live = LiveStandings(store)
    live.read()
    step(store)
    assert not live.take_in()
    assert not live.take_in()
    live.read()
    assert live.take_in()
    assert_same(live, store)


def test_many_writes_at_once_are_read_anew(store: Store) -> None:
    visits = set_up(store)
    live = LiveStandings(store)
    live.read()
    for turn in range(201):
        marks.hand_in(store, "录分", visits[0], 1, {}, total_milli=turn * 100, reason="更正")
    assert not live.take_in()


def test_a_large_write_is_read_anew(store: Store) -> None:
    """Its rows are many, or the text in which the log has them is long."""
    visits = set_up(store)
    live = LiveStandings(store)
    live.read()
    values = {"seat": 1, "latest": False, "values": {}, "total_milli": 0, "actor": "录分", "at": ""}
    for count, reason in ((501, ""), (1, "长" * 200_000)):
        live.read()
        with store.write("录分", "test.many") as writing:
            rows = [{"visit": visits[0], "version": -count - n, "reason": reason, **values} for n in range(count)]
            writing.insert_many(models.Mark, rows)
        assert not live.take_in()


def test_the_lines_of_those_who_stay_where_they_are_are_not_made_anew(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    live = LiveStandings(store)
    live.read()
    before = {row.entrant_id: row for row in live.standings("N").rows}
    marks.hand_in(store, "录分", visits[5], 1, {}, total_milli=71_000, reason="更正")
    assert live.take_in()
    after = {row.entrant_id: row for row in live.standings("N").rows}
    changed = entrant_of(store, visits[5])
    assert [key for key, row in after.items() if row is not before[key]] == [changed]


def test_nothing_is_found_of_who_is_not_there(store: Store) -> None:
    set_up(store)
    live = LiveStandings(store)
    with pytest.raises(RuntimeError):
        live.standings("N")
    live.read()
    with pytest.raises(NotFound, match="X"):
        live.standings("X")
    with pytest.raises(NotFound):
        live.row(99)


def test_a_sealed_event_shows_numbers_and_no_sums(nursing_marked: Store) -> None:
    live = LiveStandings(nursing_marked)
    live.read()
    whole = leaderboard.standings(nursing_marked, "N")
    assert live.standings("N") == whole
    assert all(row.name == row.number for row in live.standings("N").rows)
    assert live.standings("NT") == leaderboard.standings(nursing_marked, "NT")
    assert live.standings("NT").rows == ()
    with nursing_marked.read():
        team = (
            models.Entrant.select(models.Entrant.id).join(models.Division).where(models.Division.code == "NT").first()
        )
    with pytest.raises(NotFound):
        live.row(team.id)
