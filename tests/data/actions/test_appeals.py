"""Appeals: raised in time or late, decided by the chief judge, corrected in the same write."""

from datetime import UTC, datetime, timedelta

import pytest

from data import models
from data.actions import appeals, locks, marks, operators, results, theory
from data.actions.appeals import SheetCorrection, TheoryCorrection, VisitCorrection
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import appeals as appeal_queries
from data.queries import audit_log, blockers, leaderboard
from data.queries.readiness import readiness
from data.store import Store
from tests.data import contest, ending

CHIEF, PIN = "裁判长", "2580"


@pytest.fixture
def visits(store: Store) -> list[int]:
    """A small contest with all marks in, its chief judge at the desk; the visits."""
    found = contest.set_up(store)
    contest.mark_everyone(store, found)
    operators.add(store, "李敏", CHIEF, PIN, chief=True)
    operators.sign_in(store, CHIEF, PIN)
    return found


def publish(store: Store, made_at: str = "") -> None:
    """A result version that stands, whatever is in it."""
    with store.write("tester", "test.publish") as writing:
        number = models.ResultVersion.select().count() + 1
        writing.insert(
            models.ResultVersion, number=number, made_at=made_at or writing.at, actor="", content={}, sha256=""
        )


def against_mark(store: Store, visit: int, late_reason: str = "") -> int:
    entrant = contest.entrant_of(store, visit)
    return appeals.raise_appeal(store, CHIEF, entrant, "mark", visit, 2, " 领队王军 ", " 固定未扣分 ", late_reason)


def row_of(store: Store, appeal: int) -> models.Appeal:
    with store.read():
        return models.Appeal.get_by_id(appeal)


def mark_of(store: Store, visit: int, seat: int = 2) -> models.Mark:
    with store.read():
        return models.Mark.get(models.Mark.visit == visit, models.Mark.seat == seat, models.Mark.latest)


def refusal(kind: type[Exception], *arguments: object, **named: object) -> str:
    action, *rest = arguments
    with pytest.raises(kind) as refused:
        action(*rest, **named)
    return str(refused.value)


# Raising


def test_an_appeal_before_there_is_a_version_is_always_in_time(store: Store, visits: list[int]) -> None:
    row = row_of(store, against_mark(store, visits[0], "来晚了"))
    assert (row.about, row.visit_id, row.seat, row.state) == ("mark", visits[0], 2, "open")
    assert (row.raised_by, row.text, row.late_reason, row.of_version) == ("领队王军", "固定未扣分", "", None)
    assert row.actor == CHIEF
    assert audit_log.entries(store)[0].title == "Took an appeal"


def test_after_the_deadline_a_reason_is_needed(store: Store, visits: list[int]) -> None:
    start = datetime(2023, 11, 18, 8, tzinfo=UTC)
    store.clock = lambda: start
    publish(store)
    store.clock = lambda: start + timedelta(minutes=120)
    assert row_of(store, against_mark(store, visits[0])).of_version == 1
    store.clock = lambda: start + timedelta(minutes=120, seconds=1)
    assert "time for appeals against version 1 ended at" in refusal(NotAllowed, against_mark, store, visits[1])
    row = row_of(store, against_mark(store, visits[1], " 成绩单今早才送到 "))
    assert row.late_reason == "成绩单今早才送到"


def test_a_new_version_opens_the_time_again(store: Store, visits: list[int]) -> None:
    start = datetime(2023, 11, 18, 8, tzinfo=UTC)
    store.clock = lambda: start
    publish(store)
    store.clock = lambda: start + timedelta(minutes=200)
    publish(store)
    row = row_of(store, against_mark(store, visits[0], "不需要"))
    assert (row.of_version, row.late_reason) == (2, "")


@pytest.mark.parametrize(("raised_by", "text"), [(" ", "扣分错"), ("王军", "")])
def test_who_and_what_are_needed(store: Store, visits: list[int], raised_by: str, text: str) -> None:
    entrant = contest.entrant_of(store, visits[0])
    assert "missing" in refusal(
        InvalidInput, appeals.raise_appeal, store, CHIEF, entrant, "result", None, None, raised_by, text
    )


def test_only_what_is_there_can_be_under_appeal(store: Store, visits: list[int]) -> None:
    entrant, other = (contest.entrant_of(store, visit) for visit in visits[:2])
    raise_appeal = appeals.raise_appeal
    words = ("王军", "扣分错")
    for about, visit, seat in (("mark", visits[0], 3), ("mark", visits[1], 1), ("visit", visits[1], None)):
        assert "no such mark" in refusal(NotFound, raise_appeal, store, CHIEF, entrant, about, visit, seat, *words)
    with store.read():
        team = models.Entrant.get(models.Entrant.person.is_null()).id
    assert "no such mark" in refusal(NotFound, raise_appeal, store, CHIEF, team, "theory", None, None, *words)
    assert "not in the event" in refusal(NotFound, raise_appeal, store, CHIEF, 999, "result", None, None, *words)
    for about, visit, seat in (
        ("other", None, None),
        ("mark", visits[0], None),
        ("visit", None, None),
        ("result", visits[0], None),
        ("theory", None, 1),
    ):
        refusal(ValueError, raise_appeal, store, CHIEF, other, about, visit, seat, *words)
    with store.read():
        assert not models.Appeal.select().exists()


def test_the_same_is_under_appeal_once_at_a_time(store: Store, visits: list[int]) -> None:
    entrant = contest.entrant_of(store, visits[0])
    first = against_mark(store, visits[0])
    assert "under appeal already" in refusal(NotAllowed, against_mark, store, visits[0])
    appeals.raise_appeal(store, CHIEF, entrant, "mark", visits[0], 1, "王军", "另一位裁判")
    appeals.raise_appeal(store, CHIEF, entrant, "visit", visits[0], None, "王军", "超时不应扣分")
    appeals.raise_appeal(store, CHIEF, entrant, "result", None, None, "王军", "名次")
    assert "already" in refusal(
        NotAllowed, appeals.raise_appeal, store, CHIEF, entrant, "result", None, None, "王军", "名次"
    )
    appeals.withdraw(store, CHIEF, first, "王军撤回")
    against_mark(store, visits[0])


def test_who_has_not_signed_in_takes_and_decides_nothing(store: Store, visits: list[int]) -> None:
    appeal = against_mark(store, visits[0])
    operators.add(store, CHIEF, "李敏", "4711")
    operators.sign_out(store, CHIEF)
    assert "signed in" in refusal(NotAllowed, against_mark, store, visits[1])
    assert "signed in" in refusal(NotAllowed, appeals.withdraw, store, "过客", appeal, "撤回")
    assert "signed in" in refusal(NotAllowed, appeals.refuse, store, "过客", appeal, CHIEF, PIN, "维持")
    assert "signed in" in refusal(
        NotAllowed, appeals.grant, store, "过客", appeal, CHIEF, PIN, "成立", SheetCorrection({}, 91_000)
    )
    assert row_of(store, appeal).state == "open"


# Deciding


def test_a_granted_appeal_is_a_new_version_of_the_mark_in_the_same_write(store: Store, visits: list[int]) -> None:
    appeal = against_mark(store, visits[0])
    appeals.grant(store, CHIEF, appeal, CHIEF, PIN, " 经复核，固定应得15分 ", SheetCorrection({}, 97_000))
    row, mark = row_of(store, appeal), mark_of(store, visits[0])
    assert (row.state, row.decision, row.decided_by) == ("granted", "经复核，固定应得15分", CHIEF)
    assert (mark.version, mark.total_milli, mark.reason) == (2, 97_000, "Appeal granted: 经复核，固定应得15分")
    assert row.decided_at == mark.at
    assert mark_of(store, visits[0], 1).version == 1
    entry = audit_log.entries(store)[0]
    assert (entry.action, entry.reason) == ("appeals.grant", "经复核，固定应得15分")
    assert {line.table for line in audit_log.details(store, entry.seq).rows} == {"Mark", "Appeal"}


def test_a_granted_appeal_passes_over_locks_and_nothing_else_does(store: Store, visits: list[int]) -> None:
    entrant = contest.entrant_of(store, visits[0])
    locks.lock_division(store, CHIEF, "N")
    for about, visit, seat, correction in (
        ("mark", visits[0], 2, SheetCorrection({}, 97_000)),
        ("visit", visits[0], None, VisitCorrection(penalty_milli=1_000)),
        ("theory", None, None, TheoryCorrection(81_500)),
    ):
        appeal = appeals.raise_appeal(store, CHIEF, entrant, about, visit, seat, "王军", "扣分错")
        appeals.grant(store, CHIEF, appeal, CHIEF, PIN, "成立", correction)
    with store.read():
        assert models.Visit.get_by_id(visits[0]).penalty_milli == 1_000
        found = models.TheoryMark.get(models.TheoryMark.entrant == entrant, models.TheoryMark.latest)
        assert (found.value_milli, found.version, found.reason) == (81_500, 2, "Appeal granted: 成立")
    refusal(NotAllowed, marks.hand_in, store, CHIEF, visits[0], 2, {}, total_milli=90_000, reason="更正")
    refusal(NotAllowed, theory.set_theory, store, CHIEF, entrant, 90_000, "更正")


def test_a_state_and_seconds_are_corrected_too(store: Store, visits: list[int]) -> None:
    entrant = contest.entrant_of(store, visits[0])
    marks.set_visit(store, CHIEF, visits[0], state="disqualified", reason="误判")
    appeal = appeals.raise_appeal(store, CHIEF, entrant, "visit", visits[0], None, "王军", "并未违规")
    appeals.grant(store, CHIEF, appeal, CHIEF, PIN, "恢复资格", VisitCorrection(seconds_milli=80_000, state=""))
    with store.read():
        visit = models.Visit.get_by_id(visits[0])
        assert (visit.state, visit.seconds_milli) == ("", 80_000)


def test_an_appeal_against_the_result_is_granted_without_a_correction(store: Store, visits: list[int]) -> None:
    entrant = contest.entrant_of(store, visits[0])
    appeal = appeals.raise_appeal(store, CHIEF, entrant, "result", None, None, "王军", "并列未加赛")
    appeals.grant(store, CHIEF, appeal, CHIEF, PIN, "补行加赛")
    assert row_of(store, appeal).state == "granted"


@pytest.mark.parametrize(
    ("about", "correction"),
    [
        ("mark", SheetCorrection({}, 95_000)),
        ("visit", VisitCorrection()),
        ("visit", VisitCorrection(penalty_milli=0, state="")),
        ("theory", TheoryCorrection(80_000)),
    ],
)
def test_a_correction_that_corrects_nothing_is_refused(
    store: Store, visits: list[int], about: str, correction: appeals.Correction
) -> None:
    entrant = contest.entrant_of(store, visits[0])
    visit = None if about == "theory" else visits[0]
    appeal = appeals.raise_appeal(store, CHIEF, entrant, about, visit, 2 if about == "mark" else None, "王军", "错")
    assert "same as before" in refusal(
        InvalidInput, appeals.grant, store, CHIEF, appeal, CHIEF, PIN, "成立", correction
    )
    assert row_of(store, appeal).state == "open"


def test_a_correction_belongs_to_what_the_appeal_is_about(store: Store, visits: list[int]) -> None:
    appeal = against_mark(store, visits[0])
    for wrong in (None, TheoryCorrection(1), VisitCorrection(penalty_milli=1)):
        refusal(ValueError, appeals.grant, store, CHIEF, appeal, CHIEF, PIN, "成立", wrong)


def test_a_value_that_does_not_fit_leaves_the_appeal_open(store: Store, visits: list[int]) -> None:
    appeal = against_mark(store, visits[0])
    assert "0 to 100" in refusal(
        InvalidInput, appeals.grant, store, CHIEF, appeal, CHIEF, PIN, "成立", SheetCorrection({}, 101_000)
    )
    assert row_of(store, appeal).state == "open"
    assert mark_of(store, visits[0]).version == 1


def test_only_the_chief_judge_decides(store: Store, visits: list[int]) -> None:
    operators.add(store, CHIEF, "李敏", "4711")
    appeal = against_mark(store, visits[0])
    for name, pin in ((CHIEF, "0000"), ("李敏", "4711"), ("谁", PIN)):
        refusal(NotAllowed, appeals.refuse, store, CHIEF, appeal, name, pin, "维持")
        refusal(NotAllowed, appeals.grant, store, CHIEF, appeal, name, pin, "成立", SheetCorrection({}, 97_000))
    assert row_of(store, appeal).state == "open"
    assert mark_of(store, visits[0]).version == 1


def test_a_refused_appeal_leaves_the_mark(store: Store, visits: list[int]) -> None:
    appeal = against_mark(store, visits[0])
    assert "decision is missing" in refusal(InvalidInput, appeals.refuse, store, CHIEF, appeal, CHIEF, PIN, " ")
    appeals.refuse(store, CHIEF, appeal, CHIEF, PIN, "扣分正确")
    row = row_of(store, appeal)
    assert (row.state, row.decision, row.decided_by) == ("refused", "扣分正确", CHIEF)
    assert row.decided_at is not None
    assert mark_of(store, visits[0]).version == 1


def test_an_appeal_is_withdrawn_with_a_reason_and_without_the_chief_judge(store: Store, visits: list[int]) -> None:
    appeal = against_mark(store, visits[0])
    assert "reason is needed" in refusal(InvalidInput, appeals.withdraw, store, CHIEF, appeal, "")
    appeals.withdraw(store, CHIEF, appeal, "王军看过评分表后撤回")
    row = row_of(store, appeal)
    assert (row.state, row.decision, row.decided_by) == ("withdrawn", "王军看过评分表后撤回", "")


def test_what_is_decided_stays_decided(store: Store, visits: list[int]) -> None:
    appeal = against_mark(store, visits[0])
    appeals.refuse(store, CHIEF, appeal, CHIEF, PIN, "扣分正确")
    assert "refused" in refusal(NotAllowed, appeals.withdraw, store, CHIEF, appeal, "撤回")
    assert "扣分正确" in refusal(
        NotAllowed, appeals.grant, store, CHIEF, appeal, CHIEF, PIN, "成立", SheetCorrection({}, 97_000)
    )
    assert "not in the event" in refusal(NotFound, appeals.refuse, store, CHIEF, 999, CHIEF, PIN, "维持")


# Reading


def test_open_appeals_come_first_with_what_they_are_about(store: Store, visits: list[int]) -> None:
    first = against_mark(store, visits[0])
    appeals.raise_appeal(store, CHIEF, contest.entrant_of(store, visits[1]), "theory", None, None, "李娜", "少算一题")
    appeals.raise_appeal(store, CHIEF, contest.entrant_of(store, visits[2]), "visit", visits[2], None, "王芳", "超时")
    appeals.withdraw(store, CHIEF, first, "撤回")
    found = appeal_queries.appeals(store)
    assert [(row.name, row.what, row.state) for row in found.rows] == [
        ("王芳", "静脉输液: time, penalty or state", "open"),
        ("李娜", "The theory mark", "open"),
        ("张伟", "静脉输液, judge 2", "withdrawn"),
    ]
    row = found.rows[0]
    assert (row.division, row.division_code, row.number, row.unit) == ("全县·护理组", "N", "N-03", "第二医院")
    assert found.open == 2
    assert found.deadline is None
    with store.read():
        assert appeal_queries.open_appeals() == {
            contest.entrant_of(store, visits[1]): "N",
            contest.entrant_of(store, visits[2]): "N",
        }


def test_the_deadline_counts_from_the_newest_version(store: Store, visits: list[int]) -> None:
    publish(store, "2023-11-18T08:00:00.000Z")
    found = appeal_queries.appeals(store).deadline
    assert found is not None
    assert (found.version, found.ends) == (1, datetime(2023, 11, 18, 10, tzinfo=UTC))
    assert found.minutes_left(found.ends - timedelta(minutes=90)) == 90
    assert found.minutes_left(found.ends - timedelta(seconds=1)) == 1
    assert found.minutes_left(found.ends) == 0
    words = appeal_queries.time_words
    assert words(None, found.ends) == "There is no result version yet: appeals are taken at any time."
    assert "1 h 30 min left" in words(found, found.ends - timedelta(minutes=90))
    assert "A later one needs a reason" in words(found, found.ends)
    local = found.ends.astimezone()
    assert f"until {local:%H:%M}: " in words(found, found.ends - timedelta(minutes=1))
    assert f"until {local:%m-%d %H:%M}: " in words(found, found.ends - timedelta(days=2))


def test_an_entrant_can_object_to_what_is_in(store: Store, visits: list[int]) -> None:
    entrant = contest.entrant_of(store, visits[0])
    assert [(one.about, one.visit_id, one.seat, one.text) for one in appeal_queries.subjects(store, entrant)] == [
        ("mark", visits[0], 1, "静脉输液, judge 1: 95 points"),
        ("mark", visits[0], 2, "静脉输液, judge 2: 95 points"),
        ("visit", visits[0], None, "静脉输液: time, penalty or state"),
        ("theory", None, None, "The theory mark: 80 points"),
        ("result", None, None, "Place or award"),
    ]
    with store.read():
        team = models.Entrant.get(models.Entrant.person.is_null()).id
    assert [one.about for one in appeal_queries.subjects(store, team)] == ["result"]
    with store.write("tester", "test.enter") as writing:
        station = models.Station.get().id
        writing.insert(models.Visit, entrant=team, station=station)
    assert [one.about for one in appeal_queries.subjects(store, team)] == ["result"]
    with store.write("tester", "test.absent") as writing:
        writing.update(models.Visit.get(models.Visit.entrant == team), state="absent")
    assert [one.about for one in appeal_queries.subjects(store, team)] == ["visit", "result"]


def test_the_readiness_list_names_who_waits_for_a_decision(store: Store, visits: list[int]) -> None:
    appeal = against_mark(store, visits[0])
    line = next(line for line in readiness(store).lines if "appeal" in line.title)
    assert (line.severity, line.title, line.detail) == ("attention", "1 appeal is not decided", "张伟")
    assert (line.page, line.target) == ("results", "appeals")
    appeals.withdraw(store, CHIEF, appeal, "撤回")
    assert not any("appeal" in line.title for line in readiness(store).lines)


def test_an_open_appeal_blocks_and_stands_beside_the_entrant(store: Store, visits: list[int]) -> None:
    appeal = against_mark(store, visits[0])
    assert [(one.code, one.entrant_ids) for one in blockers.blockers(store)] == [
        ("appeal", (contest.entrant_of(store, visits[0]),))
    ]
    assert [row.name for row in leaderboard.standings(store, "N").rows if row.appealed] == ["张伟"]
    with pytest.raises(NotAllowed, match="not decided: 张伟"):
        results.finalise(store, CHIEF)
    appeals.refuse(store, CHIEF, appeal, CHIEF, PIN, "维持")
    assert [one.code for one in blockers.blockers(store)] == ["unlocked"]
    assert ending.finalise(store, CHIEF) == 1


def test_a_sealed_event_tells_no_name(store: Store, visits: list[int]) -> None:
    with store.write("tester", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
        writing.insert(models.Draw, kind="numbers", state="drawn", record={}, frozen_at=writing.at)
    appeals.raise_appeal(store, CHIEF, contest.entrant_of(store, visits[0]), "mark", visits[0], 2, "张伟", "我是张伟")
    with store.read():
        team = models.Entrant.get(models.Entrant.person.is_null()).id
    appeals.raise_appeal(store, CHIEF, team, "result", None, None, "王军", "第一医院的总分")
    team_row, row = appeal_queries.appeals(store).rows
    assert (row.name, row.unit, row.raised_by, row.text) == ("N-01", "", "(sealed)", "(sealed)")
    assert (team_row.name, team_row.unit) == ("(sealed)", "")
    told = repr(audit_log.details(store, audit_log.entries(store)[0].seq))
    assert "第一医院" not in told
    assert "王军" not in told
