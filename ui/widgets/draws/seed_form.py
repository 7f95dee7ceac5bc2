"""Where the seed of a draw is typed in public: a line for each witness, and the key that comes of it, large."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from data.i18n import _
from data.queries import draw_words
from data.rules import draw
from data.rules.draw_record import MIN_WITNESSES
from ui.widgets import parts

_MOST = 6
_LARGE = "font-size: 22px;"  # typed in public: readable from the first rows
_FIELD = _LARGE + "min-height: 28px;"


class SeedForm(QWidget):
    """Lines of seed part and witness. changed: something was typed; entered: Enter in the last line."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("seedForm")
        self._parts: list[QLineEdit] = []
        self._witnesses: list[QLineEdit] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 1)
        self._grid.addWidget(parts.heading(_("Seed, typed in front of everyone")), 0, 0, 1, 2)
        self._grid.addWidget(parts.muted(_("Witness who gives it")), 0, 2)
        layout.addLayout(self._grid)
        self._add = parts.link_button(_("Another part"), self.add_line, name="addPart")
        self._key = parts.label("", selectable=True, wrap=True)
        self._key.setObjectName("key")
        key = parts.row(parts.muted(_("Key")), self._key, self._add, spacing=12)
        key.setStretch(1, 1)
        layout.addLayout(key)
        for _line in range(MIN_WITNESSES):
            self.add_line()
        self.setFocusProxy(self._parts[0])

    def seed_parts(self) -> list[str]:
        """The parts as typed; lines that are wholly empty beyond the first two are left out."""
        return [part for part, _witness in self._lines()]

    def witnesses(self) -> list[str]:
        """The witnesses, in the order of their parts."""
        return [witness for _part, witness in self._lines()]

    def is_complete(self) -> bool:
        """Whether the seed can be used and two different witnesses are named."""
        named = {name.strip() for name in self.witnesses() if name.strip()}
        return self._problem() is None and len(named) >= MIN_WITNESSES

    def is_begun(self) -> bool:
        """Whether anything was typed."""
        return any(field.text().strip() for field in (*self._parts, *self._witnesses))

    def key(self) -> str:
        """The key of the seed as typed, empty while it cannot be used."""
        return draw.canonical_key(self.seed_parts()) if self._problem() is None else ""

    def wanted(self) -> str:
        """What is still wanted of the seed, or wrong with it; empty when it can be used."""
        problem = self._problem()
        if problem is not None:
            error = draw_words.seed_error(problem)
            return f"{error.where}: {error.what}" if error.where else error.what
        return "" if self.is_complete() else _("Two different witnesses must be named.")

    def add_line(self) -> None:
        """Room for one more part."""
        number = len(self._parts) + 1
        part, witness = QLineEdit(), QLineEdit()
        part.setObjectName(f"part{number}")
        part.setAccessibleName(_("Part {number}").format(number=number))
        part.setPlaceholderText(_("Numbers drawn, dice, or a sentence"))
        witness.setObjectName(f"witness{number}")
        witness.setAccessibleName(_("Witness {number}").format(number=number))
        for field in (part, witness):
            field.setStyleSheet(_FIELD)
            field.textChanged.connect(self._on_typed)
            field.returnPressed.connect(self._on_enter)
        self._grid.addWidget(parts.label(_("Part {number}").format(number=number)), number, 0)
        self._grid.addWidget(part, number, 1)
        self._grid.addWidget(witness, number, 2)
        self._parts.append(part)
        self._witnesses.append(witness)
        self._add.setVisible(number < _MOST)
        if number > MIN_WITNESSES:
            part.setFocus()
        self._on_typed()

    def clear(self) -> None:
        """Empty every line."""
        for field in (*self._parts, *self._witnesses):
            field.clear()

    def _lines(self) -> list[tuple[str, str]]:
        typed = [(part.text(), witness.text()) for part, witness in zip(self._parts, self._witnesses, strict=True)]
        return [
            line for number, line in enumerate(typed) if number < MIN_WITNESSES or line[0].strip() or line[1].strip()
        ]

    def _problem(self) -> draw.SeedProblem | None:
        try:
            draw.canonical_key(self.seed_parts())
        except draw.SeedProblem as problem:
            return problem
        return None

    def _on_typed(self) -> None:
        problem = self._problem()
        if problem is None:
            text, tone = draw.canonical_key(self.seed_parts()), ""
        elif problem.code == "slash":
            error = draw_words.seed_error(problem)
            text, tone = f"{error.where}: {error.what}", "wrong"
        else:
            text, tone = "".join(draw.canonical_part(part) for part in self.seed_parts() if part.strip()), "muted"
        self._key.setText(text or "…")
        self._key.setStyleSheet(_LARGE if tone != "wrong" else "")
        parts.set_tone(self._key, tone)
        self.changed.emit()

    def _on_enter(self) -> None:
        fields = [field for pair in zip(self._parts, self._witnesses, strict=True) for field in pair]
        place = fields.index(self.sender())
        following = next((field for field in fields[place + 1 :] if not field.text().strip()), None)
        if following is not None:
            following.setFocus()
        elif self.is_complete():
            self.entered.emit()
