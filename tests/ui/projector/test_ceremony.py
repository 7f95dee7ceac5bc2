"""The ceremony of a draw: what each of its slides says, how it is walked through, and that nothing shows too much."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from data import models
from data.actions import draws as actions
from data.queries import draws as queries
from data.queries.draws import DrawStep
from tests.conftest import SEED_PARTS
from ui import theme
from ui.projector import canvas, painting
from ui.projector import ceremony as ceremonies
from ui.projector.ceremony import DRAW, LIST, RESULT, SEED, Beat, Ceremony, beats_of, ceremony_of, slide_of
from ui.projector.ceremony_show import FAST, SLOW, CeremonyShow
from ui.projector.ceremony_slides import HashSlide, ListRow, ListSlide, SealedSlide, SeedSlide, StepRow, StepSlide
from ui.projector.hall import hall_of
from ui.projector.slides import BlankSlide, TitleSlide

LONG = "高安市新街镇中心卫生院（高安市人民医院医共体新街分院急诊急救中心）"
WITNESSES = ("王建国", "赵芳")


def step(n: int, taken: bool = True, outcome: str = "") -> DrawStep:
    return DrawStep(n, f"A-01-{n:04}", f"张{n}", "甲医院", outcome or ("Selected" if taken else "No place left"), taken)


def drawn_ceremony(people: int = 876) -> Ceremony:
    steps = [step(n, taken=n % 3 > 0) for n in range(1, people + 1)]
    rows = tuple(ListRow(str(one.n), one.id, one.name, one.unit) for one in steps)
    results = tuple(ListRow(str(one.n), one.id, one.name, one.unit, one.outcome) for one in steps if one.taken)
    return Ceremony(
        1, "selection", "大比武", people, "ab" * 32, rows, True, False,
        ceremonies.seed_lines(SEED_PARTS, WITNESSES), "6.8./高安/", "2023-11-18", "584 people selected",
        beats_of(steps), results,
    )  # fmt: skip


def frozen_ceremony(people: int = 25) -> Ceremony:
    drawn = drawn_ceremony(people)
    return replace(drawn, is_drawn=False, seed=(), key="", by="", outcome="", beats=(), results=())


def test_each_beat_ends_with_somebody_drawn_and_the_last_may_be_passed_over():
    beats = beats_of([step(1), step(2, False), step(3, False), step(4), step(5, False)])
    assert [(beat.drawn and beat.drawn.n, [row.n for row in beat.passed], beat.reached) for beat in beats] == [
        (1, [], 1),
        (4, [2, 3], 4),
        (None, [5], 5),
    ]
    assert beats_of([]) == ()


def test_the_hash_is_shown_in_groups_before_the_pages_of_the_list():
    ceremony = frozen_ceremony()
    first = slide_of(ceremony, LIST, 0)
    assert isinstance(first, HashSlide)
    assert (first.count, "".join(first.groups), len(first.groups)) == ("25 entries", ceremony.sha256, 16)
    pages = [slide_of(ceremony, LIST, number) for number in range(1, ceremony.last(LIST) + 1)]
    assert all(isinstance(page, ListSlide) and page.pages == 3 for page in pages)
    assert [row.n for page in pages for row in page.rows] == [str(n) for n in range(1, 26)]
    assert "abab abab … abab abab" in pages[0].feet[0]


def test_before_the_draw_there_is_nothing_of_its_outcome():
    ceremony = frozen_ceremony()
    assert ceremony.stages == (LIST, SEED)
    assert slide_of(ceremony, LIST, 1).banner.pill == "List frozen · not drawn yet"
    assert not any(row.outcome for row in slide_of(ceremony, LIST, 1).rows)


def test_a_step_tells_who_and_what_and_whom_it_passed_over():
    ceremony = drawn_ceremony(9)
    begin = slide_of(ceremony, DRAW, 0)
    assert (begin.now, begin.done, begin.total, begin.note) == (None, 0, 9, "The draw begins.")
    assert begin.banner.pill == "Being drawn"
    assert slide_of(ceremony, DRAW, ceremony.last(DRAW)).banner.pill == ceremony.outcome
    third = slide_of(ceremony, DRAW, 3)
    assert isinstance(third, StepSlide)
    assert (third.now.n, third.done, [row.n for row in third.recent]) == (4, 4, [2, 1])
    assert third.passed == ("Passed over: 张3  甲医院 – No place left",)
    end = slide_of(ceremony, DRAW, ceremony.last(DRAW))
    assert (end.now, end.note, end.done) == (None, "The walk through the list is over.", 9)
    assert [row.n for row in end.recent] == [8, 7, 5, 4, 2]


def test_many_passed_over_are_counted():
    row = StepRow(1, "id", "", "", "No place left")
    ceremony = replace(drawn_ceremony(3), beats=(Beat(row, (row,) * 7, 8),))
    assert slide_of(ceremony, DRAW, 1).passed == ("7 passed over, the last: id – No place left",)


def test_the_result_keeps_hash_key_time_and_witnesses_under_every_page():
    ceremony = drawn_ceremony(20)
    pages = [slide_of(ceremony, RESULT, number) for number in range(ceremony.last(RESULT) + 1)]
    assert [len(page.rows) for page in pages] == [8, 6]
    for page in pages:
        assert ["SHA-256" in page.feet[0], "6.8./高安/" in page.feet[1], page.feet[2]] == [True, True, "2023-11-18"]


def test_a_sealed_draw_shows_nobody():
    ceremony = drawn_ceremony().as_sealed()
    assert ceremony.stages == (LIST, SEED, RESULT)
    assert ceremony.last(LIST) == ceremony.last(RESULT) == 0
    slide = slide_of(ceremony, RESULT, 0)
    assert isinstance(slide, SealedSlide)
    assert "张" not in repr([slide_of(ceremony, stage, 0) for stage in ceremony.stages])
    assert slide.statement == "584 people selected, sealed until they are decoded"


def test_the_ceremony_of_a_record(nursing_rostered):
    draw_id = actions.freeze(nursing_rostered, "李敏", "selection")
    frozen = ceremony_of(nursing_rostered, draw_id)
    assert (frozen.is_drawn, frozen.count, frozen.stages) == (False, 42, (LIST, SEED))
    actions.draw(nursing_rostered, "李敏", draw_id, SEED_PARTS, WITNESSES)
    made = ceremony_of(nursing_rostered, draw_id)
    record = queries.record(nursing_rostered, draw_id)
    assert (made.key, made.sha256) == (record["key"], record["pool_sha256"])
    assert {row.id for row in made.results} == {entry["id"] for entry in record["result"]}
    assert [int(row.n) for row in made.results] == sorted(int(row.n) for row in made.results)
    assert [line.witness for line in made.seed] == list(WITNESSES)


def test_blind_numbers_are_sealed_and_open_ones_stand_in_their_order(nursing_drawn, drawn):
    blind = ceremony_of(nursing_drawn, queries.current(nursing_drawn, "numbers").id)
    assert blind.sealed
    assert (blind.rows, blind.beats, blind.results, blind.outcome) == ((), (), (), "42 numbers given")
    openly = ceremony_of(drawn, queries.current(drawn, "numbers").id)
    numbers = [row.outcome for row in openly.results if row.outcome.startswith("1H-")]
    assert numbers == sorted(numbers)
    assert openly.beats[0].drawn.name


class Walk:
    """A ceremony and the slides that it showed."""

    def __init__(self, ceremony: Ceremony) -> None:
        self.show = CeremonyShow(ceremony)
        self.slides = []
        self.show.slide_changed.connect(self.slides.append)

    @property
    def at(self) -> tuple[str, int]:
        return self.show.stage, self.show.position


@pytest.fixture
def walk(qapp):
    made = []

    def make(ceremony: Ceremony) -> Walk:
        made.append(Walk(ceremony))
        return made[-1]

    yield make
    for one in made:
        one.show.hold(True)


def test_forward_and_back_through_all_stages(walk):
    walked = walk(drawn_ceremony(12))
    seen = [walked.at]
    while walked.show.can_go_on:
        walked.show.next()
        seen.append(walked.at)
    walked.show.next()
    assert walked.at == seen[-1] == (RESULT, 0)
    assert seen == [
        *((LIST, n) for n in range(3)), (SEED, 0), *((DRAW, n) for n in range(10)), (RESULT, 0)
    ]  # fmt: skip
    for place in reversed(seen[:-1]):
        walked.show.back()
        assert walked.at == place
    walked.show.back()
    assert walked.at == (LIST, 0)


def test_the_hash_waits_for_the_operator_then_pages_turn_round_and_round(walk):
    show = walk(frozen_ceremony(25)).show
    show.step()
    assert (show.position, show.is_turning) == (0, False)
    show.next()
    assert show.is_turning
    positions = []
    for _turn in range(4):
        show.step()
        positions.append(show.position)
    assert positions == [2, 3, 1, 2]
    show.set_playing(False)
    assert not show.is_turning


def test_the_draw_goes_on_by_itself_and_stops_at_its_end(walk):
    walked = walk(drawn_ceremony(12))
    show = walked.show
    show.go(DRAW)
    assert show.is_turning
    shown = []
    while show.is_turning:
        show.step()
        shown.append(show.slide.done)
    assert shown == [1, 2, 4, 5, 7, 8, 10, 11, 12]
    show.step()
    assert walked.at == (DRAW, 9)


def test_a_fast_draw_of_876_takes_seconds(walk):
    show = walk(drawn_ceremony(876)).show
    show.go(DRAW)
    show.set_speed(FAST)
    turns = 0
    while show.is_turning:
        show.step()
        turns += 1
    assert turns <= 150
    assert show._timer.interval() * turns <= 15_000


def test_skipping_shows_the_end_and_then_the_next_stage(walk):
    walked = walk(drawn_ceremony(876))
    places = []
    for _key in range(6):
        walked.show.skip()
        places.append(walked.at)
    last = walked.show.ceremony.last
    assert places == [(LIST, 88), (SEED, 0), (DRAW, 0), (DRAW, last(DRAW)), (RESULT, 0), (RESULT, last(RESULT))]


def test_speed_and_black(walk):
    show = walk(drawn_ceremony(30)).show
    show.go(DRAW)
    intervals = {}
    for speed in (SLOW, FAST):
        show.set_speed(speed)
        intervals[speed] = show._timer.interval()
    assert intervals[SLOW] > intervals[FAST]
    show.hold(True)
    assert not show.is_turning
    show.hold(False)
    assert show.is_turning


def test_the_seed_appears_as_it_is_typed_and_gives_way_to_the_one_drawn_with(walk):
    show = walk(frozen_ceremony()).show
    show.go(SEED)
    show.show_seed(["08 15", ""], ["王建国"], "", "Part 2: empty")
    assert isinstance(show.slide, SeedSlide)
    assert [(line.part, line.witness) for line in show.slide.lines] == [("08 15", "王建国"), ("", "")]
    assert show.slide.note == "Part 2: empty"
    show.take(drawn_ceremony(25))
    assert (show.stage, show.slide.key) == (SEED, "6.8./高安/")
    show.go("lunch")
    assert show.stage == SEED


def test_what_is_sealed_meanwhile_leaves_the_screen(walk):
    show = walk(drawn_ceremony(30)).show
    show.go(DRAW)
    show.step()
    show.take(show.ceremony.as_sealed())
    assert (show.stage, show.position) == (RESULT, 0)
    assert isinstance(show.slide, SealedSlide)
    show.step()
    assert not show.is_turning


def test_the_hall_shows_one_thing_at_a_time(make_desk, marked):
    hall = hall_of(make_desk(marked))
    assert hall_of(hall._desk) is hall
    hall.board.release(["1H"])
    before = hall.slide
    hall.begin(drawn_ceremony(12))
    assert isinstance(hall.slide, HashSlide)
    assert hall.board.released == ()
    hall.board.release(["1H"])
    assert isinstance(hall.slide, HashSlide)
    assert hall.board.slide == before
    hall.board.release([])
    hall.set_blank(True)
    assert hall.slide == BlankSlide()
    hall.end()
    assert isinstance(hall.slide, TitleSlide)
    hall.end()


def test_the_keys_of_a_ceremony(make_desk, store):
    hall = hall_of(make_desk(store))
    show = hall.begin(drawn_ceremony(12))
    for key, place in (
        (Qt.Key.Key_Space, (LIST, 1)),
        (Qt.Key.Key_Right, (LIST, 2)),
        (Qt.Key.Key_Left, (LIST, 1)),
        (Qt.Key.Key_S, (LIST, 2)),
        (Qt.Key.Key_PageDown, (SEED, 0)),
        (Qt.Key.Key_PageUp, (LIST, 2)),
    ):
        assert hall.press(key)
        assert (show.stage, show.position) == place
    assert hall.press(Qt.Key.Key_3)
    assert show.speed == FAST
    assert hall.press(Qt.Key.Key_P)
    assert not show.playing
    assert hall.press(Qt.Key.Key_B)
    assert hall.blank
    assert not hall.press(Qt.Key.Key_F)


def test_an_event_that_becomes_sealed_takes_the_people_off(qtbot, make_desk, drawn):
    hall = hall_of(make_desk(drawn))
    show = hall.begin(ceremony_of(drawn, queries.current(drawn, "numbers").id))
    show.go(DRAW)
    show.step()
    assert show.slide.now.name
    with drawn.write("test", "test.blind") as writing:
        writing.update(models.Event.get(), blind=True)
    qtbot.waitUntil(lambda: show.ceremony.sealed)
    assert isinstance(hall.slide, SealedSlide)


def every_slide() -> list:
    drawn = drawn_ceremony(30)
    crowded = StepRow(876, "S1/1H-095/2R", "阿卜杜热合曼·麦提尼亚孜", LONG, "考站 S2，第 1 工位，第 3 席")
    beats = tuple(Beat(crowded, (crowded, crowded), n) for n in range(1, 9))
    lane = StepRow(1, "S1/1H-095/2R", "", "", "考站 S2，第 1 工位")
    rows = (ListRow("876", crowded.id, crowded.name, LONG, crowded.outcome),) * 16
    long = replace(drawn, rows=rows, beats=beats, results=rows, key="高安" * 40, seed=drawn.seed * 3)
    pairs = replace(drawn, results=(ListRow("1", lane.id, "", "", lane.outcome),), beats=(Beat(lane, (), 1),))
    places = [(stage, place) for stage in drawn.stages for place in (0, 1) if place <= drawn.last(stage)]
    banner = slide_of(drawn, SEED, 0).banner
    return [
        *(slide_of(drawn, stage, place) for stage, place in places),
        *(slide_of(long, stage, long.last(stage)) for stage in long.stages),
        *(slide_of(pairs, stage, pairs.last(stage)) for stage in (DRAW, RESULT)),
        slide_of(frozen_ceremony(), SEED, 0),
        SeedSlide(banner, ceremonies.seed_lines(["7", ""], ["甲", ""]), "", "Part 2 is empty."),
        slide_of(drawn.as_sealed(), RESULT, 0),
    ]


def test_no_text_is_too_small_or_out_of_its_picture(qapp, monkeypatch):
    seen: list[tuple[str, QRectF, int]] = []
    real = canvas.text

    def watch(painter, place, words, colour, pixels=canvas.SMALLEST, **named):
        if words:
            seen.append((words, place, pixels))
        real(painter, place, words, colour, pixels, **named)

    for module in ("canvas", "ceremony_painting", "painting"):
        monkeypatch.setattr(f"ui.projector.{module}.text", watch)
    picture = QImage(canvas.WIDTH, canvas.HEIGHT, QImage.Format.Format_RGB32)
    for slide in every_slide():
        seen.clear()
        painter = QPainter(picture)
        painting.paint(painter, QRectF(picture.rect()), slide)
        painter.end()
        assert seen
        for words, place, pixels in seen:
            assert pixels >= canvas.SMALLEST, words
            assert QRectF(0, 0, canvas.WIDTH, canvas.HEIGHT).contains(place), (words, place)
            assert place.height() >= QFontMetricsF(theme.font(pixels)).ascent(), words
            assert place.width() >= 0.35 * canvas.width_of(words, pixels), words


def test_a_long_key_is_broken_into_lines_that_hold_all_of_it(qapp):
    key = "6.8.15.22.31.33./高安市人民医院杯急救技能大比武/" * 3
    lines = canvas.wrapped(key, 1000, 84, 3)
    assert "".join(lines) == key
    assert len(lines) == 3
    assert all(canvas.width_of(line, 84) <= 1000 for line in lines[:-1])
    assert canvas.wrapped("short", 1000, 84, 3) == ["short"]
    assert canvas.wrapped("", 1000, 84, 3) == []
