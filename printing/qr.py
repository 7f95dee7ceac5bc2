"""QR codes drawn as vectors: sharp at every size, and a few hundred bytes each."""

from functools import lru_cache

import qrcode
from qrcode import constants, util

QUIET_ZONE = 4  # modules of white around the code, as ISO/IEC 18004 asks
_MASK = 2


@lru_cache(maxsize=4096)
def dark_runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """The code of an upper-case text: modules a side, and (row, column, length) of each dark run.

    Alphanumeric mode and error correction Q (a quarter may be smudged). The mask is fixed: trying
    all eight takes eight times as long, and readers take any.

    Raises:
        ValueError: a character is outside QR's alphanumeric set.
    """
    code = qrcode.QRCode(error_correction=constants.ERROR_CORRECT_Q, border=0, mask_pattern=_MASK)
    code.add_data(util.QRData(text.encode("ascii"), mode=util.MODE_ALPHA_NUM))
    code.make(fit=True)
    return code.modules_count, tuple(
        run for row, modules in enumerate(code.modules) for run in _runs_of_row(row, [bool(dark) for dark in modules])
    )


def _runs_of_row(row: int, modules: list[bool]) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    for column, dark in enumerate(modules):
        if not dark:
            continue
        if runs and runs[-1][1] + runs[-1][2] == column:
            runs[-1] = (row, runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((row, column, 1))
    return runs
