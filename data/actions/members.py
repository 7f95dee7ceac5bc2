"""The members of a team: who is in two places is never planned at both at once."""

from collections.abc import Collection
from typing import Any

from data import models
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.queries.members import has_performed
from data.queries.sealing import names_sealed, todo
from data.store import Store


def set_members(store: Store, actor: str, entrant_id: int, person_ids: Collection[int], reason: str = "") -> None:
    """Make these people of the roster the members of a team; nobody is right, too. The same ones change nothing.

    Raises:
        InvalidInput: somebody is named twice, or the team has performed and no reason is given.
        NotAllowed: it is no team, somebody is of another unit, or the names are sealed.
        NotFound: there is no such team or person.
    """
    with store.write(actor, "members.set_members", reason.strip()) as writing:
        team = _team(entrant_id)
        people = [_person(person_id, team) for person_id in person_ids]
        wanted = {person.id for person in people}
        if len(wanted) < len(people):
            raise InvalidInput(_("Somebody is named twice among the members."), todo=_("Name every member once."))
        stored = {row.person_id: row for row in models.Member.select().where(models.Member.entrant == entrant_id)}
        if wanted == stored.keys():
            return
        if has_performed(entrant_id) and not reason.strip():
            raise InvalidInput(
                _("The team has performed, so a change of its members needs a reason."),
                todo=_("Write in a few words why, for the audit log."),
            )
        for person_id in stored.keys() - wanted:
            writing.delete(stored[person_id])
        new = [person.id for person in people if person.id not in stored]
        writing.insert_many(models.Member, [{"entrant": entrant_id, "person": person_id} for person_id in new])


def _team(entrant_id: int) -> Any:
    row = models.Entrant.get_or_none(models.Entrant.id == entrant_id)
    if row is None:
        raise NotFound(_("This entrant is not in the event any more."), todo=_("Look the entrant up again."))
    if row.division.entry != "team":
        raise NotAllowed(
            _("Only a team has members, and this is none."), todo=_("Choose a team of a division of teams.")
        )
    if names_sealed():
        raise NotAllowed(_("The names are sealed, so the members of a team cannot be named now."), todo=todo())
    return row


def _person(person_id: int, team: Any) -> Any:
    row = models.Person.get_or_none(models.Person.id == person_id)
    if row is None:
        raise NotFound(_("This person is not on the roster any more."), todo=_("Look the person up again."))
    if row.unit_id != team.unit_id:
        raise NotAllowed(
            _("{name} is of another unit than the team.").format(name=row.name),
            todo=_("Choose people of the team's own unit."),
        )
    return row
