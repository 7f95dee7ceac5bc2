"""Prints every benchmark beside its floor: python -m tests.benchmarks [NAME …]"""

import importlib
import sys
from pathlib import Path

from tests.benchmarks.report import print_table


def main(names: list[str]) -> None:
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    chosen = [name for name in found if not names or name.removeprefix("bench_") in names]
    for name in chosen:
        print_table(importlib.import_module(f"tests.benchmarks.{name}").run())


if __name__ == "__main__":
    main(sys.argv[1:])
