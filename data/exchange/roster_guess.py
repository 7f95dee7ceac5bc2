"""How the columns of a roster are understood: by their headers, or as a person has chosen."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.utils import get_column_letter

from data.exchange.headers import HEADER_WITHIN, ID_NUMBER, NAME, UNIT, field_of_words, header_word
from data.exchange.tables import TextTable
from data.rules.roster_columns import REQUIRED, ColumnGuess, ColumnMapping, TableGuess

RETURN_REASON = "退回原因"  # the header of the column that a returned roster has more
_WORDS = {
    "unit": UNIT,
    "name": NAME,
    "sex": "性别 性別 男女 男/女",
    "id_number": ID_NUMBER,
    "title": "职称 技术职称 专业技术职称 职称级别 专业技术职务 职称等级 现有职称 专业职称",
    "department": "科室 所在科室 部门 所属科室 科室名称 工作科室 所在部门 科别 现任科室",
    "group": "组别 参赛组别 组 竞赛组别 比赛组别 报名组别 专业组别 参赛类别 参赛项目 竞赛项目 参加项目 报名项目",
    "phone": "联系电话 手机 手机号码 手机号 联系方式 电话 电话号码 联系手机 本人电话 移动电话",
    "seeded": "参赛 是否参赛 直接参赛 确定参赛",
    "note": "备注 说明",
    "": "序号 编号 号 工号 照片 相片 年龄 出生日期 出生年月 " + RETURN_REASON,
}
_FIELD_OF = field_of_words(_WORDS)
NAME_HEADERS = frozenset(_WORDS["name"].split())
_WHO = "(参赛|竞赛|比赛|报名|选派|推荐|选手|人员|队员|人|者|员|考生|职工|医务|医护|学员|本人|真实)*"
_NEAR = (
    ("id_number", re.compile(r"(?!.*(后|末|前)\d*位).*身份证.*")),
    ("name", re.compile(_WHO + r"(姓名|名字)")),
    (
        "unit",
        re.compile(
            r"(参赛|竞赛|报名|选送|选派|推荐|派出|所在|所属|工作|现|代表)*(单位|医院|医疗机构|机构)(名称|全称)?"
        ),
    ),
    ("group", re.compile(r"(参赛|竞赛|比赛|报名|报考|所属|参加|选手)*组别(名称)?")),
    ("phone", re.compile(r"(参赛|选手|人员|本人|个人|移动|联系)*(手机|电话|联系方式)(号码|号)?")),
    ("sex", re.compile(_WHO + r"性别")),
    ("title", re.compile(r"(现|现有|目前|卫生|专业|技术)*(职称|技术资格|专业技术资格)(名称|等级|级别)?")),
    ("department", re.compile(r"(现|所在|所属|工作|从事|任职)*(科室|科别|部门|病区)(名称)?")),
)
_SAMPLES = 3
_SAMPLE_LENGTH = 60
_TOP = 12
_MOST_COLUMNS = 60  # of a table that a person is asked about


@dataclass(frozen=True)
class Header:
    """Where the fields of one table are: the index of the header row (-1: none), and the column index of each field."""

    row: int
    places: Mapping[str, int]
    words: Mapping[str, str]
    unknown: tuple[str, ...]


def understand(table: TextTable, mappings: Mapping[str, ColumnMapping]) -> tuple[TableGuess, Header]:
    """How a table is read: as its headers say, or as the mapping for its shape does."""
    guessed = _guess_header(table.rows)
    shape = _shape(table.rows, guessed)
    mapping = mappings.get(shape)
    header = guessed if mapping is None else _chosen_header(table.rows, guessed, mapping)
    field_at = {column: name for name, column in header.places.items()}
    below = table.rows[header.row + 1 : header.row + 1 + 200]
    columns = tuple(
        ColumnGuess(
            get_column_letter(column + 1),
            _words(table.rows[header.row], column) if header.row >= 0 else "",
            field_at.get(column, ""),
            _samples(below, column),
        )
        for column in range(min(_width(table.rows, header.row), _MOST_COLUMNS))
    )
    guess = TableGuess(
        table.file,
        table.sheet,
        shape,
        header.row + 1,
        guessed.row + 1,
        columns,
        mapping is not None,
        tuple(name for name in REQUIRED if name not in header.places),
        tuple(tuple(_short(cell) for cell in row[:_MOST_COLUMNS]) for row in table.rows[:_TOP]),
    )
    return guess, header


def _guess_header(rows: Sequence[Sequence[str]]) -> Header:
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        fields = [_field_of(header_word(cell[:_SAMPLE_LENGTH])) if cell else None for cell in row]
        places: dict[str, int] = {}
        for near in (False, True):  # a header that says it in so many words comes before one that is like it
            for column, found in enumerate(fields):
                if found is not None and found[0] and found[1] is near:
                    places.setdefault(found[0], column)
        if "name" in places and len(places) >= 2:
            unknown = tuple(_words(row, at) for at, found in enumerate(fields) if found is None and row[at].strip())
            return Header(index, places, {name: _words(row, at) for name, at in places.items()}, unknown)
    return Header(-1, {}, {}, ())


@lru_cache(maxsize=1024)
def _field_of(word: str) -> tuple[str, bool] | None:
    """The field that a header names, and whether it only comes near; "" for a known column without use."""
    if word in _FIELD_OF:
        return _FIELD_OF[word], False
    return next(((name, True) for name, pattern in _NEAR if pattern.fullmatch(word)), None)


def _chosen_header(rows: Sequence[Sequence[str]], guessed: Header, mapping: ColumnMapping) -> Header:
    row = min(max(guessed.row + mapping.down, -1), len(rows) - 1)
    places: dict[str, int] = {}
    for column, name in enumerate(mapping.fields):
        if name:
            places.setdefault(name, column)
    words = {name: _words(rows[row], column) for name, column in places.items()} if row >= 0 else {}
    return Header(row, places, words, ())


def _shape(rows: Sequence[Sequence[str]], header: Header) -> str:
    """The same text for tables with the same headers; without headers, for those whose columns hold the same kinds."""
    if header.row >= 0:
        words = [header_word(cell[:_SAMPLE_LENGTH]) for cell in rows[header.row]]
    else:
        words = ["?", *(_kind(_samples(rows[:200], column)) for column in range(_width(rows, -1)))]
    words = ["" if word == RETURN_REASON else word for word in words]
    while words and not words[-1]:
        words.pop()
    return hashlib.sha256("\x1f".join(words).encode(errors="replace")).hexdigest()[:16]


def _kind(samples: Sequence[str]) -> str:
    """What a column without a header seems to hold, by its length and its characters."""
    text = samples[-1] if samples else ""
    if not text:
        return ""
    return f"{len(text)} digits" if text[:-1].isdigit() else "text"


def _width(rows: Sequence[Sequence[str]], header: int) -> int:
    rows = rows[:200] if header < 0 else rows[header : header + 200]
    return max((at + 1 for row in rows for at in range(len(row)) if row[at]), default=0)


def _samples(rows: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    found = (_short(row[column]) for row in rows if column < len(row) and row[column].strip())
    return tuple(text for text, _place in zip(found, range(_SAMPLES), strict=False))


def _short(cell: str) -> str:
    return " ".join(cell[:_SAMPLE_LENGTH].split())


def _words(row: Sequence[str], column: int) -> str:
    return _short(row[column]) if column < len(row) else ""
