"""Projector: what the hall sees, released division by division, with a preview of exactly that."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QScreen, QShortcut
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from data.i18n import _
from data.queries import plan as plan_queries
from ui import screens
from ui.desk import Desk
from ui.pages.page import Page
from ui.projector.show import Show
from ui.projector.slide_view import SlideView
from ui.projector.window import ProjectorWindow
from ui.widgets import parts

_PREVIEW = (640, 360)


class ProjectorPage(Page):
    """The operator ticks the divisions that may be shown; nothing else ever is."""

    key = "projector"
    tables = frozenset({"event", "division"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.show_ = Show(desk, self)
        self._window: ProjectorWindow | None = None
        self._filling = False
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
        self.body.addWidget(self._content_area, 1)
        self.show_.slide_changed.connect(self.preview.show_slide)
        self.show_.state_changed.connect(self._show_state)
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
        if not self.show_.released:
            return _("Tick the divisions that may be shown. Until then the hall sees the name of the event only.")
        return _("The hall sees exactly what the preview shows. B: black, F: freeze, ← →: pages.")

    def why_it_stays(self) -> str:
        if self._window is not None and self._window.isVisible():
            return _("The hall would lose its picture. Hide it from the projector, then change the language.")
        return super().why_it_stays()

    def refresh(self) -> None:
        ready = plan_queries.is_set_up(self.desk.store)
        self._empty.setVisible(not ready)
        self._content_area.setVisible(ready)
        self._toggle.setVisible(ready)
        if ready:
            self._fill_divisions()
            self._fill_screens()
        self.show_.reread()

    def show_target(self, target: object) -> None:
        """target: the code of a division, which becomes the current line; releasing it stays a step of its own."""
        for row in range(self.divisions.count()):
            if self.divisions.item(row).data(Qt.ItemDataRole.UserRole) == target:
                self.divisions.setCurrentRow(row)

    def _build_shortcuts(self) -> None:
        """Keys that work wherever in the window the focus is, as long as this page is in sight."""
        for keys, slot in (
            ((Qt.Key.Key_B,), self._toggle_blank),
            ((Qt.Key.Key_F,), self._toggle_freeze),
            ((Qt.Key.Key_Right, Qt.Key.Key_PageDown), self.show_.next_page),
            ((Qt.Key.Key_Left, Qt.Key.Key_PageUp), self.show_.previous_page),
        ):
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.activated.connect(slot)

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
        before = self._key_button(_("← Previous"), self.show_.previous_page, "before")
        after = self._key_button(_("Next →"), self.show_.next_page, "after")
        frame = QWidget()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(parts.row(parts.heading(_("The hall sees")), self._state, None))
        layout.addWidget(self.preview, 1)
        layout.addLayout(parts.row(before, after, None, self._freeze, self._blank))
        return frame

    def _key_button(self, text: str, slot: parts.Slot, name: str, *, checkable: bool = False) -> QPushButton:
        made = parts.button(text, slot, name=name)
        made.setCheckable(checkable)
        return made

    def _fill_divisions(self) -> None:
        self._filling = True
        released = self.show_.released
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

    def _on_ticked(self, _item: QListWidgetItem) -> None:
        if not self._filling:
            self._release_ticked()

    def _release_ticked(self) -> None:
        items = [self.divisions.item(row) for row in range(self.divisions.count())]
        codes = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
        if tuple(codes) != self.show_.released:
            self.show_.release(codes)
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
        if self._window is not None and self._window.isVisible():
            self._window.open_on(self._screen())

    def _toggle_window(self) -> None:
        if self._window is not None and self._window.isVisible():
            self._window.close()
            return
        if self._window is None:
            self._window = ProjectorWindow(self.show_, self)
            self._window.visibility_changed.connect(self._show_state)
        self._window.open_on(self._screen())

    def _toggle_blank(self) -> None:
        self.show_.set_blank(not self.show_.blank)

    def _toggle_freeze(self) -> None:
        self.show_.set_frozen(not self.show_.frozen)

    def _show_state(self) -> None:
        visible = self._window is not None and self._window.isVisible()
        self._toggle.setText(_("Hide from the projector") if visible else _("Show on the projector"))
        self._blank.setChecked(self.show_.blank)
        self._freeze.setChecked(self.show_.frozen)
        if not visible:
            text, tone = _("– projector off"), "muted"
        elif self.show_.blank:
            text, tone = _("▲ black"), "attention"
        elif self.show_.frozen:
            text, tone = _("▲ frozen"), "attention"
        else:
            text, tone = _("● live"), "wrong"
        self._state.setText(text)
        parts.set_tone(self._state, tone)

    def _go_to_setup(self) -> None:
        self.desk.go("setup")
