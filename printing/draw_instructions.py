"""How anyone can do a draw again: the rule of each kind in plain words, and a program that fits on a napkin."""

from data.i18n import _
from data.rules import draw_record
from data.rules.draw_record import ITEMS, LANES, NUMBERS, SELECTION

# What anybody with Python can type; nothing of Biwu is in it.
SCRIPT = (
    "import hashlib, json",
    'with open("{file}", encoding="utf-8") as file: record = json.load(file)',
    'left, key, order = [entry["id"] for entry in record["pool"]], record["key"].encode(), []',
    "for step in range(len(left)):",
    '    two = step.to_bytes(2, "big")',
    "    number = int(hashlib.md5(two + key + two).hexdigest(), 16)",
    "    order.append(left.pop(number % len(left)))",
    "print(*order)",
)


def instructions(record: draw_record.Record) -> list[str]:
    """The steps, numbered, in the language in use."""
    steps = [*_common(), _ids(record["kind"]), *_rule(record)]
    return [_("{n}. {step}").format(n=n, step=step) for n, step in enumerate(steps, start=1)]


def _common() -> list[str]:
    return [
        _(
            "Write the list as lines “number, tab, id, line feed” in UTF-8. Their SHA-256 must be the one on the first"
            " page, which was shown before the seed was typed."
        ),
        _(
            "Make the key of the seed: in a part of numbers they stand ascending, without zeros in front, each followed"
            " by “.”; another text stands as it is; every part is closed by “/”."
        ),
        _(
            "For step 0, 1, 2 … take the MD5 of: the step as two bytes, the key, the same two bytes. Divide it, as one"
            " number, by how many are still in the list; the remainder says how many of them to skip from the"
            " beginning. Whoever comes next is drawn and leaves the list. This gives the order of the draw."
        ),
    ]


def _ids(kind: str) -> str:
    if kind == SELECTION:
        return _(
            "An id is division-unit-number; S at its end: competes without a draw; H: competed in one of the earlier"
            " years that the event looks back on."
        )
    if kind == NUMBERS:
        return _("An id is division-unit-number.")
    if kind == ITEMS:
        return _("An id is contestant (or division) / part of the programme / optional station.")
    if kind == LANES:
        return _(
            "An id is station / contestant / lane; R at its end: a judge of the contestant's own unit sits in that"
            " lane, so it is closed."
        )
    return _(
        "An id is judge / station-lane-seat; R at its end: people of the judge's own unit may come there, so it is"
        " closed."
    )


def _rule(record: draw_record.Record) -> list[str]:
    kind, rules = record["kind"], record.get("rules") or {}
    if kind == SELECTION:
        return _selection_rule(rules.get("reserves", 0))
    if kind == NUMBERS:
        return _numbers_rule(bool(rules.get("apart")), rules.get("waves", 1))
    if kind == ITEMS:
        return [
            _(
                "Go through the order: an entry counts while its contestant (or division) has fewer stations of that"
                " part than the settings say; after that there are enough."
            )
        ]
    taken = (
        _(
            "Go through the order: an entry counts unless the contestant has a lane at that station already, the lane"
            " is closed by R, or it is full."
        )
        if kind == LANES
        else _(
            "Go through the order: an entry counts unless the judge has a seat already, the seat is closed by R, or"
            " somebody has it."
        )
    )
    later = _("An entry is passed over too when, with it, somebody else could not get anything any more.")
    if kind == LANES and rules.get("equal"):
        full = _(
            "A lane is full by this count: divide the contestants of the station by its lanes; every lane takes the"
            " quotient, and as many lanes as the remainder says take one more."
        )
        return [taken, full, later]
    return [taken, later]


def _selection_rule(reserves: int) -> list[str]:
    rule = [
        _(
            "Those marked S take their unit's places first. Go through the order: whoever is not marked H is selected"
            " while the unit has places in the division. Places still free then go to those marked H, in the same"
            " order."
        )
    ]
    if reserves:
        rule.append(
            _(
                "Behind them, the next {n} of every unit and division become its reserves 1, 2 …: first those not"
                " marked H, then those marked H, both in the order of the draw."
            ).format(n=reserves)
        )
    return rule


def _numbers_rule(apart: bool, waves: int) -> list[str]:
    if not apart and waves <= 1:
        return [_("Within each division the first one drawn has number 01, the next one 02, and so on.")]
    rule = [
        _(
            "Fill the numbers 01, 02 … of each division one after the other: for each, go through the order from its"
            " beginning and take the first one of the division who has no number yet and whom the following lets pass."
        )
    ]
    if apart:
        rule.append(_("Nobody whose unit has the number just before (“apart”)."))
    if waves > 1:
        rule.append(
            _(
                "The numbers of a division fall into {n} waves whose lengths differ by one at most, the longer ones"
                " first. A unit has its people divided by {n} in each wave, rounded down or up; nobody whose unit has"
                " its share of the wave (“wave”)."
            ).format(n=waves)
        )
    rule.append(_("Nobody after whom the numbers that are left could not be filled by these rules any more (“later”)."))
    return rule
