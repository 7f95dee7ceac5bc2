"""One kind of draw on the draws page: its settings, its list with hash, the seed, and what came of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries import draw_words
from data.queries.coverage import CoverageRow
from data.queries.draws import DrawLine
from data.rules.draw_record import KINDS, SELECTION
from ui.draw_view import DrawView, Walked
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.draws.seed_form import SeedForm
from ui.widgets.table import Filter, Table

_HASH = "font-size: 17px; font-weight: bold;"
_KEY = "font-size: 22px; font-weight: bold;"
_NAME, _UNIT = 2, 3  # numbers of the columns
_DRAWN = ("selected", "seeded", "reserve", "number", "taken")


class DrawPanel(QWidget):
    """Shows a draw that is not made yet, frozen, or drawn. `seed` is the form; seed_changed: its state may differ;
    wanted(target): the page or kind of draw where something is to be done first, or "settings"."""

    seed_changed = Signal()
    wanted = Signal(str)

    def __init__(self, kind: str, settings: Settings) -> None:
        super().__init__()
        self.kind = kind
        self.view: DrawView | None = None
        self.setObjectName(f"draw:{kind}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._notices = QVBoxLayout()
        layout.addLayout(self._notices)
        layout.addWidget(self._build_facts())
        self.seed = SeedForm()
        self.seed.changed.connect(self.seed_changed)
        self._seed_card = parts.card(self.seed, margin=12)
        layout.addWidget(self._seed_card)
        self.list = Table(f"draw-{kind}", _columns(), settings, filters=_filters(kind), key=_line_id)
        self.steps = Table(f"drawSteps-{kind}", _step_columns(), settings, filters=_step_filters(), key=_place)
        self.coverage = Table("coverage", _coverage_columns(), settings, key=_unit)
        self._tabs = QTabWidget()
        self._tabs.setObjectName("drawTabs")
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self.list, _("The list"))
        self._tabs.addTab(self.steps, _("Step by step"))
        if kind == SELECTION:
            self._tabs.addTab(self.coverage, _("Coverage of the units"))
        layout.addWidget(self._tabs, 1)
        self._sealed = parts.card(
            parts.heading(_("Sealed")),
            parts.muted(
                _(
                    "The event is blind. Until the chief judge decodes the names on the results page, nothing is shown"
                    " that leads from a person to what was drawn."
                ),
                wrap=True,
            ),
            margin=24,
        )
        self._sealed.setObjectName("sealedDraw")
        layout.addWidget(self._sealed)
        self._rest = QWidget()
        layout.addWidget(self._rest, 0)

    def show_view(self, view: DrawView) -> None:
        """Show how the draw stands."""
        self.view = view
        row = view.row
        drawn, sealed = row is not None and row.drawn_at is not None, row is not None and row.sealed
        self._show_notices(view)
        self._settings.setText("  ·  ".join(view.settings))
        self._change.setVisible(row is None)
        self._first.setVisible(row is None)
        self._frozen.setVisible(row is not None)
        if row is not None:
            count = ngettext("{n} entry", "{n} entries", row.pool).format(n=row.pool)
            self._count.setText(_("Frozen list: {count}. SHA-256:").format(count=count))
            self._hash.setText(row.pool_sha256)
        self._seed_card.setVisible(row is not None and not drawn)
        self._outcome.setVisible(drawn)
        self._key.setText(view.key)
        self._by.setText(view.by)
        self._summary.setText(f"✓ {view.outcome}")
        self._tabs.setVisible(not sealed)
        self._tabs.setTabVisible(1, bool(view.steps))
        self._sealed.setVisible(sealed)
        self.layout().setStretchFactor(self._rest, 1 if sealed else 0)
        self._show_rows(view)

    def _show_notices(self, view: DrawView) -> None:
        parts.clear(self._notices)
        if view.changed:
            words = _(
                "The event has changed since the list was frozen, so it cannot be drawn."
                " Void it and freeze the list anew."
            )
            self._notices.addWidget(parts.strip(words, "attention"))
        if view.need is not None:
            there = _("Go to that draw") if view.need.target in KINDS else _("Go to the page")
            self._notices.addWidget(
                parts.strip(view.need.text, "attention", parts.button(there, self._on_need, name="need"))
            )

    def _show_rows(self, view: DrawView) -> None:
        self.list.set_rows(view.lines)
        self.steps.set_rows(view.steps)
        self.coverage.set_rows(view.coverage)
        # A list of a blind event has no names, and but for the selection no units either.
        names, units = any(line.name for line in view.lines), any(line.unit for line in view.lines)
        for table in (self.list.view, self.steps.view):
            table.setColumnHidden(_NAME, not names)
            table.setColumnHidden(_UNIT, not units)
            table.horizontalHeader().setStretchLastSection(not units)

    def _build_facts(self) -> QFrame:
        self._settings = parts.label("", wrap=True)
        self._settings.setObjectName("drawSettings")
        self._change = parts.link_button(_("Change on the setup page"), self._on_change, name="changeSettings")
        self._first = parts.muted(
            _("First freeze the list, so that everyone sees who may be drawn before the seed is known."), wrap=True
        )
        self._count = parts.muted()
        self._hash = parts.label("", selectable=True)
        self._hash.setObjectName("hash")
        self._hash.setStyleSheet(_HASH)
        self._frozen = QWidget()
        frozen = parts.column(self._count, self._hash, spacing=4)
        frozen.setContentsMargins(0, 4, 0, 0)
        self._frozen.setLayout(frozen)
        self._key = parts.label("", selectable=True, wrap=True)
        self._key.setObjectName("drawnKey")
        self._key.setStyleSheet(_KEY)
        self._by = parts.muted()
        self._summary = parts.label("", "heading", tone="done")
        self._summary.setObjectName("outcome")
        self._outcome = QWidget()
        outcome = QVBoxLayout(self._outcome)
        outcome.setContentsMargins(0, 4, 0, 0)
        outcome.setSpacing(4)
        key = parts.row(parts.muted(_("Key")), self._key, spacing=12)
        key.setStretch(1, 1)
        outcome.addLayout(key)
        outcome.addLayout(parts.row(self._summary, None, self._by))
        settings = parts.row(parts.muted(_("Rules")), self._settings, self._change, spacing=12)
        settings.setStretch(1, 1)
        return parts.card(settings, self._first, self._frozen, self._outcome, margin=12, spacing=0)

    def _on_need(self) -> None:
        if self.view is not None and self.view.need is not None:
            self.wanted.emit(self.view.need.target)

    def _on_change(self) -> None:
        self.wanted.emit("settings")


def _columns() -> list[Column]:
    return [
        Column(_("No."), lambda line: str(line.n), sort=lambda line: line.n, width=56, right=True),
        Column(_("Id"), lambda line: line.id, width=108),
        Column(_("Name"), lambda line: line.name, width=96),
        Column(_("Unit"), lambda line: line.unit, width=0),
        Column(_("Drawn as no."), _step, sort=lambda line: line.step, width=112, right=True),
        Column(_("Result"), lambda line: line.outcome, width=212, bold=True, tone=_tone),
    ]


def _step(line: DrawLine) -> str:
    return "" if line.step is None else str(line.step + 1)


def _tone(line: DrawLine) -> str:
    return "done" if line.fate in _DRAWN else "attention" if line.fate == "history" else "muted"


def _filters(kind: str) -> list[Filter]:
    if kind != SELECTION:
        return []
    return [
        Filter(_("Selected"), lambda line: line.fate in ("selected", "seeded")),
        Filter(_("Reserves"), lambda line: line.fate == "reserve"),
        Filter(draw_words.why_text("history"), lambda line: line.fate == "history"),
        Filter(draw_words.why_text("quota"), lambda line: line.fate == "quota"),
    ]


def _step_columns() -> list[Column]:
    return [
        Column(_("Step no."), lambda row: str(row.place), sort=_place, width=84, right=True),
        Column(_("Id"), lambda row: row.step.id, width=108),
        Column(_("Name"), lambda row: row.step.name, width=96),
        Column(_("Unit"), lambda row: row.step.unit, width=0),
        Column(_("Was drawn"), _drawn, width=92, tone=_step_tone),
        Column(_("What, or why not"), lambda row: row.step.outcome, width=216, bold=True, tone=_step_tone),
    ]


def _step_filters() -> list[Filter]:
    return [
        Filter(_("Was drawn"), lambda row: row.step.taken),
        Filter(_("Passed over"), lambda row: not row.step.taken),
    ]


def _drawn(row: Walked) -> str:
    return _("✓ yes") if row.step.taken else _("– no")


def _step_tone(row: Walked) -> str:
    return "done" if row.step.taken else "attention"


def _place(row: Walked) -> int:
    return row.place


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
