"""What the setup page shows while the event has no plan: the ways to begin one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from data.i18n import _
from data.queries.templates import Template, templates
from ui.widgets import parts

_WIDEST = 960


class SetupStart(QWidget):
    """Cards for the built-in templates, a plan workbook, and an empty plan.

    Signals: template(Template), workbook(), blank().
    """

    template = Signal(object)
    workbook = Signal()
    blank = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._templates = {made.key: made for made in templates()}
        content = QWidget()
        content.setMaximumWidth(_WIDEST)
        layout = QVBoxLayout(content)
        layout.setSpacing(16)
        layout.addStretch(1)
        layout.addWidget(parts.heading(_("This event has no plan yet. How do you want to begin?")))
        cards = QHBoxLayout()
        cards.setSpacing(16)
        for made in self._templates.values():
            cards.addWidget(self._card(made), 1)
        layout.addLayout(cards)
        layout.addWidget(
            parts.card(
                parts.heading(_("From a plan workbook")),
                _words(_("A workbook 赛事方案.xlsx that was filled in or exported before.")),
                parts.row(
                    parts.primary_button(_("Import plan workbook…"), self.workbook.emit, name="startWorkbook"), None
                ),
            )
        )
        layout.addWidget(
            parts.card(
                parts.heading(_("By hand")),
                _words(_("An empty plan, filled in here table by table.")),
                parts.row(parts.button(_("Start with an empty plan"), self.blank.emit, name="startBlank"), None),
            )
        )
        layout.addStretch(2)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(content, 8)
        outer.addStretch(1)

    def _card(self, made: Template) -> QFrame:
        use = parts.button(_("Use this template"), self._on_template, name=f"template:{made.key}")
        use.setProperty("template", made.key)
        kind = parts.label(_("Template"), "small")
        card = parts.card(kind, parts.heading(made.title), _words(made.detail), parts.row(use, None))
        layout = card.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertStretch(layout.count() - 1, 1)
        return card

    def _on_template(self) -> None:
        self.template.emit(self._templates[self.sender().property("template")])


def _words(text: str) -> QLabel:
    return parts.muted(text, wrap=True)
