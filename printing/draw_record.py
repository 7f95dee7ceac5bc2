"""The record of a draw on paper: what was drawn, by which seed, and how anyone can do it again."""

from pathlib import Path
from typing import BinaryIO

from data.i18n import _, ngettext
from data.local_time import local_time
from data.queries import draw_words, draws
from data.queries.plan import is_rehearsal
from data.rules import draw as rules
from data.rules import draw_record
from data.rules.draw_record import SELECTION
from data.store import Store
from printing import draw_tables, fonts
from printing.columns import draw_columns
from printing.draw_instructions import SCRIPT, instructions
from printing.heading import draw_heading
from printing.page import BLACK, GREY, INK, PALE, Document, Style, write
from printing.tables import Column, draw_table

_LEFT, _TOP, _BOTTOM = 15.0, 18.0, 280.0
_FACTS = 36.0  # width of the names of the facts
_WORKED = 3  # steps shown with their digests
_SIGNATURE = 13.0
_FEW, _ENOUGH = 12, 75.0  # a list of more lines than that begins where so much of the page is left

_HEADING = Style(fonts.BOLD, 12.5, INK)
_FACT = Style(size=9.5, colour=GREY)
_VALUE = Style(size=10, leading=1.4)
_TEXT = Style(size=9.5, leading=1.5)
_NOTE = Style(size=8.5, colour=GREY, leading=1.4)
_CODE = Style(size=8.5, leading=1.45)
_SMALL = Style(size=8.5, leading=1.2)


def write_draw_record(store: Store, draw_id: int, path: Path) -> int:
    """Write the record of a draw that was made, or of a frozen list, as PDF; returns its pages.

    Of a record that is sealed in a blind event only what may be known is written.

    Raises:
        FileProblem: the file cannot be written.
        NotFound: there is no such draw.
    """
    with store.read():
        record = draws.published(store, draw_id)
        paper = _Paper(record, f"draw-{draw_id}-{record['kind']}.json", rehearsal=is_rehearsal(store))
    return write(path, paper.draw)


class _Paper:
    """The pages of one record."""

    def __init__(self, record: draw_record.Record, file_name: str, *, rehearsal: bool) -> None:
        self._record = record
        self._file_name = file_name
        self._rehearsal = rehearsal
        self._sealed = bool(record.get("sealed"))
        self._drawn = record["drawn_at"] is not None
        self._title = _("Record of the {draw}").format(draw=draw_words.kind_title(record["kind"]))

    def draw(self, file: BinaryIO) -> int:
        footer = f"{self._record['event']} · {self._title} · SHA-256 {self._record['pool_sha256'][:16]}…"
        self._document = Document(file, self._title, author=self._record["event"], footer=footer)
        self._width = self._document.width - 2 * _LEFT
        y = self._draw_facts(self._draw_head())
        if self._drawn:
            y = self._draw_signatures(y)
        if self._sealed:
            self._draw_sealed_note(y)
            return self._document.save()
        if self._drawn:
            y = self._draw_listing(y, draw_tables.results(self._record))
            passed = draw_tables.passed_over(self._record)
            if passed is not None:
                y = self._draw_listing(y, passed)
            y = self._draw_instructions(y)
        self._draw_listing(y, draw_tables.the_list(self._record))
        return self._document.save()

    def _draw_head(self) -> float:
        record, stamps = self._record, []
        if self._rehearsal:
            stamps.append(_("REHEARSAL: this draw is an exercise and does not count"))
        if record["void"]:
            stamps.append(
                _("VOID: {reason} ({at})").format(reason=record["void"]["reason"], at=_moment(record["void"]["at"]))
            )
        if not self._drawn:
            stamps.append(_("List frozen, not drawn yet"))
        if self._sealed:
            stamps.append(_("SEALED: blind marking; the result is opened with the names"))
        return draw_heading(self._document, _LEFT, _TOP + 2, self._width, record["event"], self._title, stamps)

    def _draw_facts(self, y: float) -> float:
        record = self._record
        count = record["count"] if self._sealed else len(record["pool"])
        facts = [
            (_("Method"), _("RFC 3797, publicly verifiable random selection, with MD5")),
            (_("List"), ngettext("{n} entry", "{n} entries", count).format(n=count)),
            (_("SHA-256 of the list"), record["pool_sha256"]),
        ]
        if record.get("published_sha256"):
            facts.append((_("SHA-256 of list, names and settings"), record["published_sha256"]))
        settings = draw_words.settings_texts(record["kind"], record.get("rules") or {}, record["quotas"])
        facts += [(_("Draw settings"), line) for line in settings]
        if self._drawn:
            facts += [
                (_("Seed as typed"), "    ".join(f"〔{n}〕{part}" for n, part in enumerate(record["seed_parts"], 1))),
                (_("Key"), record["key"]),
                (_("Drawn at"), _moment(record["drawn_at"])),
                (_("Witnesses"), "    ".join(record["witnesses"])),
            ]
        if self._drawn and not self._sealed:
            facts.append((_("Result"), self._summary()))
        before = ""
        for name, value in facts:
            end = self._document.paragraph(_LEFT, y, _FACTS - 3, name if name != before else "", _FACT)
            y = max(end, self._document.paragraph(_LEFT + _FACTS, y, self._width - _FACTS, value, _VALUE)) + 6
            before = name
        return y + 1

    def _summary(self) -> str:
        if self._record["kind"] != SELECTION:
            return draw_words.count_text(self._record)
        result = self._record["result"]
        selected = [entry for entry in result if "selected" in entry]
        past = sum(entry["why"] == rules.HISTORY for entry in self._record["passed_over"])
        text = _("{n} selected, {seeded} of them without a draw; {past} passed over for an earlier year").format(
            n=len(selected), seeded=sum(entry["seeded"] for entry in selected), past=past
        )
        reserves = len(result) - len(selected)
        if reserves:
            text += ngettext("; {n} reserve", "; {n} reserves", reserves).format(n=reserves)
        return text

    def _draw_signatures(self, y: float) -> float:
        """A line for each witness and one for whoever drew, two beside each other."""
        document = self._document
        names = [*(_("Witness {name}").format(name=name) for name in self._record["witnesses"]), _("Drawn by")]
        y = self._room(y, 6 + (len(names) + 1) // 2 * _SIGNATURE)
        half = self._width / 2
        for index, name in enumerate(names):
            x, line = _LEFT + index % 2 * half, y + (index // 2 + 1) * _SIGNATURE - 4
            end = document.fitted(x, line - 1, half - 50, name, _FACT, smallest=6)
            document.line(x + half - 48, end + 1, x + half - 6, end + 1, colour=BLACK, weight=0.5)
        return y + (len(names) + 1) // 2 * _SIGNATURE + 6

    def _draw_sealed_note(self, y: float) -> None:
        words = _(
            "Until the chief judge opens the names before a witness, nothing is published that leads from an entry of"
            " the list to what it drew. The SHA-256 above was shown before the seed was typed: it fixes the list, and"
            " the key fixes the draw. The whole record, which anyone can then check against both, follows after that."
        )
        self._document.paragraph(_LEFT, y + 4, self._width, words, _TEXT)

    def _draw_instructions(self, y: float) -> float:
        """The way to do it again, on one page."""
        document, record = self._document, self._record
        steps = [document_line for step in instructions(record) for document_line in _TEXT.wrap(step, self._width)]
        script = [line.format(file=self._file_name) if "{file}" in line else line for line in SCRIPT]
        height = 30 + len(steps) * _TEXT.pitch + len(script) * _CODE.pitch + (_WORKED + 1) * 7 + 22
        y = self._room(y, height)
        y = self._heading(y, _("How to check this draw"))
        for step in instructions(record):
            y = document.paragraph(_LEFT, y, self._width, step, _TEXT) + _TEXT.pitch + 0.6
        y = document.paragraph(
            _LEFT,
            y + 1.5,
            self._width,
            _("The record as JSON is {file}. This program prints the order of the draw from it:").format(
                file=self._file_name
            ),
            _TEXT,
        )
        box = len(script) * _CODE.pitch + 4
        document.box(_LEFT, y + 2.4, self._width, box, fill=PALE)
        for line in script:
            y += _CODE.pitch
            indent = len(line) - len(line.lstrip())
            document.text(_LEFT + 3 + indent * 1.6, y + 3, line.strip(), _CODE)
        words = _("Biwu itself checks the whole record, the rules too: ./start verify-draw {file}").format(
            file=self._file_name
        )
        y = document.paragraph(_LEFT, y + 11, self._width, words, _TEXT) + 4
        return self._draw_worked_steps(y) + 10

    def _draw_worked_steps(self, y: float) -> float:
        record = self._record
        columns = [
            Column(_("Step no."), 18, "right"),
            Column("MD5", 76),
            Column(_("Still in"), 20, "right"),
            Column(_("Remainder"), 22, "right"),
            Column(_("Drawn id"), self._width - 136),
        ]
        rows = []
        for nth, drawn in enumerate(record["order"][:_WORKED]):
            digest = rules.step_digest(record["key"], nth)
            left = len(record["order"]) - nth
            remainder = int.from_bytes(digest, "big") % left
            rows.append([str(nth), digest.hex().upper(), str(left), str(remainder), drawn])
        return draw_table(
            self._document, _LEFT, y, columns, rows, bottom=_BOTTOM, next_page=self._next_page, style=_SMALL
        )

    def _draw_listing(self, y: float, listing: draw_tables.Listing) -> float:
        document = self._document
        y = self._heading(y, listing.title, _ENOUGH if len(listing.lines) > _FEW else 30)
        if listing.note:
            y = document.paragraph(_LEFT, y - 0.5, self._width, listing.note, _NOTE) + 2.5
        if listing.side_by_side == 1:  # cells of many words, which take several lines
            rows = [line.cells for line in listing.lines]
            return (
                draw_table(
                    document, _LEFT, y, listing.columns, rows, style=_SMALL, bottom=_BOTTOM, next_page=self._next_page
                )
                + 10
            )
        if not listing.lines:
            return y + 6
        lines, count = listing.lines, listing.side_by_side
        return (
            draw_columns(
                document,
                _LEFT,
                y,
                listing.columns,
                lines,
                side_by_side=count,
                bottom=_BOTTOM,
                next_page=self._next_page,
            )
            + 10
        )

    def _heading(self, y: float, text: str, room: float = 30) -> float:
        y = self._room(y, room)
        self._document.text(_LEFT, y, text, _HEADING)
        return y + 6

    def _room(self, y: float, height: float) -> float:
        """The same y if so much fits below it, else that of a new page."""
        return y if y + height <= _BOTTOM else self._next_page()

    def _next_page(self) -> float:
        self._document.new_page()
        return _TOP


def _moment(at: str) -> str:
    return f"{local_time(at):%Y-%m-%d %H:%M:%S}"
