"""What is true of the whole event, read without the rest of the plan."""

from data.queries.plan import current_plan, event_info
from tests.data.floor import set_up


def test_the_event_is_the_one_of_the_plan(planned) -> None:
    info = event_info(planned)
    assert info == current_plan(planned).info
    assert info.name.startswith("高安市")


def test_it_is_read_without_a_plan(store, monkeypatch) -> None:
    set_up(store, 2, 1, 1)
    monkeypatch.setattr("data.queries.plan._read", None)
    assert event_info(store).date
