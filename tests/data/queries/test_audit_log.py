"""The log in the committee's words: every action has a title, every value is readable, no ID number is shown."""

import re
from pathlib import Path

import pytest

from data import backup, i18n, models
from data.actions import operators
from data.queries import audit_log, audit_words
from data.queries.audit_log import AuditDetail, details, entries
from data.store import Store
from tests.data.samples import add_mark, add_unit, add_visit

ACTIONS_FOLDER = Path(__file__).parents[3] / "data" / "actions"
ACTIONS = {
    action
    for path in sorted(ACTIONS_FOLDER.glob("*.py"))
    for action in re.findall(r'"([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_every_action_has_a_title_in_both_languages(action: str) -> None:
    english = audit_words.action_title(action)
    assert english != action
    i18n.use("zh_CN")
    assert audit_words.action_title(action) not in (english, action)


def test_copies_follow_actions_that_exist() -> None:
    assert backup.PHASE_STEPS <= ACTIONS


@pytest.mark.parametrize("model", models.AUDITED, ids=lambda model: model.__name__)
def test_every_table_and_field_has_a_title(model: type[models.Row]) -> None:
    table = model._meta.table_name
    assert audit_words.table_title(table) != table
    for name in model._meta.fields:
        if name != "id":
            assert audit_words.field_title(name) != name


@pytest.mark.parametrize("model", models.AUDITED, ids=lambda model: model.__name__)
def test_every_row_can_be_told_from_another(model: type[models.Row]) -> None:
    fields = audit_log._LABELS[model._meta.table_name]
    assert fields
    assert set(fields) <= model._meta.fields.keys()


def test_the_secrets_of_who_signs_in_are_not_told(store: Store) -> None:
    operators.add(store, "李敏", "李敏", "4711")
    with store.read():
        row = models.Operator.get()
    (told,) = details(store, 1).rows
    assert "李敏" in told.after
    assert row.salt not in told.after
    assert row.pin_hash not in told.after


def test_the_newest_comes_first(store: Store) -> None:
    for name in ("甲", "乙"):
        add_unit(store, name, actor="李敏", action="setup.save_plan", reason=f"补{name}")
    newest, oldest = entries(store)
    assert (newest.seq, newest.actor, newest.title, newest.reason) == (2, "李敏", "Saved the plan", "补乙")
    assert oldest.seq == 1
    assert newest.at.tzinfo is not None
    assert entries(store, after=1) == [newest]


def test_an_unknown_action_is_named_as_it_is(store: Store) -> None:
    add_unit(store, "甲", action="future.action")
    assert entries(store)[0].title == "future.action"


def test_added_rows_tell_all_their_fields(store: Store) -> None:
    add_visit(store)
    rows = {row.table: row for row in details(store, 1).rows}
    person = rows["Staff"]
    assert (person.kind, person.subject, person.before) == ("added", "张伟杰 · 高安市人民医院", "")
    assert "Division: 一类 · 护士组" in person.after
    assert "ID number: 360981********1234" in person.after
    assert "360981199001011234" not in person.after
    assert rows["Visit"].subject == "1H-07 · 张伟杰 · 高安市人民医院 · A1 · 心肺复苏"


def test_changes_tell_before_and_after(store: Store) -> None:
    visit = add_visit(store)
    with store.write("王建国", "marks.set_visit", "秒表停错") as writing:
        row = models.Visit.get_by_id(visit)
        writing.update(row, seconds_milli=1_234_567, penalty_milli=2000, state="absent")
    subject = "1H-07 · 张伟杰 · 高安市人民医院 · A1 · 心肺复苏"
    assert details(store, 2).rows == (
        AuditDetail("changed", "Visit", subject, "Penalty", "0", "2"),
        AuditDetail("changed", "Visit", subject, "Seconds", "–", "1234.567"),
        AuditDetail("changed", "Visit", subject, "State", "–", "Absent"),
    )


def test_removed_rows_tell_what_stood_there(store: Store) -> None:
    add_unit(store, "高安市人民医院")
    with store.write("李敏", "test.remove") as writing:
        writing.delete(models.Unit.get())
    (row,) = details(store, 2).rows
    assert (row.kind, row.subject, row.after) == ("removed", "高安市人民医院", "")
    assert "Category: 一类" in row.before


def test_each_kind_of_value_is_written_as_people_do(store: Store) -> None:
    with store.write("李敏", "setup.save_plan") as writing:
        writing.insert(
            models.Event,
            code="ABCD",
            name="大比武",
            created_at=writing.at,
            opens_minute=510,
            blind=True,
            pass_milli=60_500,
        )
        writing.insert(models.Draw, kind="numbers", state="frozen", record={"pool": ["甲"] * 200}, frozen_at=writing.at)
    event, draw = details(store, 1).rows
    assert "Start: 08:30" in event.after
    assert "Blind marking: Yes" in event.after
    assert "Rehearsal: No" in event.after
    assert "Pass line: 60.5" in event.after
    assert f"Created: {entries(store)[0].at:%Y-%m-%d %H:%M:%S}" in event.after
    assert 'Record: {"pool":["甲",' in draw.after
    assert draw.after.count("甲") < 200
    assert "Kind: Numbers" in draw.after


def test_a_row_that_is_gone_is_named_by_its_number(store: Store) -> None:
    visit = add_visit(store)
    mark = add_mark(store, visit, 1, 1)
    with store.write("李敏", "test.update") as writing:
        writing.update(models.Mark.get_by_id(mark), latest=False)
    with store.write("李敏", "test.remove") as writing:
        writing.delete(models.Mark.get_by_id(mark))
    (row,) = details(store, 3).rows
    assert (row.subject, row.field, row.before, row.after) == (f"#{mark}", "In force", "Yes", "No")


def test_many_rows_are_counted_beyond_a_limit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_log, "MOST_DETAILS", 3)
    with store.write("李敏", "test.many") as writing:
        rows = [{"name": f"第{n}医院", "category": "一类", "position": n} for n in range(5)]
        writing.insert_many(models.Unit, rows)
    found = details(store, 1)
    assert (len(found.rows), found.left_out) == (3, 2)


def test_an_unknown_number_has_no_details(store: Store) -> None:
    assert details(store, 7) == audit_log.AuditDetails((), 0)
