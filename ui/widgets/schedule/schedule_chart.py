"""The chart of the schedule page with what belongs beneath it: what is chosen, what the signs mean, pin and swap."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries import entrants as entrant_queries
from data.queries.schedule import SlotRow
from data.queries.schedule_draft import swapped
from data.rules.rotation_model import Slot
from ui import theme
from ui.widgets import parts
from ui.widgets.schedule import gantt_painting as painting
from ui.widgets.schedule import gantt_words
from ui.widgets.schedule.gantt_layout import BAR
from ui.widgets.schedule.gantt_view import GanttView


class ChartPanel(QWidget):
    """`gantt` is the chart itself."""

    def __init__(self) -> None:
        super().__init__()
        self.gantt = GanttView()
        self.gantt.setAccessibleName(_("The timetable as a chart"))
        self.gantt.chosen.connect(self.show_chosen)
        self.gantt.refused.connect(self._show_refusal)
        self.chosen = parts.muted("", wrap=True)
        self.chosen.setObjectName("chosenVisit")
        self.pin = parts.button(_("Pin (P)"), self.gantt.pin_chosen, role="chip", name="pin")
        self.swap = parts.button(_("Swap (S)"), self.gantt.swap_chosen, role="chip", name="swap")
        self.pin.setToolTip(_("Hold the chosen visit where it is when the day is planned anew, or let it go again"))
        self.swap.setToolTip(
            _("Choose one visit by a click and a second one by a click with Ctrl held; then they change places")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.gantt, 1)
        line = parts.row(self.chosen, self.pin, self.swap)
        line.setStretch(0, 1)
        layout.addLayout(line)
        layout.addWidget(Legend())
        self.show_chosen(None)

    def show_found(self, count: int) -> None:
        """How many entrants the search means."""
        self._say(ngettext("{n} entrant found", "{n} entrants found", count).format(n=count))

    def show_chosen(self, slot: SlotRow | None) -> None:
        """Say where the chosen visit is, and what the chosen two could do."""
        partner = self.gantt.partner
        self.pin.setEnabled(slot is not None)
        self.swap.setEnabled(slot is not None and partner is not None)
        if slot is None:
            self._say(_("Drag a visit to move it; drop it on another one to swap the two."))
            return
        look = self.gantt.look_of(slot)
        is_held = _("Let it go (P)") if look.is_pinned else _("Pin (P)")
        self.pin.setText(is_held)
        if partner is None:
            self._say(f"{_line(slot)} · {gantt_words.state(slot, look)}")
            return
        text = _("{first} ⇄ {second}") if swapped(_plain(slot), _plain(partner)) else _("{first} and {second}")
        self._say(text.format(first=_line(slot), second=_line(partner)))

    def _show_refusal(self, why: str) -> None:
        self._say("✕ " + why.replace("\n", " "), "wrong")

    def _say(self, text: str, tone: str = "") -> None:
        self.chosen.setText(text)
        parts.set_tone(self.chosen, tone)


class Legend(QWidget):
    """What the shapes and signs of the bars mean."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("legend")
        words = [text for _kind, text in self._entries()]
        self.setAccessibleName(", ".join(words))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(400, BAR + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors, x = theme.colors(), 0
        for look, text in self._entries():
            painter.setFont(theme.font(11))
            painting.paint_bar(painter, QRectF(x, 1, 30, BAR), look, ("", ""), self.devicePixelRatioF())
            painter.setFont(theme.font(12))
            painter.setPen(colors.muted)
            room = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QRectF(x + 36, 0, room + 2, BAR + 2), Qt.AlignmentFlag.AlignVCenter, text)
            x += 36 + room + 18

    def _entries(self) -> list[tuple[painting.Look, str]]:
        color = painting.STATION_COLORS[0]
        made = [(painting.Look(color, kind), text) for kind, text in painting.legend()]
        made.append((painting.Look(color, painting.COMING, is_pinned=True), _("pinned")))
        made.append((painting.Look(color, painting.COMING, is_changed=True), _("moved")))
        return made


def _line(slot: SlotRow) -> str:
    text = _("{who}: {station}, lane {lane}, {starts}–{ends}")
    place = gantt_words.times(slot)
    return text.format(
        who=entrant_queries.in_a_line(gantt_words.who(slot), slot.unit, between=_(", ")),
        station=f"{slot.station_code} {slot.station_name}",
        lane=slot.lane,
        starts=place[0],
        ends=place[1],
    )


def _plain(slot: SlotRow) -> Slot:
    return Slot(slot.entrant_id, slot.station_code, slot.lane, slot.starts_minute, slot.ends_minute)
