"""Void certificate numbers, and the certificates that a version gave for the first time."""

import pytest

from data import models
from data.actions import checkin, marks
from data.errors import NotFound
from data.queries import certificates
from data.queries.certificates import VoidSerial
from data.queries.certified import give_serials, papers_of
from data.store import Store
from tests.data import ending
from tests.data.contest import entrant_of, mark_everyone, set_up


def code(store: Store) -> str:
    with store.read():
        return str(models.Event.get().code)


def correct(store: Store, visit: int, points: int, reason: str) -> None:
    for seat in (1, 2):
        marks.hand_in(store, "裁判长", visit, seat, {}, total_milli=points * 1000, reason=reason)
    ending.finalise(store, "裁判长", reason)


@pytest.fixture
def visits(store: Store) -> list[int]:
    found = set_up(store)
    mark_everyone(store, found)
    ending.finalise(store, "裁判长")
    return found


def test_nothing_is_void_in_the_first_version_and_all_of_it_is_new(store: Store, visits: list[int]) -> None:
    assert certificates.void_serials(store) == ()
    given = code(store)
    assert certificates.new_serials(store) == {
        f"{given}-N-0001",
        f"{given}-N-0002",
        f"{given}-N-0003",
        f"{given}-NT-0001",
    }


def test_an_appeal_that_moves_an_award_voids_one_paper_and_makes_one(store: Store, visits: list[int]) -> None:
    correct(store, visits[2], 50, "申诉成立")
    given = code(store)
    assert certificates.void_serials(store) == (
        VoidSerial(
            f"{given}-N-0003", "全县·护理组", "王芳", "第二医院", "二等奖", 1, 2, "The award went to others.", ""
        ),
    )
    assert certificates.new_serials(store) == {f"{given}-N-0004"}
    assert certificates.void_serials(store, 1) == (), "version 1 knows nothing of what came later"


def test_two_who_change_places_get_new_papers_that_replace_the_old(store: Store, visits: list[int]) -> None:
    correct(store, visits[1], 99, "申诉成立")
    given = code(store)
    assert [(one.name, one.serial, one.replaced_by, one.reason) for one in certificates.void_serials(store)] == [
        ("张伟", f"{given}-N-0001", f"{given}-N-0005", "Award: 一等奖 → 二等奖"),
        ("李娜", f"{given}-N-0002", f"{given}-N-0004", "Award: 二等奖 → 一等奖"),
    ]
    assert certificates.new_serials(store) == {f"{given}-N-0004", f"{given}-N-0005"}


def test_the_list_grows_over_the_versions_the_latest_first(store: Store, visits: list[int]) -> None:
    correct(store, visits[2], 50, "申诉成立")
    correct(store, visits[2], 85, "恢复")
    assert [(one.name, one.serial[-4:], one.of_version, one.since) for one in certificates.void_serials(store)] == [
        ("赵敏", "0004", 2, 3),
        ("王芳", "0003", 1, 2),
    ]
    assert {one[-4:] for one in certificates.new_serials(store)} == {"0005"}


def test_names_and_the_disqualified(store: Store, visits: list[int]) -> None:
    checkin.set_state(store, "裁判长", entrant_of(store, visits[0]), "disqualified", "冒名顶替")
    with store.write("tester", "test.mend") as writing:
        writing.update(models.Entrant.get(models.Entrant.name == "李娜"), name="李㛃")
    ending.finalise(store, "裁判长", "取消资格、姓名更正")
    reasons = {one.name: one.reason for one in certificates.void_serials(store)}
    assert reasons == {
        "张伟": "The award went to others.",
        "李娜": "Name: 李娜 → 李㛃; Award: 二等奖 → 一等奖",
        "": "The award went to others.",
    }


def test_somebody_who_is_not_in_the_results_any_more(store: Store, visits: list[int]) -> None:
    with store.read():
        content = models.ResultVersion.get().content
    rows = content["divisions"][0]["rows"]
    content["divisions"][0]["rows"] = [row for row in rows if row["name"] != "王芳"]
    with store.write("tester", "test.version") as writing:
        writing.insert(models.ResultVersion, number=2, made_at="", actor="", content=content, sha256="")
    (gone,) = certificates.void_serials(store)
    assert (gone.name, gone.reason) == ("王芳", "No longer in the results.")


def test_honours_have_a_series_of_their_own(store: Store, visits: list[int]) -> None:
    person = {"entrant_id": entrant_of(store, visits[0]), "unit_id": None, "name": "张伟", "unit": "第一医院"}
    unit = {"entrant_id": None, "unit_id": 1, "name": "", "unit": "第一医院"}
    with store.read():
        first = models.ResultVersion.get().content
    kinds = (("先进个人", [person]), ("优秀组织奖", [unit]), ("先进团体", [unit]))
    second = first | {
        "form": 2,
        "honours": [{"name": name, "rows": [dict(row) for row in rows]} for name, rows in kinds],
    }
    for honour in second["honours"]:
        for row in honour["rows"]:
            row["serial"] = ""
    give_serials(second, [first])
    assert [one.serial[-6:] for one in papers_of(second)][-3:] == ["H-0001", "H-0002", "H-0003"]
    third = second | {"honours": second["honours"][:2]}
    third["honours"][1] = {"name": "优秀组织奖", "rows": [{**unit, "unit": "第一人民医院", "serial": ""}]}
    give_serials(third, [first, second])
    with store.write("tester", "test.version") as writing:
        for number, content in ((2, second), (3, third)):
            writing.insert(
                models.ResultVersion, number=number, made_at=f"{number}", actor="", content=content, sha256=""
            )
    assert [(one.award, one.reason, one.replaced_by[-4:]) for one in certificates.void_serials(store)] == [
        ("优秀组织奖", "Unit: 第一医院 → 第一人民医院", "0004"),
        ("先进团体", "The honour was taken back.", ""),
    ]
    assert {one[-6:] for one in certificates.new_serials(store)} == {"H-0004"}
    assert certificates.first_given(store)[f"{code(store)}-H-0004"] == "3"


def test_there_must_be_a_version(store: Store) -> None:
    set_up(store)
    with pytest.raises(NotFound, match="no result version yet"):
        certificates.void_serials(store)
    with pytest.raises(NotFound, match="no result version yet"):
        certificates.new_serials(store)
