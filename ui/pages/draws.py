"""Draws: who competes, and in which order, so that anyone can check it."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget

from data.actions import draws as actions
from data.errors import UserError
from data.exchange import draw_json
from data.i18n import _, ngettext
from data.queries import draw_words
from data.queries import draws as queries
from data.queries import plan as plan_queries
from data.queries.coverage import coverage
from data.queries.draws import DrawRow
from data.rules import draw_record
from data.rules.draw_record import KINDS, NUMBERS, SELECTION, verify_record
from data.store import Store
from printing.draw_record import write_draw_record
from ui import dialogs
from ui.desk import Desk
from ui.errors import show_error
from ui.models.rows import Column
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.draw_panel import DrawPanel, result_text
from ui.widgets.table import Table

_VOID = "void"
_MOST_FAULTS = 3
_CHOICE = "text-align: left; min-width: 208px; min-height: 40px;"  # room for two lines of words


class DrawsPage(Page):
    """Two draws, one after the other, each frozen, drawn with a seed, and published; and those that were voided."""

    key = "draws"
    tables = frozenset({"event", "division", "unit", "person", "past_entry", "entrant", "draw", "mark", "visit"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[str, DrawRow] = {}
        self._void_rows: list[DrawRow] = []
        self._ready = False
        self._chosen_once = False
        self._check = self.add_action(_("Check a record file…"), self._choose_record)
        self._json = self.add_action(_("Save as JSON…"), self._save_json)
        self._void = self.add_action(_("Void…"), self._ask_void)
        self._pdf = self.add_action(_("Save as PDF…"), self._save_pdf)
        self._primary = self.set_primary(_("Freeze the list"), self._go_on)
        self._empty = parts.empty_state(
            _("There is no event to draw for yet."),
            _("Set the event up and import the rosters first."),
            parts.primary_button(_("Go to the setup page"), self._go_to_setup),
        )
        self.body.addWidget(self._empty, 1)
        self._choices = QButtonGroup(self)
        self._choices.idToggled.connect(self._on_choice)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for number, name in enumerate((*KINDS, _VOID)):
            button = QPushButton()
            button.setCheckable(True)
            button.setObjectName(f"choice:{name}")
            button.setStyleSheet(_CHOICE)
            self._choices.addButton(button, number)
            bar.addWidget(button)
        bar.addStretch(1)
        self.body.addLayout(bar)
        self._stack = QStackedWidget()
        self.panels = {kind: DrawPanel(kind, desk.settings) for kind in KINDS}
        for panel in self.panels.values():
            panel.seed_changed.connect(self._show_actions)
            panel.seed.entered.connect(self._go_on)
            self._stack.addWidget(panel)
        self.void_list = Table("voidDraws", _void_columns(), desk.settings, key=_draw_id)
        self.void_list.chosen.connect(self._show_actions)
        self._stack.addWidget(self.void_list)
        self.body.addWidget(self._stack, 1)
        self._choices.button(0).setChecked(True)

    def title(self) -> str:
        return _("Draws")

    def purpose(self) -> str:
        row = self._row()
        if self._kind() == _VOID:
            return _("Draws that do not count any more; each stays on record with its reason.")
        if row is None:
            return _("First freeze the list, so that everyone sees who may be drawn before the seed is known.")
        if row.state == "frozen":
            return _("Show the list and its SHA-256, then let each witness give a part of the seed.")
        return _("Drawn. Publish the record: anyone can check it with the list and the key.")

    def refresh(self) -> None:
        store = self.desk.store
        self._ready = plan_queries.is_set_up(store)
        self._empty.setVisible(not self._ready)
        self._stack.setVisible(self._ready)
        for button in self._choices.buttons():
            button.setVisible(self._ready)
        if not self._ready:
            self._show_actions()
            return
        rows = queries.draws(store)
        self._rows = {row.kind: row for row in rows if row.state != "void"}
        self._void_rows = [row for row in rows if row.state == "void"]
        self.void_list.set_rows(self._void_rows)
        for kind in KINDS:
            self._show_kind(kind)
        self._show_choices()
        self._show_actions()

    def show_target(self, target: object) -> None:
        """target: a kind of draw, "selection" or "numbers"."""
        if target in KINDS:
            self._choices.button(KINDS.index(str(target))).setChecked(True)

    def _show_kind(self, kind: str) -> None:
        store, panel, row = self.desk.store, self.panels[kind], self._rows.get(kind)
        covered = coverage(store) if kind == SELECTION else []
        if row is None:
            pool = [member.candidate for member in queries.pool_of(store, kind)]
            record = draw_record.frozen_record(kind, "", pool, {})
            panel.show_preview(queries.lines(record), covered)
            return
        record = queries.record(store, row.id)
        changed = queries.difference(store, row.id) if row.state == "frozen" else None
        panel.show_draw(row, record, queries.lines(record), covered, changed)

    def _show_choices(self) -> None:
        for number, kind in enumerate(KINDS):
            words = f"{number + 1}  {draw_words.kind_title(kind)}\n{self._state_text(kind)}"
            self._choices.button(number).setText(words)
        count = len(self._void_rows)
        void = self._choices.button(len(KINDS))
        void.setVisible(bool(count))
        void.setText(_("Void draws") + "\n" + ngettext("{n} on record", "{n} on record", count).format(n=count))
        if not count and void.isChecked():
            self._choices.button(0).setChecked(True)
        if not self._chosen_once:
            self._chosen_once = True
            if SELECTION in self._rows and self._rows[SELECTION].state == "drawn":
                self._choices.button(KINDS.index(NUMBERS)).setChecked(True)

    def _state_text(self, kind: str) -> str:
        row = self._rows.get(kind)
        if row is None:
            return _("– not frozen yet")
        if row.state == "frozen":
            return ngettext("● {n} entry frozen", "● {n} entries frozen", row.pool).format(n=row.pool)
        return result_text(kind, row.results)

    def _kind(self) -> str:
        return (*KINDS, _VOID)[max(self._choices.checkedId(), 0)]

    def _row(self) -> DrawRow | None:
        """The draw in sight: that of the kind, or the chosen void one."""
        if self._kind() == _VOID:
            row: DrawRow | None = self.void_list.current()
            return row
        return self._rows.get(self._kind())

    def _on_choice(self, number: int, on: bool) -> None:
        if on:
            self._stack.setCurrentIndex(number)
            if self._kind() == _VOID and self.void_list.current() is None and self._void_rows:
                self.void_list.choose(self._void_rows[-1].id)
            self._show_actions()
            self._purpose.setText(self.purpose())

    def _show_actions(self) -> None:
        row = self._row() if self._ready else None
        drawn = row is not None and row.drawn_at is not None
        panel = self.panels.get(self._kind())
        self._json.setVisible(drawn)
        self._pdf.setVisible(row is not None and (panel is None or not drawn))
        self._void.setVisible(row is not None and panel is not None)
        self._primary.setVisible(self._ready and panel is not None)
        if panel is None:
            return
        if row is None:
            self._primary.setText(_("Freeze the list"))
            self._primary.setEnabled(bool(panel.list.model.all_rows()))
        elif drawn:
            self._primary.setText(_("Save as PDF…"))
            self._primary.setEnabled(True)
        else:
            self._primary.setText(_("Draw now"))
            self._primary.setEnabled(panel.seed.is_complete())

    def _go_on(self) -> None:
        """The next step of the kind in sight."""
        row, kind = self._row(), self._kind()
        if row is None:
            title = _("Freezing the list")
            self.run(
                partial(_freeze, self.desk.store, self.desk.actor, kind), self._on_frozen, self._on_failed, title=title
            )
        elif row.state == "drawn":
            self._save_pdf()
        else:
            seed = self.panels[kind].seed
            dialogs.confirm(
                self,
                _("Draw with this key?"),
                _("{key}\nWitnesses: {names}").format(
                    key=draw_words.key_text(seed.seed_parts()), names=", ".join(filter(None, seed.witnesses()))
                ),
                self._draw,
                yes=_("Draw now"),
            )

    def _draw(self) -> None:
        row, seed = self._row(), self.panels[self._kind()].seed
        if row is not None:
            work = partial(_draw, self.desk.store, self.desk.actor, row.id, seed.seed_parts(), seed.witnesses())
            self.run(work, self._on_drawn, self._on_failed, title=_("Drawing"))

    def _on_frozen(self, _draw_id: int) -> None:
        self.panels[self._kind()].seed.setFocus()
        self.desk.say(_("The list is frozen. Show its SHA-256 before the seed is typed."))

    def _on_drawn(self, _nothing: None) -> None:
        self.panels[self._kind()].seed.clear()
        self.desk.say(_("Drawn. The record can be saved as PDF and as JSON."))

    def _on_failed(self, error: UserError) -> None:
        show_error(self, error)

    def _ask_void(self) -> None:
        text = _("The record stays with its reason; what was drawn is taken back.")
        dialogs.ask_reason(self, _("Void this draw?"), text, self._void_with)

    def _void_with(self, reason: str) -> None:
        row = self._row()
        if row is not None and self.attempt(actions.void, self.desk.store, self.desk.actor, row.id, reason):
            self.desk.say(_("The draw is void."))

    def _save_pdf(self) -> None:
        row = self._row()
        if row is not None:
            name = Path(draw_json.file_name(row)).with_suffix(".pdf").name
            dialogs.save_file(self, _("Save the record as PDF"), _("PDF (*.pdf)"), name, self._write_pdf)

    def _write_pdf(self, path: Path) -> None:
        row = self._row()
        if row is not None:
            work = partial(_write_pdf, self.desk.store, row.id, path)
            self.run(work, self._on_written, self._on_failed, title=_("Writing the record"))

    def _save_json(self) -> None:
        row = self._row()
        if row is not None:
            name = draw_json.file_name(row)
            dialogs.save_file(self, _("Save the record as JSON"), _("Draw record (*.json)"), name, self._write_json)

    def _write_json(self, path: Path) -> None:
        row = self._row()
        if row is not None and self.attempt(draw_json.write_record, self.desk.store, row.id, path):
            self._on_written(path)

    def _on_written(self, path: Path) -> None:
        self.desk.say(_("Saved: {path}").format(path=path))

    def _choose_record(self) -> None:
        dialogs.choose_file(self, _("Check a draw record"), _("Draw record (*.json)"), self._check_record)

    def _check_record(self, path: Path) -> None:
        try:
            findings = verify_record(draw_json.read_record(path))
        except UserError as error:
            show_error(self, error)
            return
        if not findings:
            text = _("The list has the SHA-256 of the record, and the seed gives exactly this result.")
            dialogs.inform(self, _("The record is right"), text)
            return
        lines = [draw_words.finding_text(finding) for finding in findings[:_MOST_FAULTS]]
        dialogs.inform(self, _("The record is wrong"), "\n".join(lines))

    def _go_to_setup(self) -> None:
        self.desk.go("setup")


def _freeze(store: Store, actor: str, kind: str, _progress: Progress) -> int:
    return actions.freeze(store, actor, kind)


def _draw(store: Store, actor: str, draw_id: int, parts_: list[str], witnesses: list[str], _progress: Progress) -> None:
    actions.draw(store, actor, draw_id, parts_, witnesses)


def _write_pdf(store: Store, draw_id: int, path: Path, _progress: Progress) -> Path:
    write_draw_record(store, draw_id, path)
    return path


def _void_columns() -> list[Column]:
    return [
        Column(_("Draw"), lambda row: draw_words.kind_title(row.kind), width=140),
        Column(_("Voided at"), _voided_at, width=170),
        Column(_("Reason"), lambda row: row.void_reason, width=0),
        Column(_("Entries"), lambda row: str(row.pool), sort=lambda row: row.pool, width=90, right=True),
        Column("SHA-256", lambda row: row.pool_sha256, width=220),
    ]


def _voided_at(row: DrawRow) -> str:
    return f"{datetime.fromisoformat(row.void_at or '').astimezone():%Y-%m-%d %H:%M}"


def _draw_id(row: DrawRow) -> int:
    return row.id
