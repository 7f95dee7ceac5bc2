"""Serial numbers of certificates: one text each, for ever."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from data.rules.serials import Certified, serials, serials_by_award


def paper(entrant: int, award: str = "一等奖", name: str = "", serial: str = "", series: str = "N") -> Certified:
    return Certified(("entrant", entrant), series, award, (name or f"选手{entrant}", award), serial)


def test_the_first_version_counts_from_one_in_every_series() -> None:
    wanted = [paper(1), paper(2), paper(3, series="NT")]
    assert serials("AB23", [], wanted) == ["AB23-N-0001", "AB23-N-0002", "AB23-NT-0001"]


def test_a_number_stays_while_the_text_does() -> None:
    before = [paper(1, serial="AB23-N-0001"), paper(2, serial="AB23-N-0002")]
    assert serials("AB23", [before], [paper(2), paper(1)]) == ["AB23-N-0002", "AB23-N-0001"]


def test_another_award_or_another_name_is_another_paper() -> None:
    before = [paper(1, serial="AB23-N-0001"), paper(2, serial="AB23-N-0002")]
    wanted = [paper(1, name="别名"), paper(2, "二等奖")]
    assert serials("AB23", [before], wanted) == ["AB23-N-0003", "AB23-N-0004"]


def test_a_void_number_stays_void_but_came_back_by_the_former_rule() -> None:
    versions = [[paper(1, serial="AB23-N-0001")], []]
    assert serials("AB23", versions, [paper(1)]) == ["AB23-N-0002"]
    assert serials_by_award("AB23", versions, [paper(1)]) == ["AB23-N-0001"]


def test_the_former_rule_kept_the_number_of_a_text_that_changed() -> None:
    before = [paper(1, serial="AB23-N-0001")]
    assert serials_by_award("AB23", [before], [paper(1, name="别名"), paper(2)]) == ["AB23-N-0001", "AB23-N-0002"]


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("甲乙")), unique=True), max_size=6))
def test_no_number_ever_stands_for_two_texts(history: list[list[tuple[int, str]]]) -> None:
    versions: list[list[Certified]] = []
    for awards in history:
        wanted = [paper(entrant, award) for entrant, award in awards]
        given_now = serials("AB23", versions, wanted)
        versions.append([replace(one, serial=serial) for one, serial in zip(wanted, given_now, strict=True)])
    texts: dict[str, tuple[object, ...]] = {}
    for number, version in enumerate(versions):
        for one in version:
            assert texts.setdefault(one.serial, (one.owner, one.text)) == (one.owner, one.text)
            former = versions[number - 1] if number else []
            earlier = {old.serial for papers in versions[:number] for old in papers}
            assert (one.serial in earlier) == (one.serial in {old.serial for old in former})
