"""What a notice says around its table, and for which days it hangs out."""

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from data import work_calendar
from data.i18n import _, ngettext
from data.queries.notice import Proposal, workdays_in
from data.queries.results import Frozen
from data.rules.workdays import Period, last_day
from printing import notice
from printing.notice import NoticeWords
from ui.widgets import parts

_BASIS_HEIGHT = 96


class NoticeWordsView(QWidget):
    """Moving the first day moves the last one along, over as many working days as the plan asks for; the last day can
    be set to any other. Signal changed: a text or a day is another."""

    changed = Signal()

    def __init__(self, content: Frozen, proposal: Proposal, today: date) -> None:
        super().__init__()
        self._days = proposal.days
        self._today = today
        self.heading = _line("noticeTitle", notice.usual_title(content))
        self.basis = QPlainTextEdit(notice.usual_basis(content))
        self.basis.setObjectName("noticeBasis")
        self.basis.setFixedHeight(_BASIS_HEIGHT)
        self.basis.setTabChangesFocus(True)
        self.contact = _line("noticeContact", proposal.contact)
        self.phone = _line("noticePhone", proposal.phone)
        self.starts = _day("noticeStarts", _("First day"), proposal.period.starts)
        self.ends = _day("noticeEnds", _("Last day"), proposal.period.ends)
        self.told = parts.label("", wrap=True)
        self.told.setObjectName("noticeDays")
        self.starts.dateChanged.connect(self._on_first_day)
        self.ends.dateChanged.connect(self._on_changed)
        for line in (self.heading, self.contact, self.phone, self.basis):
            line.textChanged.connect(self._on_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        for title, field in ((_("Title of the notice"), self.heading), (_("Basis"), self.basis)):
            self._add(layout, title, field)
        days = parts.row(self.starts, parts.label("–"), self.ends, None)
        layout.addWidget(parts.label(_("Period of the notice"), "subheading"))
        layout.addLayout(days)
        layout.addWidget(self.told)
        for title, field in ((_("Contact"), self.contact), (_("Phone"), self.phone)):
            self._add(layout, title, field)
        layout.addStretch(1)
        self._tell()

    @staticmethod
    def _add(layout: QVBoxLayout, title: str, field: QWidget) -> None:
        name = parts.label(title, "subheading")
        name.setBuddy(field)
        field.setAccessibleName(title)
        layout.addWidget(name)
        layout.addWidget(field)

    @property
    def is_right(self) -> bool:
        """Whether a notice can be made of it."""
        period = self.period
        return period.starts <= period.ends and bool(self.heading.text().strip())

    @property
    def period(self) -> Period:
        return Period(_date(self.starts), _date(self.ends))

    def words(self) -> NoticeWords:
        """What is typed now."""
        return NoticeWords(
            self.heading.text().strip(),
            " ".join(self.basis.toPlainText().split()),
            self.period,
            self.contact.text().strip(),
            self.phone.text().strip(),
            self._today,
        )

    def _on_first_day(self) -> None:
        ends = last_day(_date(self.starts), self._days, work_calendar.is_workday)
        self.ends.setDate(QDate(ends.year, ends.month, ends.day))
        self._on_changed()

    def _on_changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """How many working days it is, and what is not known of them."""
        period = self.period
        if period.ends < period.starts:
            parts.set_tone(self.told, "wrong")
            self.told.setText("✕ " + _("The last day is before the first."))
            return
        days, unknown = workdays_in(period)
        told = [ngettext("{n} working day", "{n} working days", days).format(n=days)]
        if days != self._days:
            told.append(_("the plan asks for {n}").format(n=self._days))
        if unknown:
            told.append(
                _("The holidays of {years} are not known yet: only weekends were left out. Check the last day.").format(
                    years=_(", ").join(map(str, unknown))
                )
            )
        parts.set_tone(self.told, "attention" if len(told) > 1 else "muted")
        self.told.setText(("▲ " if len(told) > 1 else "") + _("; ").join(told))


def _line(name: str, text: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setObjectName(name)
    made.setCursorPosition(0)
    return made


def _day(name: str, title: str, day: date) -> QDateEdit:
    made = QDateEdit(QDate(day.year, day.month, day.day))
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setCalendarPopup(True)
    made.setDisplayFormat("yyyy-MM-dd")
    return made


def _date(field: QDateEdit) -> date:
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
