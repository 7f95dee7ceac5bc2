"""Another takes a contestant's place: the place stays, person and badge change, and every record knows it."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from data import models
from data.actions import checkin, printouts, roster, substitution
from data.actions.photos import import_photos
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import entrants, papers
from data.queries import printouts as paper_states
from data.queries import substitution as queries
from data.queries.entrants import EntrantRow
from data.queries.plan import event_code
from data.queries.readiness import readiness
from data.queries.roster_import import preview_import
from data.rules import identity
from data.rules.photos import PhotoReading, Picture
from data.rules.roster import RosterReading, RosterRow
from data.store import Store
from data.verify import verify_file
from tests.data.actions.test_checkin import give_mark
from tests.data.pictures import face
from tests.data.reserves import name_reserves

SECONDS = itertools.count()


def later() -> datetime:
    """The clock of a copied event starts anew; what is done to it here comes after its draws."""
    return datetime(2023, 11, 19, tzinfo=UTC) + timedelta(seconds=next(SECONDS))


def nurse(store: Store) -> EntrantRow:
    return next(row for row in entrants.entrants(store, "1H") if row.unit == "市人民医院")


def put_in(store: Store, row: EntrantRow, place: int = 0, reason: str = "ill") -> EntrantRow:
    """The first (or a later) of those who may, takes the place."""
    store.clock = later
    person = queries.substitutes(store, row.id)[place].person_id
    return substitution.substitute(store, "李敏", row.id, person, reason)


def badge(store: Store, row: EntrantRow) -> str:
    return identity.badge_code(event_code(store), row.token)


def seal(store: Store) -> None:
    with store.write("tester", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)


def test_the_place_stays_and_person_and_badge_change(scheduled: Store) -> None:
    before = nurse(scheduled)
    checkin.set_state(scheduled, "李敏", before.id, "absent", "ill")
    after = put_in(scheduled, before)
    assert (after.id, after.number, after.draw_order) == (before.id, before.number, before.draw_order)
    assert (after.unit, after.division_code, after.state, after.arrived_at) == (before.unit, "1H", "expected", None)
    assert after.person_id != before.person_id
    assert after.name != before.name
    assert after.token != before.token
    told = queries.replaced(scheduled)[after.id]
    assert (told.left, told.joined, told.reason) == (before.name, after.name, "ill")
    assert verify_file(scheduled.path) == []


def test_the_old_badge_says_whose_it_was(drawn: Store) -> None:
    before = nurse(drawn)
    after = put_in(drawn, before)
    assert entrants.by_scan(drawn, badge(drawn, after)).entrant == after
    with pytest.raises(InvalidInput) as caught:
        entrants.by_scan(drawn, badge(drawn, before))
    assert caught.value.what == f"This badge belonged to {before.name}, who was replaced by {after.name}."
    assert caught.value.todo
    sheet = identity.sheet_code(event_code(drawn), before.token, "S1", 2)
    with pytest.raises(InvalidInput) as caught:
        entrants.by_scan(drawn, sheet)
    assert caught.value.what == f"This mark sheet was printed before {after.name} took the place."
    seal(drawn)
    with pytest.raises(InvalidInput, match=f"before {before.number} took the place"):
        entrants.by_scan(drawn, sheet)
    with pytest.raises(InvalidInput) as caught:
        entrants.by_scan(drawn, badge(drawn, before))
    assert caught.value.what == f"This badge is void: the contestant with the number {before.number} was replaced."


def test_reserves_are_offered_first_then_the_rest_by_pinyin(drawn: Store) -> None:
    row = nurse(drawn)
    reserves = name_reserves(drawn, 2)["1H", 1]
    offered = queries.substitutes(drawn, row.id)
    assert [one.person_id for one in offered[:2]] == reserves
    assert [one.reserve for one in offered[:3]] == [1, 2, None]
    assert all(one.name and "********" in one.id_masked for one in offered)
    competing = {one.person_id for one in entrants.entrants(drawn)}
    assert not competing & {one.person_id for one in offered}
    put_in(drawn, row)
    assert queries.substitutes(drawn, row.id)[0].reserve == 2


def test_who_left_comes_back_to_the_own_place_alone(drawn: Store) -> None:
    first, other = [row for row in entrants.entrants(drawn, "1H") if row.unit == "市人民医院"][:2]
    put_in(drawn, first)
    assert first.person_id is not None
    with pytest.raises(NotAllowed, match="is out of this event"):
        substitution.substitute(drawn, "李敏", other.id, first.person_id, "ill")
    back = substitution.substitute(drawn, "李敏", first.id, first.person_id, "well again")
    assert back.name == first.name
    assert back.token != first.token
    assert verify_file(drawn.path) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [("mark", "has marks already"), ("seconds", "has marks already"), ("disqualified", "is disqualified")],
)
def test_a_place_with_results_is_not_handed_on(drawn: Store, change: str, words: str) -> None:
    row = nurse(drawn)
    if change == "mark":
        give_mark(drawn, row.id)
    elif change == "seconds":
        with drawn.write("tester", "test.time") as writing:
            writing.insert(models.Visit, entrant=row.id, station=models.Station.get().id, seconds_milli=1000)
    else:
        checkin.set_state(drawn, "李敏", row.id, "disqualified", "cheated")
    with pytest.raises(NotAllowed, match=words):
        put_in(drawn, row)


def test_a_missed_visit_does_not_burden_who_joins(scheduled: Store) -> None:
    row = nurse(scheduled)
    with scheduled.write("tester", "test.miss") as writing:
        visit = models.Visit.get(models.Visit.entrant == row.id)
        writing.update(visit, state="absent")
    put_in(scheduled, row)
    with scheduled.read():
        assert {one.state for one in models.Visit.select().where(models.Visit.entrant == row.id)} == {""}


def test_who_cannot_join_is_told_why(drawn: Store) -> None:
    row = nurse(drawn)
    with drawn.read():
        other_unit = models.Person.get(models.Person.unit != models.Entrant.get_by_id(row.id).unit_id).id
    colleague = [one for one in entrants.entrants(drawn, "1H") if one.unit == row.unit][1]
    assert colleague.person_id is not None
    for person, words in ((other_unit, "another unit or division"), (colleague.person_id, "competes already")):
        with pytest.raises(NotAllowed, match=words):
            substitution.substitute(drawn, "李敏", row.id, person, "ill")
    with pytest.raises(NotFound, match="on the roster"):
        substitution.substitute(drawn, "李敏", row.id, 10**6, "ill")
    with pytest.raises(NotFound, match="entrant"):
        substitution.substitute(drawn, "李敏", 10**6, other_unit, "ill")
    with pytest.raises(NotFound, match="entrant"):
        queries.substitutes(drawn, 10**6)
    with pytest.raises(InvalidInput, match="reason"):
        substitution.substitute(drawn, "李敏", row.id, other_unit, "  ")
    team = next(one for one in entrants.entrants(drawn) if one.person_id is None)
    with pytest.raises(NotAllowed, match="not a single person"):
        substitution.substitute(drawn, "李敏", team.id, other_unit, "ill")
    assert not queries.replaced(drawn)


def test_a_void_token_is_not_given_again(drawn: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = nurse(drawn)
    after = put_in(drawn, before)
    fresh = iter([before.token, after.token, "ZZZZ2222"])
    monkeypatch.setattr(substitution, "new_token", lambda _bytes: next(fresh))
    assert put_in(drawn, after, 1).token == "ZZZZ2222"
    assert verify_file(drawn.path) == []


def test_exactly_the_papers_of_that_entrant_are_printed_anew(scheduled: Store) -> None:
    row = nurse(scheduled)
    for kind in (paper_states.BADGES, paper_states.MARKSHEETS, paper_states.TIMETABLES):
        state = paper_states.state(scheduled, paper_states.SLIPS if kind == paper_states.TIMETABLES else kind)
        printouts.record(scheduled, "李敏", kind, state.pieces, state.version)
    put_in(scheduled, row)
    changing = (paper_states.BADGES, paper_states.MARKSHEETS, *paper_states.SIDES)
    changed = {kind: paper_states.state(scheduled, kind).changed for kind in changing}
    assert changed[paper_states.BADGES] == {row.id}
    assert changed[paper_states.SLIPS] == {row.id}
    sheets = papers.mark_sheets(scheduled, papers.Choice(only=changed[paper_states.MARKSHEETS]))
    assert {sheet.number for sheet in sheets} == {row.number}
    assert len(sheets) > 1
    assert changed[paper_states.RUNNING_LISTS]
    told = [line for line in readiness(scheduled).lines if line.title == "1 contestant was replaced after printing"]
    assert [(line.severity, line.page) for line in told] == [("attention", "print")]
    printouts.record(scheduled, "李敏", paper_states.BADGES, 1, None, "changed")
    assert not [line for line in readiness(scheduled).lines if "replaced" in line.title]


def test_a_new_photo_changes_that_badge(drawn: Store) -> None:
    row = nurse(drawn)
    assert row.person_id is not None
    pieces = len(entrants.entrants(drawn))
    printouts.record(drawn, "李敏", paper_states.BADGES, pieces, None)
    with drawn.read():
        number = models.Person.get_by_id(row.person_id).id_number
    for colour in ("#112233", "#445566"):  # one added, one changed
        picture = Picture("a.jpg", number, (), face((300, 420), colour))
        import_photos(drawn, "李敏", PhotoReading((picture,)))
        assert paper_states.state(drawn, paper_states.BADGES).changed == {row.id}
        printouts.record(drawn, "李敏", paper_states.BADGES, pieces, None)


def test_both_people_stay_on_the_roster(drawn: Store) -> None:
    row = nurse(drawn)
    after = put_in(drawn, row)
    for person in (row.person_id, after.person_id):
        assert person is not None
        with pytest.raises(NotAllowed, match="stays on the roster"):
            roster.remove_people(drawn, "李敏", [person], "mistake")


def test_an_import_does_not_move_who_was_replaced(drawn: Store) -> None:
    row = nurse(drawn)
    put_in(drawn, row)
    assert row.person_id is not None
    with drawn.read():
        person = models.Person.get_by_id(row.person_id)
    moved = RosterRow("a.csv", "", 2, "市中医院", person.name, "护理组", id_number=person.id_number)
    preview = preview_import(drawn, RosterReading([moved]))
    assert preview.refused_rows == 1
    assert not preview.changed


def test_sealed_names_are_not_offered(drawn: Store) -> None:
    row = nurse(drawn)
    reserves = name_reserves(drawn, 2)["1H", 1]
    everyone = queries.substitutes(drawn, row.id)
    with drawn.read():
        numbers = dict(models.Person.select(models.Person.id, models.Person.id_number).tuples())
    seal(drawn)
    assert queries.substitutes(drawn, row.id) == [
        queries.Substitute(reserves[0], 1),
        queries.Substitute(reserves[1], 2),
    ]
    chosen = everyone[5]
    found = queries.substitute_called(drawn, row.id, f" {numbers[chosen.person_id].lower()} ")
    assert found == queries.Substitute(chosen.person_id, None)
    put_in(drawn, row)
    told = queries.replaced(drawn)[row.id]
    assert (told.left, told.joined) == ("", "")
    with pytest.raises(NotAllowed) as caught:
        substitution.substitute(drawn, "李敏", row.id, reserves[0], "again")
    assert not any(one.name in str(caught.value) for one in everyone)


def test_somebody_is_found_by_full_name_or_id_number(drawn: Store) -> None:
    row = nurse(drawn)
    one = queries.substitutes(drawn, row.id)[3]
    assert queries.substitute_called(drawn, row.id, f" {one.name[0]} {one.name[1:]}") == one
    for text in ("", one.name[:1], "某某某", "360981"):
        assert queries.substitute_called(drawn, row.id, text) is None


def test_everyone_who_held_a_place(drawn: Store) -> None:
    first = nurse(drawn)
    second = put_in(drawn, first)
    third = put_in(drawn, second, 1)
    with drawn.read():
        assert queries.held() == {third.person_id: (first.person_id, second.person_id, third.person_id)}
