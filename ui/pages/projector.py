"""Projector: what the hall sees, released division by division, with a preview of exactly that."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QScreen, QShortcut
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from data.i18n import _
from data.queries import plan as plan_queries
from ui import screens
from ui.desk import Desk
from ui.pages.page import Page
from ui.projector.hall import hall_of
from ui.projector.slide_view import SlideView
from ui.widgets import parts

_PREVIEW = (640, 360)


class ProjectorPage(Page):
    """The operator ticks the divisions that may be shown; nothing else ever is."""

    key = "projector"
    tables = frozenset({"event", "division"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.hall = hall_of(desk)
        self._filling = False
        self._ceremony_seen = False
        self._wants_small = False  # the operator chose the small window although there is a second screen
        self._toggle = self.set_primary(_("Show on the projector"), self._toggle_window)
        self._empty = parts.empty_state(
            _("There is no event to show yet."),
            _("Set the event up first."),
            parts.primary_button(_("Go to the setup page"), self._go_to_setup),
        )
        self.body.addWidget(self._empty, 1)
        self._content_area = QWidget()
        area = parts.row(self._build_choices(), self._build_preview(), spacing=16)
        area.setStretch(1, 1)
        self._content_area.setLayout(area)
        area.setContentsMargins(0, 0, 0, 0)
        self._busy = parts.strip(
            _("The ceremony of a draw is on the projector. End it there to show the leaderboard."),
            "attention",
            parts.button(_("Go to the draws page"), self._go_to_draws),
        )
        self.body.addWidget(self._busy)
        self.body.addWidget(self._content_area, 1)
        self.preview.show_slide(self.hall.slide)
        self.hall.slide_changed.connect(self.preview.show_slide)
        self.hall.state_changed.connect(self._show_state)
        self._build_shortcuts()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._on_screens)
        app.screenRemoved.connect(self._on_screens)
        self._fill_screens()
        self._show_state()

    def title(self) -> str:
        return _("Projector")

    def purpose(self) -> str:
        if self.hall.ceremony is not None:
            return _("The hall sees the ceremony of a draw. It is driven on the draws page.")
        if not self.hall.board.released:
            return _("Tick the divisions that may be shown. Until then the hall sees the name of the event only.")
        return _("The hall sees exactly what the preview shows. B: black, F: freeze, ← →: pages.")

    def why_it_stays(self) -> str:
        if self.hall.is_open:
            return _("The hall is watching. Hide it from the projector, then change the language.")
        return super().why_it_stays()

    def refresh(self) -> None:
        ready = plan_queries.is_set_up(self.desk.store)
        self._empty.setVisible(not ready)
        self._content_area.setVisible(ready)
        self._toggle.setVisible(ready)
        if ready:
            self._fill_divisions()
            self._fill_screens()
        self.hall.board.reread()
        self._show_state()

    def show_target(self, target: object) -> None:
        """target: the code of a division, which becomes the current line; releasing it stays a step of its own."""
        for row in range(self.divisions.count()):
            if self.divisions.item(row).data(Qt.ItemDataRole.UserRole) == target:
                self.divisions.setCurrentRow(row)

    def _build_shortcuts(self) -> None:
        """Keys that work wherever in the window the focus is, as long as this page is in sight."""
        for key in (
            Qt.Key.Key_B,
            Qt.Key.Key_F,
            Qt.Key.Key_Right,
            Qt.Key.Key_PageDown,
            Qt.Key.Key_Left,
            Qt.Key.Key_PageUp,
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(self._on_key)

    def _build_choices(self) -> QWidget:
        self.divisions = QListWidget()
        self.divisions.setObjectName("divisions")
        self.divisions.setAccessibleName(_("Divisions that may be shown"))
        self.divisions.setSpacing(4)
        self.divisions.itemChanged.connect(self._on_ticked)
        self.screens = QComboBox()
        self.screens.setObjectName("screens")
        self.screens.setAccessibleName(_("Screen"))
        self.screens.activated.connect(self._on_screen_chosen)
        self._notice = parts.muted("", wrap=True)
        card = parts.card(
            parts.heading(_("Released divisions")),
            parts.muted(_("A ticked division is shown with its provisional places."), wrap=True),
            self.divisions,
            parts.heading(_("Screen")),
            self.screens,
            self._notice,
        )
        card.setFixedWidth(320)
        return card

    def _build_preview(self) -> QWidget:
        self.preview = SlideView()
        self.preview.setObjectName("preview")
        self.preview.setMinimumSize(*(side // 2 for side in _PREVIEW))
        self.preview.setAccessibleName(_("Preview of the projector"))
        self._state = parts.pill("")
        self._state.setObjectName("projectorState")
        self._blank = self._key_button(_("Black (B)"), self._toggle_blank, "blank", checkable=True)
        self._freeze = self._key_button(_("Freeze (F)"), self._toggle_freeze, "freeze", checkable=True)
        self._before = self._key_button(_("← Previous"), self.hall.board.previous_page, "before")
        self._after = self._key_button(_("Next →"), self.hall.board.next_page, "after")
        frame = QWidget()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(parts.row(parts.heading(_("The hall sees")), self._state, None))
        layout.addWidget(self.preview, 1)
        layout.addLayout(parts.row(self._before, self._after, None, self._freeze, self._blank))
        return frame

    def _key_button(self, text: str, slot: parts.Slot, name: str, *, checkable: bool = False) -> QPushButton:
        made = parts.button(text, slot, name=name)
        made.setCheckable(checkable)
        return made

    def _fill_divisions(self) -> None:
        self._filling = True
        released = self.hall.board.released
        plan = plan_queries.current_plan(self.desk.store)
        current = self.divisions.currentRow()
        self.divisions.clear()
        for division in plan.divisions:
            item = QListWidgetItem(f"{division.code}  {division.title}", self.divisions)
            item.setData(Qt.ItemDataRole.UserRole, division.code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = division.code in released
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.divisions.setCurrentRow(max(current, 0))
        self._filling = False
        self._release_ticked()

    def _tick_released(self) -> None:
        """Tick what is released: a ceremony took all of it back."""
        self._filling = True
        for row in range(self.divisions.count()):
            item = self.divisions.item(row)
            on = item.data(Qt.ItemDataRole.UserRole) in self.hall.board.released
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._filling = False

    def _on_ticked(self, _item: QListWidgetItem) -> None:
        if not self._filling:
            self._release_ticked()

    def _release_ticked(self) -> None:
        items = [self.divisions.item(row) for row in range(self.divisions.count())]
        codes = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
        if tuple(codes) != self.hall.board.released:
            self.hall.board.release(codes)
            self._purpose.setText(self.purpose())

    def _fill_screens(self) -> None:
        """All screens but the operator's; the choice stays while its screen is there."""
        kept = self.screens.currentData()
        self.screens.clear()
        self.screens.addItem(_("A small window on this screen"), None)
        free = screens.projector_screens(self.window())
        for screen in free:
            self.screens.addItem(screens.label(screen), screens.identity(screen))
        chosen = screens.choose_projector_screen(kept or self.desk.settings.projector_screen, self.window())
        small = self._wants_small and kept is None
        index = 0 if small or chosen is None else self.screens.findData(screens.identity(chosen))
        self.screens.setCurrentIndex(index)
        self._notice.setText(
            "" if free else _("No second screen is connected. Connect the projector and extend the desktop.")
        )

    def _on_screens(self, _screen: QScreen) -> None:
        self._fill_screens()

    def _screen(self) -> QScreen | None:
        wanted = self.screens.currentData()
        return screens.find(wanted) if wanted else None

    def _on_screen_chosen(self, _index: int) -> None:
        self._wants_small = self.screens.currentData() is None
        if not self._wants_small:
            self.desk.settings.projector_screen = self.screens.currentData()
        if self.hall.is_open:
            self.hall.open_on(self._screen(), self)

    def _toggle_window(self) -> None:
        if self.hall.is_open:
            self.hall.close_window()
        else:
            self.hall.open_on(self._screen(), self)

    def _on_key(self) -> None:
        shortcut = self.sender()
        assert isinstance(shortcut, QShortcut)
        self.hall.press(shortcut.key()[0].key())

    def _toggle_blank(self) -> None:
        self.hall.set_blank(not self.hall.blank)

    def _toggle_freeze(self) -> None:
        self.hall.board.set_frozen(not self.hall.board.frozen)

    def _show_state(self) -> None:
        visible, ceremony = self.hall.is_open, self.hall.ceremony is not None
        self._toggle.setText(_("Hide from the projector") if visible else _("Show on the projector"))
        self._blank.setChecked(self.hall.blank)
        self._freeze.setChecked(self.hall.board.frozen)
        if not visible:
            text, tone = _("– projector off"), "muted"
        elif self.hall.blank:
            text, tone = _("▲ black"), "attention"
        elif ceremony:
            text, tone = _("● live: draw ceremony"), "wrong"
        elif self.hall.board.frozen:
            text, tone = _("▲ frozen"), "attention"
        else:
            text, tone = _("● live"), "wrong"
        self._state.setText(text)
        parts.set_tone(self._state, tone)
        self._busy.setVisible(ceremony)
        for widget in (self.divisions, self._freeze, self._before, self._after):
            widget.setEnabled(not ceremony)
        if self._ceremony_seen != ceremony:
            self._ceremony_seen = ceremony
            self._tick_released()
            self._purpose.setText(self.purpose())

    def _go_to_draws(self) -> None:
        self.desk.go("draws")

    def _go_to_setup(self) -> None:
        self.desk.go("setup")
