"""Drives the ceremony of a draw on the projector: a preview of exactly what the hall sees, stages, speed, black."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QFrame, QPushButton, QWidget

from data.i18n import _
from ui import screens
from ui.desk import Desk
from ui.projector.ceremony import DRAW, LIST, RESULT, SEED, STAGES, Ceremony
from ui.projector.ceremony_show import FAST, NORMAL, SLOW, SPEEDS, CeremonyShow
from ui.projector.hall import Hall, hall_of
from ui.projector.slide_view import SlideView
from ui.widgets import parts
from ui.widgets.draws.seed_form import SeedForm

_WIDTH = 328
_PICTURE = (304, 171)
_KEYS = (
    Qt.Key.Key_Right,
    Qt.Key.Key_Left,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_Space,
    Qt.Key.Key_S,
    Qt.Key.Key_P,
    Qt.Key.Key_B,
    Qt.Key.Key_1,
    Qt.Key.Key_2,
    Qt.Key.Key_3,
)


class CeremonyPanel(QFrame):
    """Hidden until `begin`. Its keys work wherever on `page` the focus is, but in a field; the space bar presses a
    button that has the focus."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__()
        self.setObjectName("ceremony")
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(_WIDTH)
        self._desk = desk
        self._page = page
        self.hall: Hall = hall_of(desk)
        self._build()
        self._to_front = QTimer(self)  # the page is disabled until its task has wholly ended
        self._to_front.setSingleShot(True)
        self._to_front.timeout.connect(self.setFocus)
        desk.closing.connect(self._to_front.stop)
        self._shortcuts = [QShortcut(QKeySequence(key), page) for key in _KEYS]
        for shortcut in self._shortcuts:
            shortcut.activated.connect(self._on_key)
        self.hall.slide_changed.connect(self.preview.show_slide)
        self.hall.state_changed.connect(self.show_state)
        self.show_state()

    @property
    def show_(self) -> CeremonyShow | None:
        """The ceremony that is on, or None."""
        return self.hall.ceremony

    def draw_id(self) -> int | None:
        """The draw whose ceremony is on."""
        return None if self.show_ is None else self.show_.ceremony.draw_id

    def begin(self, ceremony: Ceremony) -> None:
        """Show a ceremony from its beginning, on the projector's screen if there is one."""
        self.hall.begin(ceremony)
        if not self.hall.is_open:
            self._open()
        self._to_front.start(0)

    def take(self, ceremony: Ceremony) -> None:
        """The draw of the ceremony that is on was made: go on with it."""
        if self.show_ is not None and self.draw_id() == ceremony.draw_id:
            self.show_.take(ceremony)
            self.show_.go(RESULT if ceremony.sealed else DRAW)
            self._to_front.start(0)

    def show_seed(self, form: SeedForm) -> None:
        """The seed as it is typed."""
        if self.show_ is not None and not self.show_.ceremony.is_drawn:
            if form.is_begun() and self.show_.stage == LIST:
                self.show_.go(SEED)
            note = form.wanted() if form.is_begun() else ""
            self.show_.show_seed(form.seed_parts(), form.witnesses(), form.key(), note)

    def end(self) -> None:
        """Leave the ceremony; the hall sees the title of the event."""
        self.hall.end()

    def show_state(self) -> None:
        """Show where the ceremony is."""
        show = self.show_
        if show is None and self.isVisible() and self.hasFocus():
            self._page.setFocus()  # else Qt would give it to the first button of the window
        self.setVisible(show is not None)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(show is not None)
        if show is None:
            return
        self.preview.show_slide(self.hall.slide)
        self._title.setText(show.ceremony.title)
        self._show_pill()
        for stage, button in self._stages.items():
            button.setEnabled(stage in show.ceremony.stages)
            button.setChecked(stage == show.stage)
        for speed, button in self._speeds.items():
            button.setChecked(speed == show.speed)
        self._place.setText(f"{show.position} / {show.last}" if show.last else "")
        self._pause.setText(_("Pause (P)") if show.playing else _("Go on (P)"))
        self._next.setEnabled(show.can_go_on)
        self._skip.setEnabled(show.can_go_on)
        self._blank.setChecked(self.hall.blank)
        self._window.setText(_("Hide") if self.hall.is_open else _("Show"))

    def _show_pill(self) -> None:
        if not self.hall.is_open:
            text, tone = _("– projector off"), "muted"
        elif self.hall.blank:
            text, tone = _("▲ black"), "attention"
        else:
            text, tone = _("● live"), "wrong"
        self._pill.setText(text)
        parts.set_tone(self._pill, tone)

    def _build(self) -> None:
        self._title = parts.heading("")
        self._pill = parts.pill("")
        self._pill.setObjectName("ceremonyState")
        self.preview = SlideView()
        self.preview.setObjectName("ceremonyPreview")
        self.preview.setFixedSize(*_PICTURE)
        self.preview.setAccessibleName(_("Preview of the projector"))
        names = {LIST: _("List"), SEED: _("Seed"), DRAW: _("Draw"), RESULT: _("Result")}
        self._stages = {stage: self._choice(names[stage], f"stage:{stage}", self._on_stage) for stage in STAGES}
        self._exclusive(self._stages.values())
        words = {SLOW: _("Slow"), NORMAL: _("Normal"), FAST: _("Fast")}
        self._speeds = {speed: self._choice(words[speed], f"speed:{speed}", self._on_speed) for speed in SPEEDS}
        self._exclusive(self._speeds.values())
        self._back = self._button(_("← Step back"), self._on_back, "ceremonyBack")
        self._next = self._button(_("Forward →"), self._on_next, "ceremonyNext")
        parts.set_role(self._next, "primary")
        self._pause = self._button("", self._on_pause, "ceremonyPause")
        self._skip = self._button(_("Skip (S)"), self._on_skip, "ceremonySkip")
        self._blank = self._button(_("Black (B)"), self._on_blank, "ceremonyBlank")
        self._blank.setCheckable(True)
        self._window = self._button("", self._on_window, "ceremonyWindow")
        self._end = self._button(_("End the ceremony"), self.end, "ceremonyEnd")
        self._place = parts.muted()
        self._skip.setToolTip(_("To the end of this stage"))
        self._window.setToolTip(_("The window on the projector"))
        layout = parts.column(
            parts.row(self._title, self._place, None, self._pill),
            self.preview,
            parts.row(*self._stages.values(), spacing=4),
            parts.row(self._back, self._next),
            parts.row(self._pause, self._skip),
            parts.row(*self._speeds.values(), spacing=4),
            parts.row(self._blank, self._window, spacing=4),
            self._end,
            None,
            spacing=6,
        )
        layout.setContentsMargins(12, 8, 12, 8)
        self.setLayout(layout)

    def _button(self, text: str, slot: parts.Slot, name: str) -> QPushButton:
        """Pressed with the mouse; the keyboard has keys of its own, so that the focus stays where it is."""
        made = parts.button(text, slot, name=name)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _choice(self, text: str, name: str, slot: parts.Slot) -> QPushButton:
        made = self._button(text, slot, name)
        made.setProperty("role", "chip")
        made.setCheckable(True)
        return made

    def _exclusive(self, buttons: Iterable[QPushButton]) -> None:
        group = QButtonGroup(self)
        for button in buttons:
            group.addButton(button)

    def _open(self) -> None:
        screen = screens.choose_projector_screen(self._desk.settings.projector_screen, self.window())
        self.hall.open_on(screen, self._page)
        self.window().activateWindow()

    def _on_key(self) -> None:
        shortcut = self.sender()
        assert isinstance(shortcut, QShortcut)
        key = shortcut.key()[0].key()
        focus = QApplication.focusWidget()
        if key == Qt.Key.Key_Space and isinstance(focus, QAbstractButton):
            focus.click()
        else:
            self.hall.press(key)

    def _on_stage(self) -> None:
        if self.show_ is not None:
            self.show_.go(self.sender().objectName().partition(":")[2])

    def _on_speed(self) -> None:
        if self.show_ is not None:
            self.show_.set_speed(self.sender().objectName().partition(":")[2])

    def _on_back(self) -> None:
        self.hall.press(Qt.Key.Key_Left)

    def _on_next(self) -> None:
        self.hall.press(Qt.Key.Key_Right)

    def _on_pause(self) -> None:
        self.hall.press(Qt.Key.Key_P)

    def _on_skip(self) -> None:
        self.hall.press(Qt.Key.Key_S)

    def _on_blank(self) -> None:
        self.hall.press(Qt.Key.Key_B)

    def _on_window(self) -> None:
        if self.hall.is_open:
            self.hall.close_window()
        else:
            self._open()
