import pytest

from data import models
from data.queries.plain_rows import GIVEN, Prepared
from data.store import Store
from tests.data.contest import set_up


def test_a_prepared_select_answers_for_each_value(store: Store) -> None:
    set_up(store)
    names = Prepared(lambda: models.Entrant.select(models.Entrant.name).where(models.Entrant.id == GIVEN))
    with store.read():
        assert names.rows(1) == [("张伟",)]
        assert names.rows(2) != names.rows(1)
        assert names.rows(999) == []


def test_a_value_that_was_written_into_it_is_refused(store: Store) -> None:
    forgotten = Prepared(lambda: models.Entrant.select().where(models.Entrant.id == GIVEN).limit(1))
    with store.read(), pytest.raises(ValueError, match="not GIVEN"):
        forgotten.rows(1)
