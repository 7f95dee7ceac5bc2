"""A draw record is checked by itself, without any event: what was redone, or where it contradicts itself."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.exchange.draw_json import read_record
from data.i18n import _, ngettext, shortened
from data.queries import draw_words
from data.rules import draw_record

_MOST = 20  # findings that are named


@dataclass(frozen=True)
class DrawCheck:
    """What the check of one file says: which draw it is, what was redone and agrees, and what does not."""

    title: str
    agrees: tuple[str, ...]  # empty when something does not
    findings: tuple[str, ...]
    notes: tuple[str, ...]  # that it was voided, is not drawn yet or sealed, or what no hash of it fixes


def check_file(path: Path) -> DrawCheck:
    """Redo the draw in a file from that file alone.

    Raises:
        FileProblem: the file cannot be read or is no JSON object.
    """
    record = read_record(path)
    findings = draw_record.verify_record(record)
    texts = shortened([draw_words.finding_text(finding) for finding in findings], _MOST)
    if any(finding.code in ("malformed", "kind") for finding in findings):
        return DrawCheck(str(path), (), _plain(texts), ())
    title = f"{draw_words.kind_title(record['kind'])} · {record['event']}"
    agrees = [] if findings else _agrees(record)
    return DrawCheck(_plain([title])[0], _plain(agrees), _plain(texts), _plain(_notes(record)))


def _plain(texts: list[str]) -> tuple[str, ...]:
    """The lines without characters that would command a terminal: what is in a record may be anybody's."""
    return tuple("".join(letter if letter.isprintable() else "?" for letter in text) for text in texts)


def _agrees(record: draw_record.Record) -> list[str]:
    """A line for each part that was redone."""
    lines = []
    if not draw_record.is_sealed(record):
        count = len(record["pool"])
        lines.append(
            ngettext("List: {n} entry, SHA-256 {hash}", "List: {n} entries, SHA-256 {hash}", count).format(
                n=count, hash=record["pool_sha256"]
            )
        )
        if "published_sha256" in record:
            lines.append(
                _("All that was published before the draw: SHA-256 {hash}").format(hash=record["published_sha256"])
            )
    if record["drawn_at"] is None:
        return lines
    parts = len(record["seed_parts"])
    lines.append(
        ngettext("Seed: {n} part, key {key}", "Seed: {n} parts, key {key}", parts).format(n=parts, key=record["key"])
    )
    lines.append(_("Witnesses: {names}").format(names=_(", ").join(record["witnesses"])))
    if not draw_record.is_sealed(record):
        for sentence, part in (
            (_("Order: {n} steps"), "order"),
            (_("Passed over: {n} lines, each with its reason"), "passed_over"),
            (_("Result: {n} lines"), "result"),
        ):
            lines.append(sentence.format(n=len(record[part])))
    return lines


def _notes(record: draw_record.Record) -> list[str]:
    notes = []
    if record["drawn_at"] is None:
        notes.append(_("The list is frozen and not drawn yet."))
    if draw_record.is_sealed(record):
        notes.append(_("The names are sealed: the list and the result are left out and can be checked after decoding."))
    if not draw_record.is_hashed(record):
        notes.append(
            _(
                "This record has the form of an earlier version of Biwu, where a hash fixes the list of ids alone:"
                " compare the names, the places and the settings with what was published before the draw."
            )
        )
    void: Any = record.get("void")
    if isinstance(void, dict):
        notes.append(_("This draw was voided and does not count: {reason}").format(reason=void.get("reason", "")))
    return notes
