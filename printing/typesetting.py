"""Where lines break and how large a text may be. Chinese breaks between characters, Latin between words."""

from printing import fonts

_NOT_FIRST = frozenset("，。、；：！？）》】」』〉”’·％%,.;:!?)]}…—〕")  # never begins a line
_NOT_LAST = frozenset("（《【「『〈“‘([{〔")  # never ends a line


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """The lines of a text in a column of this width in points. Nothing is cut; `\\n` ends a line.

    A word that is wider than the column breaks inside; a single character never does.
    """
    return [line for part in text.split("\n") for line in _wrap_one(part, font, size, width)]


def balance(text: str, font: str, size: float, width: float) -> list[str]:
    """The same number of lines as `wrap` gives, about equally long, so that no title ends in a lone word."""
    lines = wrap(text, font, size, width)
    narrow, wide = width / len(lines), width
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(wrap(text, font, size, middle)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return wrap(text, font, size, wide)


def _wrap_one(text: str, font: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _unbreakable(text):
        if fonts.text_width((line + piece).rstrip(), font, size) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while fonts.text_width(line.rstrip(), font, size) > width and len(line) > 1:
            head = _longest_head(line, font, size, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()]


def _longest_head(word: str, font: str, size: float, width: float) -> str:
    length = 1
    while length + 1 < len(word) and fonts.text_width(word[: length + 1], font, size) <= width:
        length += 1
    return word[:length]


def _unbreakable(text: str) -> list[str]:
    """The text in pieces between which a line may break."""
    pieces: list[str] = []
    for character in text:
        if pieces and _sticks(pieces[-1][-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _sticks(before: str, character: str) -> bool:
    if character.isspace() or character in _NOT_FIRST or before in _NOT_LAST:
        return True
    return not (before.isspace() or _is_wide(before) or _is_wide(character))


def _is_wide(character: str) -> bool:
    return ord(character) >= 0x2E80


def shrink(text: str, font: str, size: float, width: float, smallest: float) -> float:
    """The largest font size from `size` down to `smallest` at which the text fits the width on one line.

    Sizes go in half points. `smallest` is given back when even that is too wide.
    """
    unit = fonts.text_width(text, font, 1)
    if unit * size <= width:
        return size
    return max(smallest, int(width / unit * 2) / 2)


def fit(
    text: str, font: str, size: float, width: float, smallest: float, most_lines: int = 2
) -> tuple[float, list[str]]:
    """A size and lines that show the whole text within the width: shrunk first, then wrapped.

    Below `smallest` only when `most_lines` lines would not hold it otherwise.
    """
    chosen = shrink(text, font, size, width, smallest)
    lines = wrap(text, font, chosen, width)
    while len(lines) > most_lines and chosen > 1:
        chosen -= 0.5
        lines = wrap(text, font, chosen, width)
    return chosen, lines
