"""The official notice (公示): from when to when that of a result version hangs out."""

from datetime import date

from data import models
from data.actions.operators import refuse_stranger
from data.errors import InvalidInput, NotFound
from data.i18n import _
from data.store import Store


def publish(store: Store, actor: str, version: int, starts: date, ends: date) -> None:
    """Note that the notice of a result version is published, with its first and its last day.

    The same again changes nothing; other days replace those noted before.

    Raises:
        NotFound: there is no such version.
        InvalidInput: the period ends before it begins.
        NotAllowed: the actor has not signed in where people do.
    """
    with store.write(actor, "results.publish_notice") as writing:
        refuse_stranger(store, actor)
        if not models.ResultVersion.select().where(models.ResultVersion.number == version).exists():
            raise NotFound(_("There is no result version {n}.").format(n=version))
        if ends < starts:
            raise InvalidInput(
                _("The notice would end before it begins: {starts} to {ends}.").format(starts=starts, ends=ends),
                todo=_("Choose a last day that is not before the first."),
            )
        newest = (
            models.Notice.select().where(models.Notice.of_version == version).order_by(models.Notice.id.desc()).first()
        )
        days = (starts.isoformat(), ends.isoformat())
        if newest is None or (newest.starts, newest.ends) != days:
            writing.insert(models.Notice, of_version=version, starts=days[0], ends=days[1], actor=actor, at=writing.at)
