"""The certificates of a result version as they are printed, and the numbers they have.

The honours in a version's content: `"honours": [{"name", "rows": [{"entrant_id" or None, "unit_id" or None, "name",
"unit", "serial"}]}]`; of a unit's honour `entrant_id` is None and `name` is empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data.rules.serials import Certified, serials, serials_by_award

BY_AWARD, BY_TEXT = 1, 2  # the forms of a version's content, by how its certificates were numbered
FORM = BY_TEXT
HONOUR_SERIES = "H"

Content = Mapping[str, Any]


def form_of(content: Content) -> int:
    """The form of a version's content; the first ones did not say it."""
    return int(content.get("form", BY_AWARD))


def papers_of(content: Content) -> list[Certified]:
    """Every certificate of a version's content: those of the awards, then those of the honours."""
    return [
        Certified(owner, series, award, text, str(row["serial"]))
        for row, owner, series, award, text in _papers(content)
    ]


def give_serials(content: Content, versions: Sequence[Content], form: int = FORM) -> None:
    """Write into the rows of a content which serial number each certificate has.

    Args:
        versions: the contents of all earlier versions, the oldest first.
    """
    rule = serials if form == BY_TEXT else serials_by_award
    given = rule(content["event"]["code"], [papers_of(one) for one in versions], papers_of(content))
    for (row, *_paper), serial in zip(_papers(content), given, strict=True):
        row["serial"] = serial


def _papers(content: Content) -> Iterator[tuple[dict[str, Any], tuple[str, int], str, str, tuple[str, ...]]]:
    """The row of each certificate, whose it is, its series, its award, and what is printed on it."""
    event = content["event"]
    head = (event["name"], event["organizer"], event["date"][:7])  # of the date a certificate has the month
    for division in content["divisions"]:
        for row in division["rows"]:
            if row["award"]:
                name = row["name"] if division["entry"] == "individual" else ""
                text = (*head, division["title"], name, row["unit"], row["award"])
                yield row, ("entrant", row["entrant_id"]), division["code"], row["award"], text
    for honour in content.get("honours", ()):
        for row in honour["rows"]:
            owner = ("unit", row["unit_id"]) if row["entrant_id"] is None else ("entrant", row["entrant_id"])
            text = (*head, "", row["name"], row["unit"], honour["name"])
            yield row, owner, HONOUR_SERIES, honour["name"], text
