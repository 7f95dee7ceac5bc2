"""One kind of draw on the draws page: its list with hash, the seed, and what came of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries import draw_words
from data.queries.coverage import CoverageRow
from data.queries.draws import DrawLine, DrawRow, PoolDifference
from data.rules.draw_record import SELECTION, Record
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.seed_form import SeedForm
from ui.widgets.table import Filter, Table

_HASH = "font-size: 17px; font-weight: bold;"
_NAME = 2  # number of the column
_KEY = "font-size: 22px; font-weight: bold;"


class DrawPanel(QWidget):
    """Shows a draw that is not made yet, frozen, or drawn. `seed` is the form; seed_changed: its state may differ."""

    seed_changed = Signal()

    def __init__(self, kind: str, settings: Settings) -> None:
        super().__init__()
        self.kind = kind
        self.setObjectName(f"draw:{kind}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self._notices = QVBoxLayout()
        layout.addLayout(self._notices)
        layout.addWidget(self._build_facts())
        self.seed = SeedForm()
        self.seed.changed.connect(self.seed_changed)
        self._seed_card = parts.card(parts.heading(_("Seed, typed in front of everyone")), self.seed)
        layout.addWidget(self._seed_card)
        self.list = Table(f"draw-{kind}", _columns(), settings, filters=_filters(kind), key=_line_id)
        self.coverage = Table("coverage", _coverage_columns(), settings, key=_unit)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self.list, _("The list"))
        if kind == SELECTION:
            self._tabs.addTab(self.coverage, _("Coverage of the units"))
        layout.addWidget(self._tabs, 1)

    def show_preview(self, lines: list[DrawLine], coverage: list[CoverageRow]) -> None:
        """The list as it would be frozen now."""
        parts.clear(self._notices)
        self._facts.hide()
        self._seed_card.hide()
        self._show_rows(lines, coverage)

    def show_draw(
        self,
        row: DrawRow,
        record: Record,
        lines: list[DrawLine],
        coverage: list[CoverageRow],
        changed: PoolDifference | None,
    ) -> None:
        """A frozen or drawn list; `changed`: what differs from it now, asked only while it is frozen."""
        parts.clear(self._notices)
        if changed:
            words = _(
                "The event has changed since the list was frozen, so it cannot be drawn."
                " Void it and freeze the list anew."
            )
            self._notices.addWidget(parts.strip(words, "attention"))
        self._facts.show()
        count = ngettext("{n} entry", "{n} entries", row.pool).format(n=row.pool)
        self._count.setText(_("Frozen list: {count}. SHA-256:").format(count=count))
        self._hash.setText(row.pool_sha256)
        drawn = row.state == "drawn"
        self._seed_card.setVisible(not drawn)
        self._outcome.setVisible(drawn)
        if drawn:
            self._key.setText(record["key"])
            self._by.setText(_("Witnesses: {names}").format(names=", ".join(record["witnesses"])))
            self._summary.setText(result_text(self.kind, row.results))
        self._show_rows(lines, coverage)

    def _show_rows(self, lines: list[DrawLine], coverage: list[CoverageRow]) -> None:
        self.list.set_rows(lines)
        self.list.view.setColumnHidden(_NAME, not any(line.name for line in lines))  # as in a blind event
        self.coverage.set_rows(coverage)

    def _build_facts(self) -> QFrame:
        self._count = parts.muted()
        self._hash = parts.label("", selectable=True)
        self._hash.setObjectName("hash")
        self._hash.setStyleSheet(_HASH)
        self._key = parts.label("", selectable=True, wrap=True)
        self._key.setObjectName("drawnKey")
        self._key.setStyleSheet(_KEY)
        self._by = parts.muted()
        self._summary = parts.label("", "heading", tone="done")
        self._outcome = QWidget()
        outcome = QVBoxLayout(self._outcome)
        outcome.setContentsMargins(0, 4, 0, 0)
        outcome.setSpacing(4)
        key = parts.row(parts.muted(_("Key")), self._key, self._by, spacing=12)
        key.setStretch(1, 1)
        outcome.addLayout(key)
        outcome.addWidget(self._summary)
        self._facts = parts.card(self._count, self._hash, self._outcome, margin=12, spacing=4)
        return self._facts


def result_text(kind: str, count: int) -> str:
    """How much came of a draw."""
    if kind == SELECTION:
        return ngettext("✓ {n} person selected", "✓ {n} people selected", count).format(n=count)
    return ngettext("✓ {n} number drawn", "✓ {n} numbers drawn", count).format(n=count)


def _columns() -> list[Column]:
    return [
        Column(_("No."), lambda line: str(line.n), sort=lambda line: line.n, width=72, right=True),
        Column(_("Id"), lambda line: line.id, width=150),
        Column(_("Name"), lambda line: line.name, width=160),
        Column(_("Unit"), lambda line: line.unit, width=0),
        Column(_("Drawn as no."), _step, sort=lambda line: line.step, width=130, right=True),
        Column(_("Result"), lambda line: line.outcome, width=180, bold=True, tone=_tone),
    ]


def _step(line: DrawLine) -> str:
    return "" if line.step is None else str(line.step + 1)


def _tone(line: DrawLine) -> str:
    return {"history": "attention", "quota": "muted", "": "muted"}.get(line.fate, "done")


def _filters(kind: str) -> list[Filter]:
    if kind != SELECTION:
        return []
    return [
        Filter(_("Selected"), lambda line: line.fate in ("selected", "seeded")),
        Filter(draw_words.why_text("history"), lambda line: line.fate == "history"),
        Filter(draw_words.why_text("quota"), lambda line: line.fate == "quota"),
    ]


def _coverage_columns() -> list[Column]:
    return [
        Column(_("Unit"), lambda row: row.unit, width=0),
        Column(_("Staff"), lambda row: str(row.staff), sort=lambda row: row.staff, width=110, right=True),
        Column(_("Competed before"), lambda row: str(row.before), sort=lambda row: row.before, width=150, right=True),
        Column(
            _("Newly selected"), lambda row: str(row.selected), sort=lambda row: row.selected, width=150, right=True
        ),
        Column(_("Covered"), _covered, sort=_share, width=150, right=True, bold=True),
    ]


def _covered(row: CoverageRow) -> str:
    return f"{row.covered} / {row.staff}  ({_share(row)}%)" if row.staff else "–"


def _share(row: CoverageRow) -> int:
    return 100 * row.covered // row.staff if row.staff else 0


def _line_id(line: DrawLine) -> str:
    return line.id


def _unit(row: CoverageRow) -> str:
    return row.unit
