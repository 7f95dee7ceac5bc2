"""The titles beside the awards (荣誉) as the standings give them, and as they were given or taken by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data import models
from data.i18n import _, ngettext
from data.queries import leaderboard, sealing
from data.queries.leaderboard import DivisionStandings, StandingRow
from data.queries.plain_rows import plain_rows
from data.rules import honours as rules
from data.rules.plan import Honour
from data.store import Store


@dataclass(frozen=True)
class Holder:
    """An entrant, or a unit (`entrant_id` None), who has an honour or might have it.

    ground: why, in words: what the rule says, or the reason of the decision. by_hand: a person decided it;
    `actor` and `at` are empty otherwise.
    """

    entrant_id: int | None
    unit_id: int
    number: str
    name: str
    unit: str
    ground: str = ""
    by_hand: bool = False
    actor: str = ""
    at: str = ""

    @property
    def key(self) -> int:
        """The entrant or the unit, whichever the honour is for."""
        return self.unit_id if self.entrant_id is None else self.entrant_id


@dataclass(frozen=True)
class HonourRow:
    """An honour with those who have it, and those from whom it was taken although the rule gives it.

    waits: the rule has not the last word yet: marks or the decision of a tie are missing, or names are sealed.
    candidates: who may be given it by hand besides, in the order of the plan and the standings.
    """

    id: int
    name: str
    subject: str  # person | unit
    basis: str  # hand | place | awards | attendance
    count: int | None
    waits: bool
    holders: tuple[Holder, ...] = ()
    taken: tuple[Holder, ...] = ()
    candidates: tuple[Holder, ...] = ()


def honours(store: Store) -> tuple[HonourRow, ...]:
    """Every honour of the plan in its order; while names are sealed, without anybody."""
    with store.read():
        planned = _planned()
        if not planned:
            return ()
        if sealing.names_sealed():
            return tuple(_empty(honour_id, honour, waits=True) for honour_id, honour in planned.items())
        return honours_of(leaderboard.all_standings(store))


def honours_of(divisions: Sequence[DivisionStandings]) -> tuple[HonourRow, ...]:
    """The same, from standings with names that were read already; runs inside `store.read()`."""
    planned = _planned()
    if not planned:
        return ()
    reading = _Reading(divisions)
    return tuple(reading.row(honour_id, honour) for honour_id, honour in planned.items())


def _planned() -> dict[int, Honour]:
    rows = models.Honour.select().order_by(models.Honour.position)
    return {row.id: Honour(row.name, row.subject, row.basis, row.count, row.id) for row in rows}


def _empty(honour_id: int, honour: Honour, *, waits: bool) -> HonourRow:
    return HonourRow(honour_id, honour.name, honour.subject, honour.basis, honour.count, waits)


class _Reading:
    """Everyone who may have an honour, read once for all of them."""

    def __init__(self, divisions: Sequence[DivisionStandings]) -> None:
        unit_of = dict(plain_rows(models.Entrant.select(models.Entrant.id, models.Entrant.unit)))
        units = models.Unit.select(models.Unit.id, models.Unit.name).order_by(models.Unit.position)
        levels: dict[str, list[str]] = {}
        named = models.AwardLevel.select(models.Division.code, models.AwardLevel.name).join(models.Division)
        for code, name in plain_rows(named.order_by(models.AwardLevel.position)):
            levels.setdefault(code, []).append(name)
        competing = [one for one in divisions if one.total]
        self._settled = bool(competing) and not any(
            one.provisional or any(tie.cuts for tie in one.ties) for one in competing
        )
        self._units = {unit: Holder(None, unit, "", name, name) for unit, name in plain_rows(units)}
        self._people: dict[int, Holder] = {}
        self._standing: dict[int, tuple[str, StandingRow]] = {}
        self._lines: list[rules.Line] = []
        for division in divisions:
            for row in division.rows:
                unit = unit_of[row.entrant_id]
                self._lines.append(_line(division, row, unit, levels.get(division.division_code, [])))
                if division.entry == "individual":
                    self._people[row.entrant_id] = Holder(row.entrant_id, unit, row.number or "", row.name, row.unit)
                    self._standing[row.entrant_id] = division.title, row

    def row(self, honour_id: int, honour: Honour) -> HonourRow:
        everyone = self._people if honour.subject == rules.PERSON else self._units
        waits = honour.basis != rules.HAND and not self._settled
        # What a rule says of units looks at all divisions together: one mark may turn it around.
        earned = {} if waits and honour.subject == rules.UNIT else rules.by_rule(honour, self._lines)
        found = {key: replace(everyone[key], ground=self._ground(honour, key, why)) for key, why in earned.items()}
        taken = []
        decisions = models.HonourGiven.select().where(models.HonourGiven.honour == honour_id)
        for row in decisions.order_by(models.HonourGiven.id):
            key = row.entrant_id if honour.subject == rules.PERSON else row.unit_id
            if key not in everyone:
                continue
            decided = replace(everyone[key], ground=row.reason, by_hand=True, actor=row.actor, at=row.at)
            if not row.taken:
                found.setdefault(key, decided)
            elif found.pop(key, None) is not None:
                taken.append(decided)
        return replace(
            _empty(honour_id, honour, waits=waits),
            holders=tuple(found[key] for key in everyone if key in found),
            taken=tuple(taken),
            candidates=tuple(one for key, one in everyone.items() if key not in found),
        )

    def _ground(self, honour: Honour, key: int, why: int) -> str:
        if honour.subject == rules.PERSON:
            title, row = self._standing[key]
            if honour.basis == rules.PLACE:
                return _("{division}: place {place}").format(division=title, place=why)
            return _("{division}: {award}").format(division=title, award=row.award)
        if honour.basis == rules.PLACE:
            return ngettext("{n} award point", "{n} award points", why).format(n=why)
        return ngettext("all {n} entrant took part", "all {n} entrants took part", why).format(n=why)


def _line(division: DivisionStandings, row: StandingRow, unit: int, levels: Sequence[str]) -> rules.Line:
    return rules.Line(
        row.entrant_id,
        unit,
        division.entry,
        None if division.provisional else row.place,
        levels.index(row.award) if row.award else None,
        row.state,
    )
