"""How many each unit has registered in each division, beside its places."""

from typing import Any

from data.i18n import _
from data.queries.roster import PoolCount
from ui.models.rows import Column


def count_columns() -> list[Column]:
    """The columns of a table of PoolCounts."""

    def number(name: str) -> Any:
        def text(count: PoolCount) -> str:
            return str(getattr(count, name))

        return text

    def value(name: str) -> Any:
        def sort(count: PoolCount) -> int:
            return int(getattr(count, name))

        return sort

    return [
        Column(_("Unit"), lambda count: count.unit, width=240),
        Column(_("Division"), lambda count: count.division_title, width=150),
        Column(_("Registered"), number("registered"), sort=value("registered"), width=100, right=True),
        Column(_("Places"), number("quota"), sort=value("quota"), width=90, right=True),
        Column(_("Without a draw"), number("seeded"), sort=value("seeded"), width=126, right=True),
        Column(_("Drawn"), number("drawn"), sort=value("drawn"), width=90, right=True),
        Column(_("Competed lately"), _covered, sort=value("covered"), width=130, right=True),
        Column(_("State"), enough_words, width=0, tone=enough_tone),
    ]


def enough_words(count: PoolCount) -> str:
    """Whether a unit has registered enough for its places in a division."""
    if not count.registered:
        return _("✕ nobody registered")
    if count.registered < count.quota:
        return _("▲ fewer than the places")
    return _("✓ enough")


def enough_tone(count: PoolCount) -> str:
    """The tone of `enough_words`."""
    if not count.registered:
        return "wrong"
    return "attention" if count.registered < count.quota else "done"


def _covered(count: PoolCount) -> str:
    share = round(100 * count.covered / count.registered) if count.registered else 0
    return _("{n} ({share} %)").format(n=count.covered, share=share)
