"""The list of those who did not pass in words: for the table, the CSV file and the paper."""

from data.i18n import _
from data.queries.below_pass import BELOW, CLEARED, NOT_PASSED, PASSED, PLANNED, UNPLANNED, BelowRow, ResitRow
from data.rules.decimals import show_milli
from data.rules.ranking import ABSENT, FAILED


def reason_word(reason: str) -> str:
    """Why somebody is on the list."""
    return {
        BELOW: _("below the line"),
        FAILED: _("failed by a critical item"),
        ABSENT: _("absent"),
        CLEARED: _("passes by the newest version"),
    }[reason]


def state_word(state: str) -> str:
    """How far the second chance is."""
    return {
        UNPLANNED: _("not planned"),
        PLANNED: _("day is set"),
        PASSED: _("passed"),
        NOT_PASSED: _("not passed"),
    }[state]


def shortfall_text(row: BelowRow) -> str:
    """In what somebody is below the line, and by how much; empty for those who are on the list for something else."""
    texts = []
    for one in row.shortfalls:
        words = _("{what} {value}, {by} short")
        texts.append(words.format(what=one.what or _("Total score"), value=one.value, by=one.by))
    return _("; ").join(texts)


def result_text(resit: ResitRow) -> str:
    """How a second chance went: its per cent, empty before it was held."""
    return "" if resit.result_milli is None else f"{show_milli(resit.result_milli)}%"
