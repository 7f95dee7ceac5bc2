"""Greps everything that the program says for the names that a blind event seals: widgets, papers, files, lines.

A text leaks when it has the name, the ID number or the phone of anybody of the pool; and when it puts the contestant
number of somebody beside a unit, in one line, one row of a table, or one row of a query.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QMenu,
    QPlainTextEdit,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from data import models
from data.store import Store
from tests.printing import reading

_TEXTS = (
    "text",
    "title",
    "windowTitle",
    "toolTip",
    "statusTip",
    "whatsThis",
    "accessibleName",
    "accessibleDescription",
    "placeholderText",
    "objectName",
)
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.EditRole)
_NO_PARENT = QModelIndex()
_CODED_PAGES = 3  # of a paper whose codes are read; those on the others are made alike, and reading takes long


@dataclass(frozen=True)
class Secrets:
    """What nobody may read. numbers and units: only both together are a leak."""

    people: re.Pattern[str]
    numbers: re.Pattern[str]
    units: re.Pattern[str]

    def leaks(self, texts: Iterable[str]) -> list[str]:
        """Each text, or line of a text, that tells who somebody is."""
        found = {}
        for text in texts:
            for line in text.splitlines():
                if self.people.search(line) or (self.numbers.search(line) and self.units.search(line)):
                    found[line[:200]] = None
        return list(found)

    def named(self, texts: Iterable[str]) -> set[str]:
        """The people whom the texts name."""
        return {name for text in texts for name in self.people.findall(text)}


def secrets_of(store: Store, *, public: Iterable[str] = ()) -> Secrets:
    """The secrets of an event. public: names that anybody may read, such as those of judges."""
    with store.read():
        people = list(models.Person.select())
        names = {person.name for person in people} - set(public)
        assert len(names) > 40
        own = {text for person in people for text in (person.id_number, person.phone) if text}
        numbers = [row.number for row in models.Entrant.select().where(models.Entrant.number.is_null(False))]
        units = {text for unit in models.Unit.select() for text in (unit.name, unit.short) if text}
    # The list of a selection draw has ids that begin like contestant numbers, such as N-01-0007.
    alone = re.compile(rf"(?<![\w-])(?:{_any_of(numbers)})(?![\w-])", re.ASCII)
    return Secrets(re.compile(_any_of(names | own)), alone, re.compile(_any_of(units)))


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


def widget_texts() -> Iterator[str]:
    """Whatever any widget of the open windows shows, would show when asked, or holds to paint: hidden ones too."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            yield from texts_in(window)


def texts_in(whole: QWidget) -> Iterator[str]:
    """What a widget and all widgets in it show, would show, or hold to paint."""
    for widget in (whole, *whole.findChildren(QWidget)):
        yield from _texts_of(widget)


def _texts_of(widget: QWidget) -> Iterator[str]:
    for name in _TEXTS:
        ask = getattr(widget, name, None)
        said = ask() if callable(ask) and not isinstance(widget, QAbstractItemView) else None
        if isinstance(said, str):
            yield said
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QTabWidget):
        yield from (widget.tabText(place) for place in range(widget.count()))
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        yield widget.toPlainText()
    if isinstance(widget, QMenu):
        yield from (text for action in widget.actions() for text in (action.text(), action.toolTip()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _model_texts(widget.model())
    for value in getattr(widget, "__dict__", {}).values():  # what it paints itself, such as slides and charts
        yield from plain_texts(value)


def _model_texts(model: QAbstractItemModel, parent: QModelIndex = _NO_PARENT) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        cells = [model.index(row, column, parent) for column in range(columns)]
        for role in _ROLES:
            yield "  ".join(str(text) for cell in cells if (text := model.data(cell, role)) is not None)
        yield from _model_texts(model, cells[0]) if cells and model.rowCount(cells[0]) else ()


def plain_texts(value: Any) -> Iterator[str]:
    """The texts in a value of plain rows: those of one row in one line."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, field.name, None) for field in fields(value)]
        yield "  ".join(part for part in parts if isinstance(part, str))
        for part in parts:
            if not isinstance(part, str):
                yield from plain_texts(part)
    elif isinstance(value, Mapping):
        for part in (*value.keys(), *value.values()):
            yield from plain_texts(part)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from plain_texts(part)


def file_texts(folder: Path) -> Iterator[str]:
    """The names of all files of a folder, their texts, and the texts and codes of PDF pages."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        yield path.name
        content = path.read_bytes()
        if path.suffix != ".pdf":
            yield content.decode("utf-8", errors="replace")
            continue
        for page, text in enumerate(reading.texts(content)):
            yield text
            if page < _CODED_PAGES:
                yield from reading.codes(content, page)
