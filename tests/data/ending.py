"""The end of a contest in tests: locked as the committee does before it finalises, and open again for corrections."""

from data import models, rehearsal_steps
from data.actions import results
from data.queries import blockers as queries
from data.queries.blockers import UNLOCKED, Blocker
from data.store import Store


def lock(store: Store) -> None:
    """Lock every division that only waits for that."""
    rehearsal_steps.lock(store)


def reopen(store: Store) -> None:
    """Open every lock, without asking the chief judge."""
    with store.write("裁判长", "locks.reopen", "更正") as writing:
        for row in models.Lock.select().where(models.Lock.reopened_at.is_null()):
            writing.update(row, reopened_by="裁判长", reopened_at=writing.at, reason="更正")


def finalise(store: Store, actor: str, reason: str = "") -> int:
    """Lock what is complete, make a result version, and open the locks again; returns its number."""
    lock(store)
    try:
        return results.finalise(store, actor, reason)
    finally:
        reopen(store)


def blockers(store: Store) -> list[Blocker]:
    """What keeps the results from being final beside the locks."""
    return [one for one in queries.blockers(store) if one.code != UNLOCKED]
