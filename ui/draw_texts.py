"""What the screens say about each kind of draw: what it is for, and how much came of it."""

from data.i18n import ngettext


def count_text(kind: str, count: int) -> str:
    """How much came of a draw."""
    n = count
    match kind:
        case "selection":
            text = ngettext("{n} person selected", "{n} people selected", n)
        case "numbers":
            text = ngettext("{n} number drawn", "{n} numbers drawn", n)
        case "items":
            text = ngettext("{n} optional station drawn", "{n} optional stations drawn", n)
        case "lanes":
            text = ngettext("{n} lane drawn", "{n} lanes drawn", n)
        case _:
            text = ngettext("{n} judge drawn", "{n} judges drawn", n)
    return text.format(n=n)
