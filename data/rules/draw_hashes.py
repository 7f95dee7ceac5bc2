"""The hashes of a draw record that say which of its parts is not as it was published."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

PUBLISHED = ("method", "kind", "event", "quotas", "rules", "pool")
_CHECK = 8  # hexadecimal digits


def line_check(n: int, entry: str, name: str, unit: str) -> str:
    """The check of one line of a list: the first eight digits of the SHA-256 of `n<TAB>id<TAB>name<TAB>unit`."""
    return text_check(f"{n}\t{entry}\t{name}\t{unit}")


def text_check(text: str) -> str:
    """The first eight hexadecimal digits of the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()[:_CHECK]


def published_sha256(record: Mapping[str, Any]) -> str:
    """SHA-256 of all that is published before the seed: the values of PUBLISHED in this order, as one JSON list
    in UTF-8 with sorted keys and without blanks."""
    values = [record[key] for key in PUBLISHED]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
