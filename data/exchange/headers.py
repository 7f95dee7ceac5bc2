"""The header rows of tables that people made: the words that they use, and where they stand."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from data.rules.identity import fold_width

HEADER_WITHIN = 40  # rows; titles and notes may stand above the headers

ID_NUMBER = "身份证号 身份证号码 证件号码 证件号 身份证 公民身份号码 居民身份证号 居民身份证号码 身份证件号码"
NAME = "姓名 选手姓名 参赛选手 参赛人员 人员姓名 选手 名字 职工姓名 考生姓名"
UNIT = "单位 单位名称 参赛单位 工作单位 所在单位 所属单位 医院 医院名称 医疗机构 医疗机构名称 机构名称 报送单位"


def header_word(cell: str) -> str:
    """A header without what people put around it: `姓 名*`, `身份证号（必填）` are 姓名, 身份证号."""
    word = "".join(fold_width(cell).split())
    return re.sub(r"\([^)]*\)|（[^）]*）|[*:：]", "", word)


def field_of_words(words: Mapping[str, str]) -> dict[str, str]:
    """The field that each header word names, out of the words of each field, blanks between."""
    return {word: name for name, texts in words.items() for word in texts.split()}


def find_header(
    rows: Sequence[Sequence[str]], field_of: Mapping[str, str], enough: Callable[[Collection[str]], bool]
) -> tuple[int, dict[str, int]] | None:
    """The index of the first row that names enough fields, and the column of each; the first of two counts."""
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        places: dict[str, int] = {}
        for column, cell in enumerate(row):
            name = field_of.get(header_word(cell))
            if name is not None:
                places.setdefault(name, column)
        if enough(places.keys()):
            return index, places
    return None
