"""One unit: whom it registered, who was drawn, the reserves in order, earlier years, and how much the years cover."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries import units
from data.queries.units import UnitDivision, UnitPerson, UnitSummary
from data.rules.decimals import half_up
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.ring import Ring
from ui.widgets.table import Filter, Table

_YEARS_SHOWN = 6


class UnitView(QWidget):
    """Shows a UnitSummary. Signals: back_wanted; unit_wanted(name of another unit); person_wanted(PersonRow)."""

    back_wanted = Signal()
    unit_wanted = Signal(str)
    person_wanted = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("unitView")
        self._before = self._after = ""
        self._name = parts.label("", "heading")
        self._name.setObjectName("unitName")
        self._category = parts.pill("")
        self._place = parts.muted()
        back = parts.button(_("← Back"), self._on_back, name="unitBack")
        self._previous = parts.button(_("Previous unit"), self._on_previous, name="unitPrevious")
        self._next = parts.button(_("Next unit"), self._on_next, name="unitNext")
        self._ring = Ring()
        self._covered = parts.label("", "subheading", wrap=True)
        self._covered.setObjectName("unitCovered")
        self._remaining = parts.muted("", wrap=True)
        self._remaining.setObjectName("unitRemaining")
        self._years = parts.muted("", wrap=True)
        self._years.setObjectName("unitYears")
        self._cards = QHBoxLayout()
        self._cards.setSpacing(12)
        self._notes = QVBoxLayout()
        filters = [Filter(part_words(part), _in_part(part)) for part in units.PARTS]
        self.table = Table("unitPeople", unit_columns(), settings, filters=filters, key=_person_id)
        self.table.opened.connect(self._on_opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(
            parts.row(back, self._name, self._category, None, self._place, self._previous, self._next, spacing=12)
        )
        coverage = parts.card(
            parts.row(self._ring, parts.column(self._covered, self._remaining, self._years, spacing=2), spacing=16),
            margin=12,
        )
        coverage.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(coverage, 1)
        both.addLayout(self._cards, 1)
        layout.addLayout(both)
        layout.addLayout(self._notes)
        layout.addWidget(self.table, 1)

    def show_unit(
        self, summary: UnitSummary, place: int, names: list[str], texts: Mapping[int, str] | None = None
    ) -> None:
        """Show this unit, the one at `place` (from 0) of all names. texts: of `unit_people`, see RowsModel.set_rows."""
        self._before = names[place - 1] if place else ""
        self._after = names[place + 1] if place + 1 < len(names) else ""
        self._previous.setEnabled(bool(self._before))
        self._next.setEnabled(bool(self._after))
        self._place.setText(_("{n} of {all}").format(n=place + 1, all=len(names)))
        self._name.setText(summary.unit.name)
        self._category.setText(summary.unit.category)
        self._show_coverage(summary)
        parts.clear(self._cards)
        for division in summary.divisions:
            self._cards.addWidget(_division_card(division), 1)
        self.table.set_rows(unit_people(summary), texts)

    def _show_coverage(self, summary: UnitSummary) -> None:
        self._ring.show_share(summary.covered, summary.staff)
        if summary.covered_milli is None:
            self._covered.setText(_("Nobody of this unit is registered."))
            self._remaining.setText("")
        else:
            self._covered.setText(_coverage_words(summary))
            self._remaining.setText(
                _("{before} competed before, {now} compete now for the first time, {remain} remain.").format(
                    before=summary.before, now=summary.selected, remain=summary.remaining
                )
            )
        shown = [_("{year}: {n}").format(year=year, n=count) for year, count in summary.history[:_YEARS_SHOWN]]
        told = _("Competed in earlier years: {years}").format(years=_(", ").join(shown))
        self._years.setText(told if shown else _("No earlier years are known of this unit."))

    def _on_back(self) -> None:
        self.back_wanted.emit()

    def _on_previous(self) -> None:
        self.unit_wanted.emit(self._before)

    def _on_next(self) -> None:
        self.unit_wanted.emit(self._after)

    def _on_opened(self, one: UnitPerson) -> None:
        self.person_wanted.emit(one.person)


def unit_people(summary: UnitSummary | None) -> list[UnitPerson]:
    """Everyone of a unit, division by division."""
    return [] if summary is None else [one for division in summary.divisions for one in division.people]


def part_words(part: str) -> str:
    """What a person is in this event, as the chips say it."""
    words = {
        units.COMPETES: _("Competes"),
        units.RESERVE: _("Reserve"),
        units.REPLACED: _("Replaced"),
        units.RECENT: _("Competed lately"),
        units.REMAINS: _("Not yet competed"),
    }
    return words[part]


def _coverage_words(summary: UnitSummary) -> str:
    share = half_up(Fraction(summary.covered_milli or 0, 1000), 1)
    if not summary.years:
        return ngettext(
            "{share} per cent of {n} person compete; the event counts no earlier years.",
            "{share} per cent of {n} people compete; the event counts no earlier years.",
            summary.staff,
        ).format(share=share, n=summary.staff)
    words = ngettext(
        "{share} per cent of {n} person are covered by the last {years} years and this event.",
        "{share} per cent of {n} people are covered by the last {years} years and this event.",
        summary.staff,
    )
    return words.format(share=share, n=summary.staff, years=summary.years)


def _division_card(division: UnitDivision) -> QWidget:
    drawn = parts.label(f"{division.drawn} / {division.places}", "score")
    lines = [
        parts.label(division.title, "subheading"),
        parts.row(drawn, parts.muted(_("drawn / places")), None),
        parts.muted(_("{n} registered").format(n=division.registered)),
    ]
    more = []
    if division.reserves:
        more.append(ngettext("{n} reserve", "{n} reserves", division.reserves).format(n=division.reserves))
    if division.seeded:
        more.append(_("{n} without a draw").format(n=division.seeded))
    if more:
        lines.append(parts.muted(" · ".join(more)))
    card = parts.card(*lines, margin=12, spacing=2)
    card.layout().addStretch(1)
    return card


def _person_id(one: UnitPerson) -> int:
    return one.person.id


def _in_part(part: str) -> Callable[[UnitPerson], bool]:
    def accepts(one: UnitPerson) -> bool:
        return one.part == part

    return accepts


def _state(one: UnitPerson) -> str:
    words = part_words(one.part)
    if one.part == units.COMPETES and one.number:
        words = f"{words} · {one.number}"
    if one.reserve is not None:
        place = _("reserve {n}").format(n=one.reserve)
        words = place if one.part == units.RESERVE else f"{words} ({place})"
    return words


def _state_order(one: UnitPerson) -> tuple[int, int]:
    return units.PARTS.index(one.part), one.reserve or 0


def _tone(one: UnitPerson) -> str:
    return {units.COMPETES: "done", units.RESERVE: "info", units.RECENT: "attention"}.get(one.part, "muted")


def unit_columns() -> list[Column]:
    """The columns of a table of UnitPersons."""
    return [
        Column(_("Name"), lambda one: one.person.name, width=120, bold=True),
        Column(_("Division"), lambda one: one.person.division_title, width=110),
        Column(_("In this event"), _state, sort=_state_order, width=150, tone=_tone),
        Column(
            _("Last competed"),
            lambda one: str(one.person.last_year or ""),
            sort=lambda one: one.person.last_year,
            width=108,
            right=True,
        ),
        Column(_("Sex"), lambda one: one.person.sex, width=54),
        Column(_("ID number"), lambda one: one.person.id_masked, width=168),
        Column(_("Title"), lambda one: one.person.title, width=76),
        Column(_("Department"), lambda one: one.person.department, width=100),
        Column(_("Phone"), lambda one: one.person.phone, width=0),
    ]
