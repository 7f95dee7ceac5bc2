"""How an item of a mark sheet asks for its mark: boxes to tick, letters to ring, blanks to fill."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from data.i18n import _
from data.rules import marksheet
from data.rules.decimals import show_milli
from data.rules.plan import Item
from printing.page import BLACK, POINT, Document, Style

Shape = Literal["", "tick", "ring"]

_BOX = 2.7  # mm a side of a box to tick
_AFTER_BOX = 1.0
_GAP = 3.2  # between two tokens
_RING_PAD = 1.7
_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}


@dataclass(frozen=True)
class Token:
    """One thing to tick, ring or read; `after` follows a ring: the points of a grade."""

    text: str
    shape: Shape = ""
    after: str = ""

    def width(self, style: Style) -> float:
        """In mm."""
        inner = style.width(self.text)
        if self.shape == "tick":
            return _BOX + _AFTER_BOX + inner
        if self.shape == "ring":
            return max(_ring_height(style), inner + 2 * _RING_PAD) + (
                0.8 + style.width(self.after) if self.after else 0
            )
        return inner


def tokens(item: Item) -> list[Token]:
    """What the judge finds in the rule column of an item."""
    rule = marksheet.rule_of(item)
    full = show_milli(item.full_milli)
    match item.kind:
        case marksheet.DEDUCTIONS:
            return [Token(_deduction(deduction), "tick") for deduction in rule.deductions]
        case marksheet.GRADES:
            return [
                Token(grade.label, "ring", "" if grade.label == show_milli(grade.milli) else show_milli(grade.milli))
                for grade in rule.grades
            ]
        case marksheet.TIMED:
            return [
                Token(
                    _("{sign}{seconds} s: {points}").format(
                        sign=_SIGNS[band.sign], seconds=show_milli(band.limit_milli), points=show_milli(band.milli)
                    )
                )
                for band in rule.bands
            ]
        case marksheet.PENALTY:
            return [Token(_minus(-item.full_milli), "tick")]
        case marksheet.CRITICAL:
            return [Token(_("the entrant fails") if rule.fails_entrant else _("the whole sheet is 0"), "tick")]
        case marksheet.BONUS:
            return [Token(_("bonus 0–{full}").format(full=full)), *_step(item)]
        case _:
            return [Token(f"0–{full}"), *_step(item)]


def _step(item: Item) -> list[Token]:
    return [Token(_("in steps of {step}").format(step=show_milli(item.step_milli)))]


def _deduction(deduction: marksheet.Deduction) -> str:
    if deduction.off_milli is None:
        return _("{text}: item 0").format(text=deduction.text)
    off = _minus(deduction.off_milli)
    if deduction.counted:
        return _("{text} {off} × ____ times").format(text=deduction.text, off=off)
    return f"{deduction.text} {off}"


def _minus(milli: int) -> str:
    return f"−{show_milli(milli)}"


def lines_of(found: Sequence[Token], style: Style, width: float) -> list[list[Token]]:
    """The tokens on as many lines as they need; one that is wider than the column is broken."""
    lines: list[list[Token]] = [[]]
    used = 0.0
    for token in (piece for whole in found for piece in _broken(whole, style, width)):
        needed = token.width(style)
        if lines[-1] and used + _GAP + needed > width:
            lines.append([])
        used = used + _GAP + needed if lines[-1] else needed
        lines[-1].append(token)
    return lines


def _broken(token: Token, style: Style, width: float) -> list[Token]:
    if token.shape == "ring" or token.width(style) <= width:
        return [token]
    room = width - (_BOX + _AFTER_BOX if token.shape == "tick" else 0)
    first, *rest = style.wrap(token.text, room)
    return [Token(first, token.shape), *(Token(line) for line in rest)]


def line_height(found: Sequence[Token], style: Style) -> float:
    """The room that a line of these tokens takes, in mm."""
    return max([style.pitch, *(_ring_height(style) + 0.8 for token in found if token.shape == "ring")])


def draw_line(document: Document, x: float, baseline: float, found: Sequence[Token], style: Style) -> None:
    """Draw the tokens of one line from x on."""
    half = style.size * POINT * 0.36  # from the baseline to the middle of a digit
    for token in found:
        width = token.width(style)
        if token.shape == "tick":
            document.box(x, baseline - half - _BOX / 2, _BOX, _BOX, stroke=BLACK, weight=0.7)
            document.text(x + _BOX + _AFTER_BOX, baseline, token.text, style)
        elif token.shape == "ring":
            height = _ring_height(style)
            ring = max(height, style.width(token.text) + 2 * _RING_PAD)
            document.box(x, baseline - half - height / 2, ring, height, stroke=BLACK, weight=0.6, radius=height / 2)
            document.text(x + ring / 2, baseline, token.text, style, align="centre")
            document.text(x + ring + 0.8, baseline, token.after, style)
        else:
            document.text(x, baseline, token.text, style)
        x += width + _GAP


def _ring_height(style: Style) -> float:
    return style.size * POINT * 1.36
