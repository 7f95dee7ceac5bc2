"""Several names in one line of text."""

from collections.abc import Iterable

NAMES_SHOWN = 5


def in_a_row(names: Iterable[str], most: int = NAMES_SHOWN) -> str:
    """The names in one line, the first `most` of them where there are more."""
    shown = list(names)
    return "、".join(shown[:most]) + (" …" if len(shown) > most else "")
