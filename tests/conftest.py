"""Event files at each phase of the day, built once a run through the real actions and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import i18n
from data import store as stores
from data.store import Store

EXAMPLES = Path(__file__).parent.parent / "resources" / "examples"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Tests read English words unless they choose otherwise."""
    i18n.use("en")
    yield
    i18n.use(i18n.DEFAULT_LANGUAGE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new, empty event file."""
    opened = stores.create(tmp_path / "event.biwu")
    yield opened
    opened.close()
