"""Papers of the Gao'an event, from its file."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from data import models
from data.actions import notices
from data.actions import printouts as actions
from data.actions.marks import hand_in, set_visit
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import ladder_papers, printouts
from data.queries import papers as queries
from data.queries.entrants import entrants
from data.queries.ladder import ladder
from data.queries.plan import current_plan
from data.queries.timetable_papers import Choice
from data.store import Store
from printing import papers
from tests.data import ending
from tests.printing.reading import codes, plain, texts


def schedule(store: Store, number: int = 1, shift: int = 0) -> None:
    """A plain timetable without the solver: one after the other, lane by lane."""
    plan = current_plan(store)
    rows = entrants(store)
    with store.write("tester", "schedule.save_timetable") as writing:
        timetable = writing.insert(
            models.Timetable, number=number, made_at=writing.at, finish_minute=1080, bound_minute=1080
        )
        known = {(visit.entrant_id, visit.station_id): visit.id for visit in models.Visit.select()}
        for station in plan.stations:
            served = [row for row in rows if row.division_code in station.divisions]
            for place, row in enumerate(served):
                key = (row.id, station.id)
                visit = known.get(key) or writing.insert(models.Visit, entrant=row.id, station=station.id)
                starts = 510 + place // station.lanes * station.minutes + (shift if station.code == "S3" else 0)
                writing.insert(
                    models.Slot,
                    timetable=timetable,
                    visit=visit,
                    lane=1 + place % station.lanes,
                    starts_minute=starts,
                    ends_minute=starts + station.minutes,
                )


@pytest.fixture
def timed(drawn: Store) -> Store:
    """The drawn Gao'an event with a timetable."""
    schedule(drawn)
    return drawn


def award(store: Store, number: int = 1, level: str = "一等奖", serial: str = "0001") -> None:
    """A result version with one person and one team."""
    rows = {row.division_code: row for row in entrants(store)}

    def frozen(code: str, entry: str) -> dict:
        row = rows[code]
        line = {
            "entrant_id": row.id,
            "place": 1,
            "shared": False,
            "number": row.number,
            "name": row.name,
            "unit": row.unit,
            "unit_short": row.unit_short,
            "components": [],
            "shown_components": [],
            "total": "90",
            "shown": "90.00",
            "award": level,
            "serial": f"GA23-{code}-{serial}",
            "state": "present",
        }
        return {"code": code, "title": row.division_title, "entry": entry, "components": [], "rows": [line]}

    event = {
        "code": "GA23",
        "name": "高安大比武",
        "organizer": "高安市卫生健康委员会",
        "host": "",
        "date": "2023-11-18",
    }
    content = {"event": event, "divisions": [frozen("1H", "individual"), frozen("1T", "team")]}
    with store.write("tester", "results.finalise") as writing:
        writing.insert(
            models.ResultVersion, number=number, made_at=writing.at, actor="tester", content=content, sha256="0" * 64
        )


def test_nothing_can_be_printed_too_early(rostered: Store, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        papers.write_badges(rostered, tmp_path / "a.pdf")
    for write in (papers.write_marksheets, papers.write_timetables):
        with pytest.raises(NotAllowed):
            write(rostered, tmp_path / "a.pdf")
    with pytest.raises(NotFound):
        papers.write_certificates(rostered, tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()
    assert [state.problem is None for state in printouts.states(rostered)] == [False] * 13


def test_a_badge_for_everyone(drawn: Store, tmp_path: Path) -> None:
    path = tmp_path / "badges.pdf"
    assert papers.write_badges(drawn, path) == 182
    wanted = [badge.code for badge in queries.badges(drawn)]
    assert len(set(wanted)) == 182
    pdf = path.read_bytes()
    assert len(pypdfium2.PdfDocument(pdf)) == 46
    assert codes(pdf, 0) == wanted[:4]
    assert codes(pdf, 45) == wanted[180:]


def test_badges_of_one_division(drawn: Store, tmp_path: Path) -> None:
    assert papers.write_badges(drawn, tmp_path / "a.pdf", choice=Choice(division="1T")) == 8
    with pytest.raises(InvalidInput):
        papers.write_badges(drawn, tmp_path / "a.pdf", choice=Choice(division="1T", only=frozenset()))


def test_a_sheet_for_each_visit_and_seat(timed: Store) -> None:
    sheets = queries.mark_sheets(timed)
    assert len(sheets) == 1194
    assert len({sheet.code for sheet in sheets}) == 1194
    order = [station.code for station in current_plan(timed).stations]
    keys = [(order.index(sheet.station.code), sheet.lane, sheet.starts_minute, sheet.seat) for sheet in sheets]
    assert keys == sorted(keys)
    assert all(sheet.judge for sheet in sheets)


def test_sheets_of_one_station_are_read_as_their_own(timed: Store, tmp_path: Path) -> None:
    choice = Choice(division="1T", station="T1")
    path = tmp_path / "sheets.pdf"
    wanted = queries.mark_sheets(timed, choice)
    assert papers.write_marksheets(timed, path, choice=choice) == len(wanted) == 8 * 5
    pdf = path.read_bytes()
    assert [codes(pdf, page)[0] for page in (0, 39)] == [wanted[0].code, wanted[39].code]


def test_timetables_from_all_their_sides(timed: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    sides = [papers.WRITERS[side](timed, path) for side in printouts.SIDES]
    assert sides == [182, 13, 41, 7, 1]
    assert papers.write_timetables(timed, path) == sum(sides)
    assert "Timetable 1" in texts(path.read_bytes())[0]


def test_certificates_come_from_a_version_alone(timed: Store, tmp_path: Path) -> None:
    award(timed)
    path = tmp_path / "a.pdf"
    assert papers.write_certificates(timed, path) == 2
    found = plain(texts(path.read_bytes()))
    assert "GA23-1H-0001" in found
    assert "高安大比武" in found
    assert papers.write_certificates(timed, path, choice=Choice(division="1T"), version=1) == 1
    award(timed, 2, "")
    with pytest.raises(NotAllowed):
        papers.write_certificates(timed, path)


def test_names_that_no_font_can_print_are_told(drawn: Store) -> None:
    assert papers.names_without_glyphs(drawn) == []
    with drawn.write("tester", "setup.mend") as writing:
        writing.update(models.Entrant.get(), name="王𐎀")
    assert papers.names_without_glyphs(drawn) == [("王𐎀", "𐎀")]


def printed(store: Store, kind: str) -> printouts.PaperState:
    state = printouts.state(store, kind)
    actions.record(store, "李敏", kind, state.pieces, state.version)
    return printouts.state(store, kind)


def test_what_was_printed_is_remembered(timed: Store) -> None:
    award(timed)
    before = printouts.state(timed, printouts.MARKSHEETS)
    assert (before.pieces, before.version, before.printed_at, before.of_version) == (1194, 1, None, None)
    for kind in printouts.KINDS:
        if kind != printouts.TIMETABLES:
            state = printed(timed, kind)
            assert state.printed_at
            assert state.of_version == state.version
            assert not state.changed


def test_all_sides_make_the_timetables(timed: Store) -> None:
    for kind in printouts.SIDES:
        assert "timetables" not in kinds(timed)
        printed(timed, kind)
    assert kinds(timed)["timetables"] == 182 + 13 + 41 + 7 + 1


def kinds(store: Store) -> dict[str, int]:
    with store.read():
        return {row.kind: row.pieces for row in models.Printout.select()}


def test_a_part_does_not_count_as_all(timed: Store) -> None:
    actions.record(timed, "李敏", printouts.BADGES, 8, None, "1T")
    assert kinds(timed) == {"badges/1T": 8}
    assert printouts.state(timed, printouts.BADGES).printed_at is None


def test_a_changed_name_makes_his_papers_old(timed: Store) -> None:
    for kind in (printouts.BADGES, printouts.MARKSHEETS, *printouts.SIDES):
        printed(timed, kind)
    someone = entrants(timed, "1H")[0]
    with timed.write("tester", "roster.rename") as writing:
        writing.update(models.Entrant.get_by_id(someone.id), name="王契")
    changed = {state.kind: state.changed for state in printouts.states(timed)}
    assert changed[printouts.BADGES] == changed[printouts.SLIPS] == {someone.id}
    assert len(changed[printouts.MARKSHEETS]) == 3
    assert len(changed[printouts.RUNNING_LISTS]) == 3
    assert len(changed[printouts.JUDGE_LISTS]) == 9
    assert len(changed[printouts.DOOR_LISTS]) == 3
    assert changed[printouts.OVERVIEW] == {1}
    choice = Choice(only=changed[printouts.MARKSHEETS])
    assert {sheet.name for sheet in queries.mark_sheets(timed, choice)} == {"王契"}


def test_an_arrival_leaves_papers_as_they_are(timed: Store) -> None:
    printed(timed, printouts.BADGES)
    with timed.write("tester", "checkin.check_in") as writing:
        writing.update(models.Entrant.get(), state="present")
    assert not printouts.state(timed, printouts.BADGES).changed


def test_a_new_timetable_makes_moved_visits_old(timed: Store) -> None:
    for kind in (printouts.BADGES, printouts.MARKSHEETS, printouts.SLIPS):
        printed(timed, kind)
    schedule(timed, 2, shift=5)
    states = {state.kind: state for state in printouts.states(timed)}
    assert not states[printouts.BADGES].changed
    moved = {sheet.id for sheet in queries.mark_sheets(timed) if sheet.station.code == "S3"}
    assert states[printouts.MARKSHEETS].changed == moved
    assert (states[printouts.MARKSHEETS].of_version, states[printouts.MARKSHEETS].version) == (1, 2)
    assert len(states[printouts.SLIPS].changed) == len(moved)


def change(store: Store, model: type[models.Row], **values: object) -> models.Row:
    with store.write("tester", "setup.save_plan") as writing:
        row = model.select().order_by(model.id).first()
        writing.update(row, **values)
        return row


def test_changes_of_the_plan_make_what_shows_them_old(timed: Store) -> None:
    for kind in (printouts.MARKSHEETS, *printouts.SIDES):
        printed(timed, kind)
    change(timed, models.Judge, name="新裁判")
    states = {state.kind: state.changed for state in printouts.states(timed)}
    sheets = queries.mark_sheets(timed)
    assert states[printouts.MARKSHEETS] == {sheet.id for sheet in sheets if sheet.station.code == "S1"}
    assert len(states[printouts.JUDGE_LISTS]) == 1
    assert not states[printouts.SLIPS]


def test_another_break_makes_the_overview_old(timed: Store) -> None:
    for kind in printouts.SIDES:
        printed(timed, kind)
    change(timed, models.Break, name="午餐")
    assert {state.kind for state in printouts.states(timed) if state.changed} == {printouts.OVERVIEW}


def test_a_door_list_of_a_choice(timed: Store, tmp_path: Path) -> None:
    path = tmp_path / "doors.pdf"
    assert papers.write_door_lists(timed, path, choice=Choice(station="T1")) == 1
    found = plain(texts(path.read_bytes()))
    assert "T1" in found
    assert "S1" not in found
    with pytest.raises(InvalidInput):
        papers.write_overview(timed, path, choice=Choice(only=frozenset({2})))


def test_a_changed_item_makes_the_sheets_of_its_stations_old(timed: Store) -> None:
    printed(timed, printouts.MARKSHEETS)
    item = change(timed, models.Item, text="另一项")
    sheets = queries.mark_sheets(timed)
    with timed.read():
        code = item.sheet.code
    wanted = {sheet.id for sheet in sheets if sheet.sheet.code == code}
    assert printouts.state(timed, printouts.MARKSHEETS).changed == wanted != set()


def test_a_changed_event_makes_all_old(timed: Store) -> None:
    printed(timed, printouts.BADGES)
    printed(timed, printouts.SLIPS)
    change(timed, models.Event, name="另一场")
    assert len(printouts.state(timed, printouts.BADGES).changed) == 182
    assert len(printouts.state(timed, printouts.SLIPS).changed) == 182


def test_papers_without_a_known_timetable_are_old(timed: Store) -> None:
    actions.record(timed, "李敏", printouts.SLIPS, 182, None)
    assert len(printouts.state(timed, printouts.SLIPS).changed) == 182


def test_another_award_makes_the_certificate_old(timed: Store) -> None:
    award(timed)
    printed(timed, printouts.CERTIFICATES)
    award(timed, 2, "二等奖", "0002")
    assert len(printouts.state(timed, printouts.CERTIFICATES).changed) == 2


def test_ladders_are_old_with_every_new_result_version(timed: Store) -> None:
    with pytest.raises(NotAllowed, match="No marks"):
        ladder_papers.ladder_papers(timed)
    visit = queries.mark_sheets(timed)[0].id
    hand_in(timed, "录分", visit, 1, {}, total_milli=80_000)
    assert printouts.state(timed, printouts.LADDERS).pieces == 182
    printed(timed, printouts.LADDERS)
    assert not printouts.state(timed, printouts.LADDERS).changed
    award(timed)
    assert len(printouts.state(timed, printouts.LADDERS).changed) == 182


def test_ladders_on_paper_say_of_which_version_they_are(finished: Store, tmp_path: Path) -> None:
    path = tmp_path / "ladders.pdf"
    seen: list[tuple[int, int]] = []
    choice = Choice(division="1T")
    assert papers.write_ladders(finished, path, lambda done, total, text: seen.append((done, total)), choice) == 8
    assert seen[-1] == (16, 16)
    pages = texts(path.read_bytes())
    assert len(pages) >= 8
    assert all("Result version 1" in page for page in pages)
    wanted = ladder(finished, ladder_papers.ladder_papers(finished, choice)[0].id)
    said = plain(pages)
    for line in wanted.lines:
        assert plain([line.text, line.value]) in said, line
    visit = queries.mark_sheets(finished)[0]
    ending.reopen(finished)
    set_visit(finished, "录分", visit.id, penalty_milli=1000)
    papers.write_ladders(finished, path, choice=Choice(only=frozenset({entrants(finished)[0].id})))
    assert "Provisional" in texts(path.read_bytes())[0]
    with pytest.raises(InvalidInput):
        papers.write_ladders(finished, path, choice=Choice(only=frozenset()))


def test_only_the_certificates_that_changed_and_the_list_of_the_void(timed: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    award(timed)
    with pytest.raises(NotAllowed, match="No certificate is void"):
        papers.write_void_list(timed, path)
    award(timed, 2, "二等奖", "0002")
    assert papers.write_certificates(timed, path, new_only=True) == 2
    assert "GA23-1H-0002" in texts(path.read_bytes())[0]
    assert papers.write_void_list(timed, path) == 1
    said = plain(texts(path.read_bytes()))
    for words in ("GA23-1H-0001", "GA23-1T-0002", "Award:一等奖→二等奖", "Resultversion2"):
        assert words in said, words
    assert printouts.state(timed, printouts.VOID_LIST).version == 2
    actions.record(timed, "李敏", printouts.VOID_LIST, 1, 2)
    assert not printouts.state(timed, printouts.VOID_LIST).changed
    award(timed, 3, "二等奖", "0002")
    with pytest.raises(InvalidInput):
        papers.write_certificates(timed, path, new_only=True)


def test_honours_have_certificates_of_their_own(timed: Store, tmp_path: Path) -> None:
    award(timed)
    with timed.read():
        content = models.ResultVersion.get().content
    holder = {"entrant_id": None, "unit_id": 1, "name": "", "unit": "市中医院", "serial": "GA23-H-0001"}
    content |= {"form": 2, "honours": [{"name": "优秀组织奖", "rows": [holder]}]}
    with timed.write("tester", "results.finalise") as writing:
        writing.insert(models.ResultVersion, number=2, made_at=writing.at, actor="", content=content, sha256="0" * 64)
    found = queries.certificates(timed).certificates
    assert [(one.id, one.name, one.unit, one.level) for one in found[2:]] == [(-1, "", "市中医院", "优秀组织奖")]
    assert len(queries.certificates(timed, choice=Choice(division="1T")).certificates) == 1
    path = tmp_path / "honours.pdf"
    assert papers.write_certificates(timed, path, new_only=True) == 1
    said = plain(texts(path.read_bytes()))
    assert "市中医院" in said
    assert "isgiventhehonour" in said
    assert "GA23-H-0001" in said
    printed(timed, printouts.CERTIFICATES)
    assert not printouts.state(timed, printouts.CERTIFICATES).changed


def test_certificates_of_an_event_without_a_date_keep_that_of_their_version(timed: Store) -> None:
    award(timed)
    with timed.write("tester", "test.date") as writing:
        row = models.ResultVersion.get()
        writing.update(row, content=row.content | {"event": row.content["event"] | {"date": ""}})
        given = row.made_at[:10]
    assert {one.date for one in queries.certificates(timed).certificates} == {given}


def test_the_notice_is_printed_for_the_days_that_were_noted(timed: Store, tmp_path: Path) -> None:
    path = tmp_path / "notice.pdf"
    with pytest.raises(NotFound):
        papers.write_notice(timed, path)
    award(timed)
    assert printouts.state(timed, printouts.NOTICE).version == 1
    notices.publish(timed, "秘书", 1, date(2023, 11, 27), date(2023, 12, 1))
    assert papers.write_notice(timed, path) == 1
    assert "2023-11-27to2023-12-01(5workingdays)" in plain(texts(path.read_bytes()))
    actions.record(timed, "李敏", printouts.NOTICE, 1, 1)
    assert not printouts.state(timed, printouts.NOTICE).changed
    award(timed, 2)
    assert printouts.state(timed, printouts.NOTICE).changed == {2}
