"""Nobody is added out of a mutated file whom the file does not name, and no file stops the program.

BIWU_FUZZ=2000 makes as many files, those of 200,000 rows among them; without it, a smaller share is made.
"""

import os

import pytest

from data.store import Store
from tests.data.exchange import roster_fuzz

COUNT = int(os.environ.get("BIWU_FUZZ", "150"))


def test_mutated_files_add_nobody_who_is_not_named(planned: Store) -> None:
    tally = roster_fuzz.run(planned, COUNT, seed=3, large=COUNT > 1_000)
    assert tally.wrong == []
    assert tally.files == COUNT
    assert tally.originals > COUNT  # most rows are left as they were, and those go in
    assert tally.refused > COUNT / 2
    assert tally.whole > COUNT / 20


def test_a_program_that_believes_everything_is_found_out(planned: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge is awake: without the check of an ID number, wrong ones are noticed."""
    monkeypatch.setattr("data.rules.identity.check_id_number", lambda number: None)
    monkeypatch.setattr("data.rules.roster_cells._check_id", lambda number: [])
    assert roster_fuzz.run(planned, 40, seed=3, large=False).wrong
