"""The record of a draw on paper: what was drawn, by which seed, and how anyone can do it again."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from data.i18n import _, ngettext
from data.queries import draw_words, draws
from data.rules import draw as rules
from data.rules import draw_record
from data.store import Store
from printing import fonts
from printing.page import BLACK, GREY, INK, RED, Document, Style, write
from printing.tables import Column, draw_table

_LEFT, _TOP, _BOTTOM = 15.0, 18.0, 280.0
_FACTS = 32.0  # width of the names of the facts
_WORKED = 3  # steps shown with their digests
_SIGNATURE = 14.0

_TITLE = Style(fonts.BOLD, 18, INK)
_EVENT = Style(size=11, colour=GREY)
_HEADING = Style(fonts.BOLD, 12.5, INK)
_FACT = Style(size=9.5, colour=GREY)
_VALUE = Style(size=10.5, leading=1.4)
_CODE = Style(size=10, leading=1.4)
_TEXT = Style(size=9.5, leading=1.55)
_STAMP = Style(fonts.BOLD, 12, RED)
_SMALL = Style(size=8.5, leading=1.3)


def write_draw_record(store: Store, draw_id: int, path: Path) -> int:
    """Write the record of a draw that was made, or of a frozen list, as PDF; returns its pages.

    Raises:
        FileProblem: the file cannot be written.
        NotFound: there is no such draw.
    """
    record = draws.record(store, draw_id)
    return write(path, _Paper(record).draw)


class _Paper:
    """The pages of one record."""

    def __init__(self, record: draw_record.Record) -> None:
        self._record = record
        self._people = {entry["id"]: entry for entry in record["pool"]}
        self._blind = all("name" not in entry for entry in record["pool"])
        self._drawn = record["drawn_at"] is not None
        self._title = _("Record of the {draw}").format(draw=draw_words.kind_title(record["kind"]))

    def draw(self, file: BinaryIO) -> int:
        footer = f"{self._record['event']} · {self._title} · SHA-256 {self._record['pool_sha256'][:16]}…"
        self._document = Document(file, self._title, author=self._record["event"], footer=footer)
        self._width = self._document.width - 2 * _LEFT
        y = self._draw_head()
        y = self._draw_facts(y)
        if self._drawn:
            y = self._draw_instruction(y)
            y = self._draw_signatures(y)
            if self._record["kind"] == draw_record.SELECTION:
                y = self._draw_selected(y)
            y = self._draw_walk(y)
        self._draw_list(y)
        return self._document.save()

    def _draw_head(self) -> float:
        document, record = self._document, self._record
        y = document.fitted(_LEFT, _TOP + 2, self._width, record["event"], _EVENT, smallest=9)
        document.text(_LEFT, y + 9, self._title, _TITLE)
        y += 13
        if record["void"]:
            words = _("VOID: {reason} ({at})").format(reason=record["void"]["reason"], at=_local(record["void"]["at"]))
            y = document.paragraph(_LEFT, y + 4, self._width, words, _STAMP) + 3
        elif not self._drawn:
            y = document.paragraph(_LEFT, y + 4, self._width, _("List frozen, not drawn yet"), _STAMP) + 3
        document.line(_LEFT, y, _LEFT + self._width, y, colour=INK, weight=1)
        return y + 7

    def _draw_facts(self, y: float) -> float:
        record = self._record
        count = len(record["pool"])
        facts = [
            (_("Method"), _("RFC 3797, publicly verifiable random selection, with MD5")),
            (_("List"), ngettext("{n} entry, below", "{n} entries, below", count).format(n=count)),
            (_("SHA-256 of the list"), record["pool_sha256"]),
        ]
        if record["quotas"]:
            quotas = "    ".join(f"{division}: {places}" for division, places in record["quotas"].items())
            facts.append((_("Places per unit"), quotas))
        if self._drawn:
            facts += [
                (_("Seed as typed"), "    ".join(f"〔{n}〕{part}" for n, part in enumerate(record["seed_parts"], 1))),
                (_("Key"), record["key"]),
                (_("Drawn at"), _local(record["drawn_at"])),
                (_("Result"), self._summary()),
            ]
        for name, value in facts:
            self._document.text(_LEFT, y, name, _FACT)
            y = self._document.paragraph(_LEFT + _FACTS, y, self._width - _FACTS, value, _VALUE) + 6.2
        return y + 2

    def _summary(self) -> str:
        count = len(self._record["result"])
        if self._record["kind"] == draw_record.NUMBERS:
            return ngettext("{n} contestant number", "{n} contestant numbers", count).format(n=count)
        seeded = sum(entry["seeded"] for entry in self._record["result"])
        past = sum(entry["why"] == rules.HISTORY for entry in self._record["passed_over"])
        return _("{n} selected, {seeded} of them without a draw; {past} passed over for an earlier year").format(
            n=count, seeded=seeded, past=past
        )

    def _draw_instruction(self, y: float) -> float:
        record, document = self._record, self._document
        y = self._heading(y, _("How to check this draw"))
        steps = [
            _(
                "1. Write the list below as lines “number, tab, id, line feed” in UTF-8; their SHA-256 is the one"
                " above, which was shown before the seed was typed."
            ),
            _(
                "2. Make the key: in a part of numbers they stand ascending, each followed by “.”; other text stands as"
                " it is; every part is closed by “/”."
            ),
            _(
                "3. For step 0, 1, 2 … take the MD5 of: the step as two bytes, the key, the same two bytes. Divide it,"
                " as one number, by how many are still in the list; the remainder says how many of them to skip."
                " Whoever comes next is drawn and leaves the list."
            ),
            self._rule_of_kind(),
        ]
        for step in steps:
            y = document.paragraph(_LEFT, y, self._width, step, _TEXT) + 5.4
        columns = [
            Column(_("Draw step"), 14, "right"),
            Column("MD5", 78),
            Column(_("Still in"), 20, "right"),
            Column(_("Remainder"), 22, "right"),
            Column(_("Drawn"), self._width - 134),
        ]
        rows = []
        for nth, drawn in enumerate(record["order"][:_WORKED]):
            digest = rules.step_digest(record["key"], nth)
            left = len(record["order"]) - nth
            remainder = int.from_bytes(digest, "big") % left
            rows.append([str(nth), digest.hex().upper(), str(left), str(remainder), drawn])
        return self._table(y - 1, columns, rows) + 9

    def _rule_of_kind(self) -> str:
        if self._record["kind"] == draw_record.NUMBERS:
            return _("4. Within each division the first one drawn has number 01, the next one 02, and so on.")
        return _(
            "4. Those marked S compete without a draw and take their unit's places first. Walk the order: whoever is"
            " not marked H is selected while the unit has places in the division. Places still free then go to those"
            " marked H (competed in an earlier year), in the same order."
        )

    def _draw_signatures(self, y: float) -> float:
        """A line for each witness and one for whoever drew, two beside each other."""
        document = self._document
        names = [*(_("Witness {name}").format(name=name) for name in self._record["witnesses"]), _("Drawn by")]
        y = self._room(y, 10 + (len(names) + 1) // 2 * _SIGNATURE)
        half = self._width / 2
        for index, name in enumerate(names):
            x, line = _LEFT + index % 2 * half, y + (index // 2 + 1) * _SIGNATURE
            end = document.fitted(x, line - 1, half - 50, name, _FACT, smallest=6)
            document.line(x + half - 48, end + 1, x + half - 6, end + 1, colour=BLACK, weight=0.5)
        return y + (len(names) + 1) // 2 * _SIGNATURE + 12

    def _draw_selected(self, y: float) -> float:
        """Those selected, in the order of the list."""
        outcome = {entry["id"]: draw_words.result_text(entry) for entry in self._record["result"]}
        y = self._heading(y, _("Selected"))
        columns = [
            Column(_("No."), 16, "right"),
            Column(_("Id"), 36),
            *self._person_columns(88),
            Column(_("Result"), 40),
        ]
        rows = [
            [str(entry["n"]), entry["id"], *self._person_cells(entry), outcome[entry["id"]]]
            for entry in self._record["pool"]
            if entry["id"] in outcome
        ]
        return self._table(y, columns, rows) + 10

    def _draw_walk(self, y: float) -> float:
        """Everyone in the order drawn, and what became of each."""
        outcome = {entry["id"]: draw_words.why_text(entry["why"]) for entry in self._record["passed_over"]}
        outcome |= {entry["id"]: draw_words.result_text(entry) for entry in self._record["result"]}
        number_of = {entry["id"]: str(entry["n"]) for entry in self._record["pool"]}
        y = self._heading(y, _("Order of the draw"))
        columns = [
            Column(_("Draw step"), 14, "right"),
            Column(_("No."), 14, "right"),
            Column(_("Id"), 32),
            *self._person_columns(80),
            Column(_("Result"), self._width - 140),
        ]
        rows = [
            [str(step), number_of[entry], entry, *self._person_cells(self._people[entry]), outcome[entry]]
            for step, entry in enumerate(self._record["order"])
        ]
        return self._table(y, columns, rows) + 10

    def _draw_list(self, y: float) -> None:
        """The list as it was frozen, two entries a line."""
        y = self._heading(y, _("The list"))
        half = self._width / 2
        entry_columns = [Column(_("No."), 12, "right"), Column(_("Id"), 29), *self._person_columns(half - 41)]
        cells = [[str(entry["n"]), entry["id"], *self._person_cells(entry)] for entry in self._record["pool"]]
        if len(cells) % 2:
            cells.append([""] * len(entry_columns))
        pairs = [left + right for left, right in zip(cells[::2], cells[1::2], strict=True)]
        self._table(y, entry_columns * 2, pairs)

    def _person_columns(self, width: float) -> list[Column]:
        if self._blind:
            return [Column(_("Unit"), width)]
        return [Column(_("Name"), width * 0.4), Column(_("Unit"), width * 0.6)]

    def _person_cells(self, entry: dict[str, Any]) -> list[str]:
        return [entry["unit"]] if self._blind else [entry["name"], entry["unit"]]

    def _heading(self, y: float, text: str) -> float:
        y = self._room(y, 30)
        self._document.text(_LEFT, y, text, _HEADING)
        return y + 6

    def _room(self, y: float, height: float) -> float:
        """The same y if so much fits below it, else that of a new page."""
        return y if y + height <= _BOTTOM else self._next_page()

    def _next_page(self) -> float:
        self._document.new_page()
        return _TOP

    def _table(self, y: float, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> float:
        return draw_table(
            self._document, _LEFT, y, columns, rows, bottom=_BOTTOM, next_page=self._next_page, style=_SMALL
        )


def _local(at: str) -> str:
    """A stored moment as the clock on the wall showed it."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M:%S}"
