"""The pool as a table: whom it shows, in which order, and what can be done with those chosen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from data.i18n import _
from data.queries.roster import PersonRow
from data.queries.staff import ORDERS
from data.rules.plan import Division
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.choice import Choice
from ui.widgets.table import Filter, Table


class StaffTable(Table):
    """Everyone of the pool, of all units or one; `tools` stands beside the tabs.

    Signals: edit_wanted(row), remove_wanted(rows), unit_wanted(name of a unit), order_changed(one of ORDERS).
    """

    edit_wanted = Signal(object)
    remove_wanted = Signal(object)
    unit_wanted = Signal(str)
    order_changed = Signal(str)

    def __init__(self, divisions: Sequence[Division], settings: Settings) -> None:
        self._people: Sequence[PersonRow] = ()
        self._texts: Mapping[int, str] | None = None
        self._places: Mapping[int, int] = {}
        filters = [
            Filter(division.title, _of_division(division.code))
            for division in divisions
            if division.entry == "individual"
        ]
        super().__init__("staff", staff_columns(self._place), settings, filters=filters, key=_person_id)
        self.units = Choice()
        self.units.setObjectName("unitFilter")
        self.units.setAccessibleName(_("Unit"))
        self.units.setMaximumWidth(200)
        self.units.currentIndexChanged.connect(self._on_unit)
        self.order = QComboBox()
        self.order.setObjectName("staffOrder")
        self.order.setAccessibleName(_("Order"))
        self.order.setMaximumWidth(200)
        for name in ORDERS:
            self.order.addItem(_order_words(name), name)
        self.order.setCurrentIndex(max(0, self.order.findData(settings.roster_order)))
        self.order.currentIndexChanged.connect(self._on_order)
        self._open_unit = parts.button(_("Unit page"), self._on_unit_page, name="openUnit")
        self._edit = parts.button(_("Change…"), self._on_edit, name="editPerson")
        self._remove = parts.button(_("Remove…"), self._on_remove, name="removePeople")
        self.tools = QWidget()
        self.tools.setLayout(parts.row(self.order, self.units, self._open_unit, self._edit, self._remove))
        self.tools.layout().setContentsMargins(0, 0, 0, 4)
        self.opened.connect(self.edit_wanted)

    def show_people(
        self, people: Sequence[PersonRow], places: Mapping[int, int], texts: Mapping[int, str] | None
    ) -> None:
        """Show this snapshot. places: of each person's name among all, by id; texts: see RowsModel.set_rows."""
        self._people, self._places, self._texts = people, places, texts
        self._show_unit()

    def offer_units(self, names: Sequence[str]) -> None:
        """The units to choose from; the one that is chosen stays so if it is still there."""
        self.units.offer([("", _("All units")), *((name, name) for name in names)])

    def show_person(self, person_id: int) -> bool:
        """Bring a person into sight, whatever was searched; returns whether the person is on the roster."""
        self.units.setCurrentIndex(0)
        self.set_search("")
        for made in self._filters:
            self.set_filter(made.text, on=False)
        return self.choose(person_id)

    def _place(self, row: PersonRow) -> int:
        return self._places.get(row.id, 0)

    def _show_unit(self) -> None:
        unit = self.units.currentData()
        self.set_rows([row for row in self._people if not unit or row.unit == unit], self._texts)

    def _on_unit(self) -> None:
        self._show_unit()

    def _on_order(self) -> None:
        self._settings.roster_order = self.order.currentData()
        self.order_changed.emit(self.order.currentData())

    def _on_unit_page(self) -> None:
        row = self.current()
        if self.units.currentIndex() > 0:
            self.unit_wanted.emit(self.units.currentText())
        elif row is not None:
            self.unit_wanted.emit(row.unit)

    def _on_edit(self) -> None:
        if self.current() is not None:
            self.edit_wanted.emit(self.current())

    def _on_remove(self) -> None:
        if self.selected():
            self.remove_wanted.emit(self.selected())


def _person_id(row: PersonRow) -> int:
    return row.id


def _of_division(code: str) -> Any:
    def accepts(row: PersonRow) -> bool:
        return row.division_code == code

    return accepts


def _order_words(order: str) -> str:
    words = {
        "imported": _("Order: as imported"),
        "pinyin": _("Order: pinyin"),
        "strokes": _("Order: strokes"),
    }
    return words[order]


def staff_columns(place: Callable[[PersonRow], Any] | None = None) -> list[Column]:
    """What a table tells of each person. place: of the name among all names, for a click on that column."""

    def year(row: PersonRow) -> str:
        return str(row.last_year or "")

    def state(row: PersonRow) -> str:
        if row.entrant_id is not None:
            return _("drawn")
        return _("without a draw") if row.seeded else ""

    return [
        Column(_("Name"), lambda row: row.name, sort=place, width=100, bold=True),
        Column(_("Unit"), lambda row: row.unit, width=132),
        Column(_("Division"), lambda row: row.division_title, width=106),
        Column(_("Sex"), lambda row: row.sex, width=54),
        Column(_("ID number"), lambda row: row.id_masked, width=156),
        Column(
            _("Last competed"),
            year,
            sort=lambda row: row.last_year,
            width=110,
            right=True,
            tone=lambda row: "attention" if row.recent else "",
            tip=_year_tip,
        ),
        Column(_("Draw"), state, width=72, tone=lambda row: "done" if row.entrant_id is not None else "muted"),
        Column(_("Title"), lambda row: row.title, width=68),
        Column(_("Department"), lambda row: row.department, width=92),
        Column(_("Phone"), lambda row: row.phone, width=0),
    ]


def _year_tip(row: PersonRow) -> str:
    return _("competed so lately that the draw takes others first") if row.recent else ""
