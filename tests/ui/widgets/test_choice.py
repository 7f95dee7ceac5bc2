"""A list that is offered anew keeps what is chosen, without a signal."""

from ui.widgets.choice import Choice


def test_what_is_chosen_stays_while_it_is_there(qtbot):
    choice = Choice()
    qtbot.addWidget(choice)
    choice.offer([("", "All"), ("S1", "S1 Suture"), ("S2", "S2 CPR")])
    choice.setCurrentIndex(2)
    heard = []
    choice.currentIndexChanged.connect(heard.append)
    choice.offer([("", "All"), ("S2", "S2 Resuscitation")])
    assert (choice.currentData(), choice.currentText()) == ("S2", "S2 Resuscitation")
    choice.offer([("", "All"), ("S3", "S3 Triage")])
    assert (choice.currentData(), choice.count()) == ("", 2)
    assert not heard
    choice.setCurrentIndex(1)
    assert heard == [1]


def test_the_same_entries_leave_it_alone(qtbot):
    choice = Choice()
    qtbot.addWidget(choice)
    entries = [("", "All"), ("S1", "S1 Suture")]
    choice.offer(entries)
    removed = []
    choice.model().rowsRemoved.connect(lambda *_rows: removed.append(True))
    choice.offer(list(entries))
    assert not removed
    choice.offer(entries[:1])
    assert removed
