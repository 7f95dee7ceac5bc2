"""Who may sign in, with which PIN, and what a stranger is refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import models
from data import store as stores
from data.actions import operators
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import operators as queries
from data.queries.operators import Operator
from data.queries.operators import operators as listed
from data.store import Store


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2023, 11, 18, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def desk(tmp_path: Path):
    """An event where a chief judge and one operator sign in; the chief has done so."""
    store = stores.create(tmp_path / "desk.biwu", clock=Clock())
    operators.add(store, "秘书处", "王建国", "2023", chief=True)
    operators.sign_in(store, "王建国", "2023")
    operators.add(store, "王建国", "李敏", "1234")
    yield store
    store.close()


def refuse_stranger(store: Store, actor: str) -> None:
    with store.write(actor, "test.enter"):
        operators.refuse_stranger(store, actor)


def chief(store: Store, name: str, pin: str) -> str:
    with store.read():
        return operators.chief(store, name, pin)


def test_where_nobody_signs_in_nobody_is_a_stranger(store: Store):
    refuse_stranger(store, "秘书处")


def test_a_chief_judge_alone_keeps_nobody_away(store: Store):
    operators.add(store, "秘书处", "王建国", "2023", chief=True)
    refuse_stranger(store, "秘书处")
    assert chief(store, "王建国", "2023") == "王建国"
    assert queries.chiefs(store) == ["王建国"]


def test_who_has_signed_in_is_no_stranger(desk: Store):
    with pytest.raises(NotAllowed, match="signed in"):
        refuse_stranger(desk, "李敏")
    assert operators.sign_in(desk, " 李敏 ", "１２３４") == "李敏"
    refuse_stranger(desk, "李敏")
    operators.sign_out(desk, "李敏")
    with pytest.raises(NotAllowed):
        refuse_stranger(desk, "李敏")


def test_signing_in_holds_for_one_opening_of_the_file(desk: Store, tmp_path: Path):
    desk.close()
    again = stores.open_store(tmp_path / "desk.biwu")
    with pytest.raises(NotAllowed):
        refuse_stranger(again, "王建国")
    again.close()


def test_the_list_says_who_is_here(desk: Store):
    assert listed(desk) == [Operator(1, "王建国", True, True), Operator(2, "李敏", False, False)]


def test_a_wrong_pin_or_name_is_refused(desk: Store):
    with pytest.raises(NotAllowed, match="not that of 李敏"):
        operators.sign_in(desk, "李敏", "4321")
    with pytest.raises(NotAllowed, match="赵敏 does not sign in"):
        operators.sign_in(desk, "赵敏", "1234")


def test_after_five_wrong_pins_even_the_right_one_waits(desk: Store):
    for _again in range(5):
        with pytest.raises(NotAllowed, match="not that of"):
            operators.sign_in(desk, "李敏", "0000")
    with pytest.raises(NotAllowed, match="Too many"):
        operators.sign_in(desk, "李敏", "1234")
    desk.clock.now += timedelta(seconds=31)
    assert operators.sign_in(desk, "李敏", "1234") == "李敏"


def test_only_a_chief_judges_pin_is_the_chiefs(desk: Store):
    assert chief(desk, "王建国", "2023") == "王建国"
    with pytest.raises(NotAllowed, match="no chief judge"):
        chief(desk, "李敏", "1234")
    with pytest.raises(NotAllowed, match="not that of"):
        chief(desk, "王建国", "1234")


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "一二三四", "１２３", "12 34"])
def test_a_pin_is_four_to_eight_digits(desk: Store, pin: str):
    with pytest.raises(InvalidInput, match="4 to 8 digits"):
        operators.add(desk, "王建国", "赵敏", pin)


@pytest.mark.parametrize("name", ["", "  ", "长" * 41])
def test_a_name_is_short_and_not_empty(desk: Store, name: str):
    with pytest.raises(InvalidInput, match="characters"):
        operators.add(desk, "王建国", name, "1234")


def test_nobody_signs_in_twice(desk: Store):
    with pytest.raises(InvalidInput, match="already"):
        operators.add(desk, "王建国", "李敏", "9999")


def test_the_chief_judge_decides_who_signs_in(desk: Store):
    operators.sign_out(desk, "王建国")
    with pytest.raises(NotAllowed, match="chief judge"):
        operators.add(desk, "李敏", "赵敏", "1234")
    with pytest.raises(NotAllowed, match="chief judge"):
        operators.retire(desk, "李敏", 1)
    with pytest.raises(NotAllowed, match="chief judge"):
        operators.set_pin(desk, "李敏", 1, "1234")


def test_everybody_may_change_the_own_pin(desk: Store):
    operators.sign_in(desk, "李敏", "1234")
    operators.sign_out(desk, "王建国")
    operators.set_pin(desk, "李敏", 2, "5678")
    with pytest.raises(NotAllowed):
        operators.sign_in(desk, "李敏", "1234")
    operators.sign_in(desk, "李敏", "5678")


def test_who_is_retired_is_out_and_may_come_back(desk: Store):
    operators.add(desk, "王建国", "赵敏", "3456")
    operators.sign_in(desk, "李敏", "1234")
    operators.retire(desk, "王建国", 2)
    with pytest.raises(NotAllowed):
        refuse_stranger(desk, "李敏")
    with pytest.raises(NotAllowed):
        operators.sign_in(desk, "李敏", "1234")
    with pytest.raises(NotFound):
        operators.retire(desk, "王建国", 2)
    assert operators.add(desk, "王建国", "李敏", "4567") == 2
    operators.sign_in(desk, "李敏", "4567")


def test_the_last_chief_judge_goes_last(desk: Store):
    with pytest.raises(NotAllowed, match="last chief judge"):
        operators.retire(desk, "王建国", 1)
    operators.retire(desk, "王建国", 2)
    operators.retire(desk, "王建国", 1)
    assert listed(desk) == []
    refuse_stranger(desk, "秘书处")


def test_no_pin_is_stored_as_it_is(desk: Store):
    operators.add(desk, "王建国", "赵敏", "77889900")
    desk.close()
    assert b"77889900" not in desk.path.read_bytes()
    again = stores.open_store(desk.path)
    with again.read():
        hashes = {row.pin_hash for row in models.Operator.select()}
        assert len(hashes) == 3
    again.close()


@pytest.mark.parametrize("typed", ["li min", "ＬＩ　ＭＩＮ", "LiMin", " Li\u200b Min "])
def test_two_names_that_read_alike_are_one_person(desk: Store, typed: str):
    operators.add(desk, "王建国", "Li Min", "1234")
    with pytest.raises(InvalidInput, match=r"signs in here already|taken for one person"):
        operators.add(desk, "王建国", typed, "5678")
    assert operators.sign_in(desk, "Li Min", "1234") == "Li Min"
