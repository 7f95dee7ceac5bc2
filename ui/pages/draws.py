"""Draws: who competes, in which order, where and before whom, so that anyone can check it; and their ceremonies."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from data.actions import draws as actions
from data.errors import Cancelled, UserError
from data.exchange import draw_json
from data.i18n import _, ngettext, shortened
from data.queries import draw_words
from data.queries import draws as queries
from data.queries import plan as plan_queries
from data.queries.draws import DrawRow
from data.rules.draw_record import KINDS, NUMBERS, SELECTION, verify_record
from data.store import Store
from printing.draw_record import write_draw_record
from ui import dialogs, draw_texts
from ui.desk import Desk
from ui.draw_view import DrawView, kinds_of, moment_text, view_of
from ui.errors import show_error
from ui.models.rows import Column
from ui.pages.page import Page
from ui.projector.ceremony import Ceremony, ceremony_of
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.draws.ceremony_panel import CeremonyPanel
from ui.widgets.draws.draw_kinds import VOID, DrawKinds, KindState
from ui.widgets.draws.draw_panel import DrawPanel
from ui.widgets.table import Table

_MOST_FAULTS = 3


class _Panels(dict[str, DrawPanel]):
    """The panel of each kind of draw, made when it is shown first, since it takes a while that the page has not."""

    def __init__(self, make: Callable[[str], DrawPanel]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, kind: str) -> DrawPanel:
        self[kind] = self._make(kind)
        return self[kind]


class DrawsPage(Page):
    """Up to five draws in their order, each frozen, drawn with a seed, shown in the hall and published; and those
    that were voided. Targets: a kind of draw."""

    key = "draws"
    tables = frozenset(
        {"event", "division", "unit", "person", "past_entry", "entrant", "draw", "mark", "visit", "decoding"}
    ) | {"station", "component", "component_station", "judge", "drawn_station", "drawn_lane"}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[str, DrawRow] = {}
        self._ready = False
        self._chosen_once = False
        self._asked = 0
        self._just_frozen = ""
        self._check = self.add_action(_("Check a record file…"), self._choose_record)
        self._json = self.add_action(_("Save as JSON…"), self._save_json)
        self._void = self.add_action(_("Void…"), self._ask_void)
        self._pdf = self.add_action(_("Save as PDF…"), self._save_pdf)
        self._ceremony_button = self.add_action(_("Show the ceremony"), self._toggle_ceremony)
        self._ceremony_button.setObjectName("showCeremony")
        self._primary = self.set_primary(_("Freeze the list"), self._go_on)
        self._empty = parts.empty_state(
            _("There is no event to draw for yet."),
            _("Set the event up and import the rosters first."),
            parts.primary_button(_("Go to the setup page"), self._go_to_setup),
        )
        self.body.addWidget(self._empty, 1)
        self._kinds = DrawKinds()
        self._kinds.chosen.connect(self._on_kind)
        self.body.addWidget(self._kinds)
        self._stack = QStackedWidget()
        self.panels = _Panels(self._make_panel)
        self.void_list = Table("voidDraws", _void_columns(), desk.settings, key=_draw_id)
        self.void_list.chosen.connect(self._show_actions)
        self._stack.addWidget(self.void_list)
        self.ceremony = CeremonyPanel(desk, self)
        self.ceremony.hall.state_changed.connect(self._show_ceremony_button)
        self._area = QWidget()
        area = parts.row(self._stack, self.ceremony, spacing=12)
        area.setContentsMargins(0, 0, 0, 0)
        area.setStretch(0, 1)
        self._area.setLayout(area)
        self.body.addWidget(self._area, 1)

    def _make_panel(self, kind: str) -> DrawPanel:
        made = DrawPanel(kind, self.desk.settings)
        made.seed_changed.connect(self._on_seed)
        made.seed.entered.connect(self._go_on)
        made.wanted.connect(self._on_wanted)
        self._stack.addWidget(made)
        return made

    def title(self) -> str:
        return _("Draws")

    def purpose(self) -> str:
        if self._kinds.kind == VOID:
            return _("Draws that do not count any more; each stays on record with its reason.")
        row = self._row()
        if row is None:
            return draw_texts.purpose_text(self._kinds.kind)
        if row.state == "frozen":
            return _("Show the list and its SHA-256, then let each witness give a part of the seed.")
        return _("Drawn. Publish the record: anyone can check it with the list and the key.")

    def keys(self) -> list[tuple[str, str]]:
        return [
            (_("In a ceremony: space, →, ←"), _("The next moment, or the one before")),
            ("S, P, B", _("To the end of the stage, pause, black")),
            ("1, 2, 3", _("Slow, normal, fast")),
        ]

    def why_it_stays(self) -> str:
        if any(panel.seed.is_begun() and self._is_frozen(kind) for kind, panel in self.panels.items()):
            return _("A seed is being typed. Draw with it or empty its fields, then change the language.")
        if self.ceremony.show_ is not None:
            return _("The ceremony of a draw is on. End it, then change the language.")
        return super().why_it_stays()

    def refresh(self) -> None:
        store = self.desk.store
        self._ready = plan_queries.is_set_up(store)
        self._empty.setVisible(not self._ready)
        self._area.setVisible(self._ready)
        self._kinds.setVisible(self._ready)
        if self._ready:
            rows = queries.draws(store)
            self._rows = {row.kind: row for row in rows if row.state != "void"}
            if self.ceremony.draw_id() not in {None, *(row.id for row in self._rows.values())}:
                self.ceremony.end()  # its draw was voided
            voided = [row for row in rows if row.state == "void"]
            self.void_list.set_rows(voided)
            self._show_kinds(len(voided))
            self._read_view()
        self._show_actions()

    def show_target(self, target: object) -> None:
        """target: a kind of draw."""
        if self._stale:
            self.reread()
        if target in KINDS:
            self._kinds.choose(str(target))

    def _show_kinds(self, voided: int) -> None:
        kinds = kinds_of(plan_queries.current_plan(self.desk.store), set(self._rows))
        states = [
            KindState(kind, f"{number}  {draw_words.kind_title(kind)}", self._state_text(kind))
            for number, kind in enumerate(kinds, start=1)
        ]
        if voided:
            text = ngettext("{n} on record", "{n} on record", voided).format(n=voided)
            states.append(KindState(VOID, _("Void draws"), text))
        self._kinds.show_states(states)
        if not self._chosen_once:
            self._chosen_once = True
            waiting = (kind for kind in (SELECTION, NUMBERS) if not self._is_drawn(kind))
            self._kinds.choose(next(waiting, NUMBERS))

    def _state_text(self, kind: str) -> str:
        row = self._rows.get(kind)
        if row is None:
            return _("– optional") if kind in draw_texts.OPTIONAL else _("– not frozen yet")
        if row.state == "frozen":
            return ngettext("● {n} entry frozen", "● {n} entries frozen", row.pool).format(n=row.pool)
        return _("✓ drawn")

    def _is_drawn(self, kind: str) -> bool:
        return kind in self._rows and self._rows[kind].state == "drawn"

    def _is_frozen(self, kind: str) -> bool:
        return kind in self._rows and self._rows[kind].state == "frozen"

    def _row(self) -> DrawRow | None:
        """The draw in sight: that of the kind, or the chosen void one."""
        if self._kinds.kind == VOID:
            row: DrawRow | None = self.void_list.current()
            return row
        return self._rows.get(self._kinds.kind)

    def _panel(self) -> DrawPanel | None:
        """The kind in sight, None before the void draws."""
        return None if self._kinds.kind == VOID else self.panels[self._kinds.kind]

    def _read_view(self) -> None:
        """Read the kind in sight in a worker thread; only the last one asked for is shown."""
        if self._panel() is not None:
            self._asked += 1
            work = partial(_read, self.desk.store, self._kinds.kind, self._asked)
            self.desk.tasks.run(work, self._on_view, self._on_unread, title=_("Reading the list"))

    def _on_view(self, answer: tuple[int, DrawView]) -> None:
        number, view = answer
        if isValid(self) and number == self._asked:
            panel = self.panels[view.kind]
            panel.show_view(view)
            if view.kind == self._just_frozen and view.row is not None:
                self._just_frozen = ""
                panel.seed.setFocus()
            self._show_actions()

    def _on_unread(self, error: UserError) -> None:
        if isValid(self) and not isinstance(error, Cancelled):
            self._show_error(error)

    def _on_kind(self, kind: str) -> None:
        self._stack.setCurrentWidget(self.void_list if kind == VOID else self.panels[kind])
        rows = self.void_list.model.all_rows()
        if kind == VOID and self.void_list.current() is None and rows:
            self.void_list.choose(rows[-1].id)
        self._read_view()
        self._show_actions()
        self._purpose.setText(self.purpose())

    def _on_wanted(self, target: str) -> None:
        if target in KINDS:
            self._kinds.choose(target)
        elif target == "settings":
            self.desk.go("setup", draw_texts.settings_sheet(self._kinds.kind))
        else:
            self.desk.go(target)

    def _on_seed(self) -> None:
        panel, row = self._panel(), self._row()
        if panel is not None and row is not None and self.ceremony.draw_id() == row.id:
            self.ceremony.show_seed(panel.seed)
        self._show_actions()

    def _show_actions(self) -> None:
        row = self._row() if self._ready else None
        drawn = row is not None and row.drawn_at is not None
        panel = self._panel()
        self._json.setVisible(drawn)
        self._pdf.setVisible(row is not None and (panel is None or not drawn))
        self._void.setVisible(row is not None and panel is not None)
        self._primary.setVisible(self._ready and panel is not None)
        self._show_ceremony_button()
        if panel is None:
            return
        if row is None:
            view = panel.view
            fits = view is not None and view.row is None and view.need is None
            self._primary.setText(_("Freeze the list"))
            self._primary.setEnabled(fits)
        elif drawn:
            self._primary.setText(_("Save as PDF…"))
            self._primary.setEnabled(True)
        else:
            self._primary.setText(_("Draw now"))
            self._primary.setEnabled(panel.seed.is_complete())

    def _show_ceremony_button(self) -> None:
        row, panel = (self._row(), self._panel()) if self._ready else (None, None)
        on = row is not None and self.ceremony.draw_id() == row.id
        self._ceremony_button.setVisible(row is not None and panel is not None)
        self._ceremony_button.setText(_("End the ceremony") if on else _("Show the ceremony"))

    def _go_on(self) -> None:
        """The next step of the kind in sight."""
        row, panel = self._row(), self._panel()
        if panel is None or not self._primary.isEnabled():
            return
        if row is None:
            work = partial(_freeze, self.desk.store, self.desk.actor, panel.kind)
            self.run(work, self._on_frozen, self._on_failed, title=_("Freezing the list"))
        elif row.state == "drawn":
            self._save_pdf()
        else:
            text = _("{key}\nWitnesses: {names}").format(
                key=draw_words.key_text(panel.seed.seed_parts()),
                names=", ".join(filter(None, panel.seed.witnesses())),
            )
            dialogs.confirm(self, _("Draw with this key?"), text, self._draw, yes=_("Draw now"))

    def _draw(self) -> None:
        row, panel = self._row(), self._panel()
        if row is not None and panel is not None:
            seed = panel.seed
            work = partial(_draw, self.desk.store, self.desk.actor, row.id, seed.seed_parts(), seed.witnesses())
            self.run(work, self._on_drawn, self._on_failed, title=_("Drawing"))

    def _on_frozen(self, _draw_id: int) -> None:
        self._just_frozen = self._kinds.kind
        self._read_view()
        self.desk.say(_("The list is frozen. Show its SHA-256 before the seed is typed."))

    def _on_drawn(self, ceremony: Ceremony) -> None:
        """The draw stands in the event file from here on; the hall only looks at it."""
        self.ceremony.take(ceremony)
        self.panels[ceremony.kind].seed.clear()
        self.desk.say(_("Drawn. The record can be saved as PDF and as JSON."))

    def _on_failed(self, error: UserError) -> None:
        show_error(self, error)

    def _toggle_ceremony(self) -> None:
        row = self._row()
        if row is None:
            return
        if self.ceremony.draw_id() == row.id:
            self.ceremony.end()
        else:
            work = partial(_prepare, self.desk.store, row.id)
            self.run(work, self._on_prepared, self._on_failed, title=_("Preparing the ceremony"))

    def _on_prepared(self, ceremony: Ceremony) -> None:
        self.ceremony.begin(ceremony)
        self.ceremony.show_seed(self.panels[ceremony.kind].seed)

    def _ask_void(self) -> None:
        text = _("The record stays with its reason; what was drawn is taken back.")
        dialogs.ask_reason(self, _("Void this draw?"), text, self._void_with, yes=_("Void the draw"))

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
        self.run(partial(_verify, path), self._on_checked, self._on_failed, title=_("Checking the record"))

    def _on_checked(self, checked: tuple[Path, list[str]]) -> None:
        path, faults = checked
        if not faults:
            text = _("The list has the SHA-256 of the record, and the seed gives exactly this result.")
            dialogs.inform(self, _("The record is right"), f"{path.name}\n{text}")
            return
        lines = [path.name, *shortened(faults, _MOST_FAULTS)]
        dialogs.inform(self, _("The record is wrong"), "\n".join(lines))

    def _go_to_setup(self) -> None:
        self.desk.go("setup")


def _read(store: Store, kind: str, number: int, progress: Progress) -> tuple[int, DrawView]:
    return number, view_of(store, kind, progress)


def _freeze(store: Store, actor: str, kind: str, _progress: Progress) -> int:
    return actions.freeze(store, actor, kind)


def _draw(
    store: Store, actor: str, draw_id: int, parts_: list[str], witnesses: list[str], _progress: Progress
) -> Ceremony:
    actions.draw(store, actor, draw_id, parts_, witnesses)
    return ceremony_of(store, draw_id)


def _prepare(store: Store, draw_id: int, _progress: Progress) -> Ceremony:
    return ceremony_of(store, draw_id)


def _write_pdf(store: Store, draw_id: int, path: Path, _progress: Progress) -> Path:
    write_draw_record(store, draw_id, path)
    return path


def _verify(path: Path, _progress: Progress) -> tuple[Path, list[str]]:
    return path, [draw_words.finding_text(finding) for finding in verify_record(draw_json.read_record(path))]


def _void_columns() -> list[Column]:
    return [
        Column(_("Draw"), lambda row: draw_words.kind_title(row.kind), width=140),
        Column(_("Voided at"), lambda row: moment_text(row.void_at), width=170),
        Column(_("Reason"), lambda row: row.void_reason, width=0),
        Column(_("Entries"), lambda row: str(row.pool), sort=lambda row: row.pool, width=90, right=True),
        Column("SHA-256", lambda row: row.pool_sha256, width=220),
    ]


def _draw_id(row: DrawRow) -> int:
    return row.id
