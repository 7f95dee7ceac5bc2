"""Result versions: what was frozen, and what a new one would hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from data import models
from data.errors import NotFound
from data.i18n import _
from data.queries import leaderboard
from data.queries.certified import BY_AWARD, FORM, form_of, give_serials
from data.queries.honours import Holder, honours_of
from data.queries.leaderboard import DivisionStandings, StandingRow
from data.rules.decimals import unrounded
from data.store import Store


@dataclass(frozen=True)
class VersionRow:
    number: int
    made_at: str
    actor: str
    reason: str
    sha256: str


@dataclass(frozen=True)
class FrozenRow:
    """An entrant's line as it was published. `components` and `total` are unrounded decimal texts.

    `serial`: the number of the certificate, empty without an award.
    """

    entrant_id: int
    place: int | None
    shared: bool
    number: str
    name: str
    unit: str
    unit_short: str
    components: tuple[str, ...]
    shown_components: tuple[str, ...]
    total: str
    shown: str
    award: str
    serial: str
    state: str


@dataclass(frozen=True)
class FrozenDivision:
    code: str
    title: str
    entry: str  # individual | team | sum
    components: tuple[str, ...]
    rows: tuple[FrozenRow, ...]


@dataclass(frozen=True)
class FrozenHolder:
    """Who has an honour: an entrant, or a unit (`entrant_id` None, `name` empty). `serial` is the certificate's."""

    entrant_id: int | None
    unit_id: int
    name: str
    unit: str
    serial: str


@dataclass(frozen=True)
class FrozenHonour:
    name: str
    rows: tuple[FrozenHolder, ...]


@dataclass(frozen=True)
class Frozen:
    """A result version. `event`: name, organizer, host, date and code as they were then."""

    version: VersionRow
    event: Mapping[str, str]
    divisions: tuple[FrozenDivision, ...]
    honours: tuple[FrozenHonour, ...] = ()


def versions(store: Store) -> list[VersionRow]:
    """All result versions, the newest first."""
    with store.read():
        rows = models.ResultVersion.select(*_VERSION_FIELDS).order_by(models.ResultVersion.number.desc())
        return [VersionRow(*values) for values in rows.tuples()]


_VERSION_FIELDS = (
    models.ResultVersion.number,
    models.ResultVersion.made_at,
    models.ResultVersion.actor,
    models.ResultVersion.reason,
    models.ResultVersion.sha256,
)


def frozen(store: Store, number: int | None = None) -> Frozen:
    """A result version, the newest without a number.

    Raises:
        NotFound: there is no such version, or none at all.
    """
    with store.read():
        query = models.ResultVersion.select().order_by(models.ResultVersion.number.desc())
        if number is not None:
            query = query.where(models.ResultVersion.number == number)
        row = query.first()
    if row is None:
        raise NotFound(
            _("There is no result version yet.")
            if number is None
            else _("There is no result version {n}.").format(n=number),
            todo=_("Finalise the results first; exports and certificates come from a version alone."),
        )
    return Frozen(
        VersionRow(row.number, row.made_at, row.actor, row.reason, row.sha256),
        row.content["event"],
        tuple(frozen_division(division) for division in row.content["divisions"]),
        frozen_honours(row.content),
    )


def frozen_honours(content: Mapping[str, Any]) -> tuple[FrozenHonour, ...]:
    """The honours out of the content of a version, or of `content_now`; none where the plan has none."""
    return tuple(
        FrozenHonour(honour["name"], tuple(FrozenHolder(**row) for row in honour["rows"]))
        for honour in content.get("honours", ())
    )


def frozen_division(content: Mapping[str, Any]) -> FrozenDivision:
    """A division out of the content of a version, or of `content_now`."""
    rows = tuple(
        FrozenRow(
            **{
                **row,
                "components": tuple(row["components"]),
                "shown_components": tuple(row["shown_components"]),
            }
        )
        for row in content["rows"]
    )
    return FrozenDivision(content["code"], content["title"], content["entry"], tuple(content["components"]), rows)


def content_now(
    store: Store, form: int = FORM, divisions: tuple[DivisionStandings, ...] | None = None
) -> dict[str, Any]:
    """What a result version made now would hold: plain values for canonical JSON.

    A certificate keeps its serial number while nothing that is printed on it changes (rules.serials).

    Args:
        form: another form than that of new versions (`certified.form_of`), to compare with an earlier one.
        divisions: the standings with names, where they have just been read.
    """
    with store.read():
        event = models.Event.get()
        divisions = leaderboard.named_standings(store) if divisions is None else divisions
        texts = ("code", "name", "organizer", "host", "date")
        content: dict[str, Any] = {
            "event": {name: getattr(event, name) for name in texts},
            "divisions": [
                {
                    "code": division.division_code,
                    "title": division.title,
                    "entry": division.entry,
                    "components": list(division.components),
                    "rows": [_frozen_row(row) for row in division.rows],
                }
                for division in divisions
            ],
        }
        if form > BY_AWARD:
            content["form"] = form
            honours = [
                {"name": honour.name, "rows": [_frozen_holder(one) for one in honour.holders]}
                for honour in honours_of(divisions)
            ]
            content |= {"honours": honours} if honours else {}
        versions = models.ResultVersion.select().order_by(models.ResultVersion.number)
        give_serials(content, [version.content for version in versions], form)
        return content


def differs_from(store: Store, version: Mapping[str, Any]) -> bool:
    """Whether a result version made now would say anything else than the content of this one."""
    form = form_of(version)
    honoured = form != FORM and bool(content_now(store).get("honours"))  # the first form had none
    return honoured or content_now(store, form) != version


def _frozen_row(row: StandingRow) -> dict[str, Any]:
    return {
        "entrant_id": row.entrant_id,
        "place": row.place,
        "shared": row.shared,
        "number": row.number or "",
        "name": row.name,
        "unit": row.unit,
        "unit_short": row.unit_short,
        "components": [_exact(value) for value in row.components],
        "shown_components": list(row.shown_components),
        "total": _exact(row.total),
        "shown": row.shown,
        "award": row.award,
        "serial": "",
        "state": row.state,
    }


def _frozen_holder(holder: Holder) -> dict[str, Any]:
    name = "" if holder.entrant_id is None else holder.name
    return {
        "entrant_id": holder.entrant_id,
        "unit_id": holder.unit_id,
        "name": name,
        "unit": holder.unit,
        "serial": "",
    }


def _exact(value: Fraction | None) -> str:
    return "" if value is None else unrounded(value)
