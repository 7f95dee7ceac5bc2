"""Over five years of draws the staff of every unit is covered as fast as its quota allows."""

from dataclasses import replace

import pytest

from data.rules.draw_record import impossible
from tests.benchmarks import five_years


@pytest.mark.parametrize("history", [True, False])
def test_every_unit_is_covered_as_fast_as_its_quota_allows(history):
    pool, quotas = five_years.gaoan_pool()
    if not history:
        pool = [replace(entry, id=replace(entry.id, mark="")) for entry in pool]
    assert impossible("selection", pool, {}, quotas) == []
    covers = five_years.five_years(pool, quotas)
    assert len({cover.unit for cover in covers}) == 30
    assert sum(cover.staff for cover in covers) == 876
    for cover in covers:
        assert cover.covered == cover.fastest, cover
    assert any(cover.covered[-1] == cover.staff for cover in covers)
    assert sum(cover.before for cover in covers) == (165 if history else 0)


def test_the_table_has_a_line_for_every_unit(capsys):
    five_years.main()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 * (1 + 2 + 30)
