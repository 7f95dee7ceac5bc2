"""Draw records as JSON files: what is published, and what anyone can check again."""

import json
from pathlib import Path
from typing import Any

from data.errors import FileProblem
from data.exchange.whole_file import write_whole
from data.i18n import _
from data.queries import draws
from data.rules.draw_record import Record
from data.store import Store

_LARGEST = 100_000_000  # bytes; the longest list that can be drawn needs a fifth of it


def file_name(row: draws.DrawRow) -> str:
    """The name under which a record is saved, such as `draw-1-selection.json`."""
    return f"draw-{row.id}-{row.kind}.json"


def write_record(store: Store, draw_id: int, path: Path) -> None:
    """Write the record of one draw: UTF-8, keys in the order of the record, one entry of a list a line.

    A record that is sealed in a blind event has `sealed` and `count` in the place of its list, order and result.

    Raises:
        FileProblem: the file cannot be written.
        NotFound: there is no such draw.
    """
    write_whole(path, record_text(draws.published(store, draw_id)).encode())


def write_records(store: Store, folder: Path) -> list[Path]:
    """Write the records of all draws that were made, void ones too, into a folder; returns the files."""
    paths = []
    for row in draws.draws(store):
        if row.drawn_at is not None:
            paths.append(folder / file_name(row))
            write_record(store, row.id, paths[-1])
    return paths


def read_record(path: Path) -> Record:
    """A record out of its file, unchecked.

    Raises:
        FileProblem: the file cannot be read, is no JSON object, or says one name twice in an object, so that two
            readers could find two records in it.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise FileProblem(
            _("The file cannot be read."),
            where=f"{path}: {error.strerror}",
            todo=_("Check that it is there, then try again."),
        ) from error
    if len(content) > _LARGEST:
        raise FileProblem(
            _("This file is too large for a draw record."), where=str(path), todo=_("Choose a file draw-….json.")
        )
    try:
        record = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise FileProblem(_("This file is no draw record."), where=str(path), todo=_("Choose a file draw-….json."))
    return record


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def record_text(record: Record) -> str:
    """The JSON text of a record, fit to be read by people: a list's entry stands on one line."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    lines = []
    for key, value in record.items():
        if isinstance(value, list) and value:
            entries = ",\n".join("  " + encode(entry) for entry in value)
            text = f"[\n{entries}\n ]"
        else:
            text = encode(value)
        lines.append(f" {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
