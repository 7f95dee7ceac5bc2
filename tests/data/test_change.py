"""Who is told of a change, and who no longer is."""

from data.change import Change, Publisher

CHANGE = Change(1, "2023-11-25T00:30:00.000Z", "李敏", "marks.hand_in", "", frozenset({"mark"}))


def test_every_subscriber_is_told_in_order() -> None:
    heard: list[str] = []
    publisher = Publisher()
    publisher.subscribe(lambda change: heard.append("first"))
    publisher.subscribe(lambda change: heard.append("second"))
    publisher.publish(CHANGE)
    assert heard == ["first", "second"]


def test_who_unsubscribed_is_not_told() -> None:
    heard: list[Change] = []
    publisher = Publisher()
    leave = publisher.subscribe(heard.append)
    publisher.publish(CHANGE)
    leave()
    leave()
    publisher.publish(CHANGE)
    assert heard == [CHANGE]


def test_one_that_leaves_while_being_told_takes_nobody_along() -> None:
    heard: list[str] = []
    publisher = Publisher()

    def once(change: Change) -> None:
        leave()
        heard.append("once")

    leave = publisher.subscribe(once)
    publisher.subscribe(lambda change: heard.append("always"))
    publisher.publish(CHANGE)
    publisher.publish(CHANGE)
    assert heard == ["once", "always", "always"]
