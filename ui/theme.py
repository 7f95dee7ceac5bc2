"""Colours, spaces, fonts and the style sheet of the desk. Widgets that paint ask `colors()`."""

from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ui import icons

RESOURCES = Path(__file__).parent.parent / "resources"
INK = "#12355B"
TEAL = "#0E7C7B"
AMBER = "#B7791F"
RED = "#B42318"

SPACE = 8  # the grid: gaps are SPACE, half of it, or a multiple
FONT_FAMILY = "Noto Sans SC"
BASE_PX = 14
TITLE_PX = 20
SCORE_PX = 28
RAIL_WIDTH = 192


@dataclass(frozen=True)
class Colors:
    """One theme. `*_soft` is the ground of a pill or a marked row, `on_*` the text on a full colour."""

    ink: str
    on_ink: str
    ink_hover: str
    ink_soft: str
    teal: str
    teal_soft: str
    amber: str
    amber_text: str
    amber_soft: str
    red: str
    red_soft: str
    text: str
    muted: str
    disabled: str
    ground: str
    surface: str
    sunken: str
    line: str
    line_strong: str
    focus: str
    rail: str
    rail_text: str
    rail_current: str
    rail_mark: str


LIGHT = Colors(
    ink=INK,
    on_ink="#FFFFFF",
    ink_hover="#1C4878",
    ink_soft="#E9F2FC",
    teal=TEAL,
    teal_soft="#DDF2F0",
    amber=AMBER,
    amber_text="#8A5A12",
    amber_soft="#FCF1DC",
    red=RED,
    red_soft="#FDE8E6",
    text="#16212E",
    muted="#566476",
    disabled="#9AA5B3",
    ground="#F4F6FA",
    surface="#FFFFFF",
    sunken="#EDF0F5",
    line="#DFE5EC",
    line_strong="#B6C1CE",
    focus="#2C7BE5",
    rail=INK,
    rail_text="#DCE6F2",
    rail_current="#1E4A7A",
    rail_mark="#5FC9C4",
)
DARK = Colors(
    ink="#8CB8EA",
    on_ink="#0C1826",
    ink_hover="#A9CBF1",
    ink_soft="#1D3550",
    teal="#52C2BC",
    teal_soft="#12393A",
    amber="#E0A84A",
    amber_text="#F0C271",
    amber_soft="#3D2F14",
    red="#F38B80",
    red_soft="#47201D",
    text="#E8EDF3",
    muted="#A3B1C2",
    disabled="#657487",
    ground="#0F1823",
    surface="#172331",
    sunken="#1F2D3D",
    line="#2A3A4D",
    line_strong="#4A5E75",
    focus="#6FB1FF",
    rail="#0B1420",
    rail_text="#C7D3E0",
    rail_current="#1D3550",
    rail_mark="#52C2BC",
)

_colors = LIGHT


def colors() -> Colors:
    """The colours of the theme in use."""
    return _colors


def tone_colors(tone: str) -> tuple[str, str]:
    """Text and ground of a tone: done | attention | wrong | info | muted (or "" for plain text)."""
    now = _colors
    return {
        "done": (now.teal, now.teal_soft),
        "attention": (now.amber_text, now.amber_soft),
        "wrong": (now.red, now.red_soft),
        "info": (now.ink, now.ink_soft),
        "muted": (now.muted, now.sunken),
    }.get(tone, (now.text, now.surface))


def apply(app: QApplication, *, dark: bool = False) -> None:
    """Give the whole application its font, palette and style sheet."""
    global _colors
    _colors = DARK if dark else LIGHT
    app.setStyle("Fusion")
    app.setFont(font(BASE_PX))
    app.setPalette(_palette(_colors))
    sheet = Template((RESOURCES / "theme.qss").read_text("utf-8"))
    app.setStyleSheet(sheet.substitute(asdict(_colors), icons=icons.FOLDER.as_posix()))


def load_fonts() -> None:
    """Make the shipped screen fonts known to Qt. The machine may have no Chinese font at all."""
    for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))


def font(pixels: int, *, bold: bool = False) -> QFont:
    """The screen font at a size in pixels of the 100 % scale."""
    made = QFont(FONT_FAMILY)
    made.setPixelSize(pixels)
    made.setBold(bold)
    return made


def _palette(now: Colors) -> QPalette:
    palette = QPalette()
    for role, color in (
        (QPalette.ColorRole.Window, now.ground),
        (QPalette.ColorRole.WindowText, now.text),
        (QPalette.ColorRole.Base, now.surface),
        (QPalette.ColorRole.AlternateBase, now.sunken),
        (QPalette.ColorRole.Text, now.text),
        (QPalette.ColorRole.Button, now.surface),
        (QPalette.ColorRole.ButtonText, now.text),
        (QPalette.ColorRole.Highlight, now.ink_soft),
        (QPalette.ColorRole.HighlightedText, now.text),
        (QPalette.ColorRole.PlaceholderText, now.muted),
        (QPalette.ColorRole.ToolTipBase, now.surface),
        (QPalette.ColorRole.ToolTipText, now.text),
        (QPalette.ColorRole.Link, now.ink),
    ):
        palette.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(now.disabled))
    return palette
