"""A result version of the event as it stands, whatever else would have to be settled before one is made."""

from data import models
from data.queries.results import content_now
from data.store import Store


def publish(store: Store) -> int:
    """The number of the version."""
    content = content_now(store)
    with store.write("tester", "test.publish") as writing:
        number = models.ResultVersion.select().count() + 1
        writing.insert(
            models.ResultVersion, number=number, made_at=writing.at, actor="tester", content=content, sha256=""
        )
    return number


def set_event(store: Store, **values: object) -> None:
    """Change fields of the event without the guards of the setup."""
    with store.write("tester", "test.set_event") as writing:
        writing.update(models.Event.get(), **values)
