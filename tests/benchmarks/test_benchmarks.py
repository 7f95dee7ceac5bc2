"""The benchmarks can be loaded and started; they are not run here."""

import importlib
from pathlib import Path

import pytest

from tests.benchmarks.report import Row, against, print_table

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_started(name: str) -> None:
    module = importlib.import_module(f"tests.benchmarks.{name}")
    assert callable(module.run)
    assert module.__doc__


def test_a_figure_stands_beside_its_floor(capsys) -> None:
    print_table([against("a mark handed in", 3.0, "ms", 2.0), Row("a whole day", 30.0, "s", None, None)])
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.split() == ["what", "value", "floor", "ratio", "unit"]
    assert first.split()[-4:] == ["3.000", "2.000", "1.50", "ms"]
    assert second.split()[-2:] == ["30.000", "s"]
