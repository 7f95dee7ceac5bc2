"""The cells of a roster one by one: how each is stored, and what is wrong with it whatever the event is."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from data.rules import identity
from data.rules.roster import Problem
from data.rules.roster_columns import REQUIRED

SEXES = ("男", "女")
TEXTS = ("unit", "name", "group", "sex", "id_number", "title", "department", "phone", "note")
LONGEST_TEXT = 100  # characters; what is printed has to fit on a line of paper
LONGEST_NOTE = 500
_READ = 2_000  # characters of a cell; what is longer is no field of a person

_YES = frozenset({"是", "√", "✓", "Y", "YES", "1", "参赛"})
_NO = frozenset({"否", "×", "N", "NO", "0", "不参赛"})
_SEX_WORDS = {"男": "男", "男性": "男", "M": "男", "女": "女", "女性": "女", "F": "女"}
_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d+")
_PHONE = re.compile(r"(?=(\D*\d){5}).{5,60}")  # offices write extensions, and two numbers in one cell

_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_UNPRINTABLE = re.compile("[\ufffc-\uffff\U0001f000-\U0001fbff]")  # lost characters, and emoji
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
# What a spreadsheet runs: =…, and after another sign a call, a reference or a pipe. A phone number may begin with +.
_FORMULA = re.compile(r"=.|[+\-@].*[A-Za-z_]\w*\s*[(|!]|[+\-@]\s*\$?[A-Za-z]{1,3}\$?\d+\b", re.DOTALL)
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#+)")  # as spreadsheets show it
_SEVERAL_LINES = re.compile(r"(?=.*\n.*\S)(.*[,\t;，]){3}", re.DOTALL)

_NAME_SIGNS = frozenset("·-'’. ")
_BRACKETS = frozenset("()[]（）【】")
_NO_NAME_WORDS = (
    "男 女 同上 姓名 无 暂无 待定 空缺 合计 初级 中级 高级 正高 副高 正高级 副高级 医士 医师 护士 护师 药师 技师 技士",
    "住院医师 主治医师 主管医师 主任医师 副主任医师 执业医师 助理医师 主管护师 主任护师 副主任护师 主管药师 主管技师",
    "内科 外科 儿科 妇科 产科 妇产科 急诊 急诊科 全科 门诊 手术室 重症医学科 医务科 护理部 骨科 中医科 检验科 放射科",
    "药剂科 麻醉科 口腔科 眼科 康复科 公卫科 医疗组 护理组 医技组 医疗 护理 医技",
)
_NO_NAMES = frozenset(word for words in _NO_NAME_WORDS for word in words.split())
_INSTITUTION = re.compile(r".*(医院|卫生院|卫生室|保健院|服务中心|服务站|门诊部|病区)")

# A text that is stored as it is and has no fault; nearly every cell is such a one. An ID number has its own rule.
_PLAIN: Mapping[str, str] = {
    "unit": "[\u4e00-\u9fff]{1,40}",
    "name": "[\u4e00-\u9fff]{2,4}",
    "group": "[\u4e00-\u9fff]{1,40}",
    "sex": "|".join(SEXES),
    "title": "[\u4e00-\u9fff]{1,40}",
    "department": "[\u4e00-\u9fff]{1,40}",
    "phone": "[0-9]{7,15}",
    "note": "[\u4e00-\u9fff]{0,40}",
}
_ODD_LINE = {field: re.compile(rf"^(?!(?:{plain})$).*", re.MULTILINE) for field, plain in _PLAIN.items()}


def clean_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a row (keys of TEXTS) as they are stored; a missing key counts as empty."""
    return {field: clean_text(field, texts.get(field, "")) for field in TEXTS}


def clean_text(field: str, text: str) -> str:
    """One text as it is stored: plain width, no stray blanks, and what else its field asks for."""
    match field:
        case "unit" | "group":
            return _clean_line(text).replace(" ", "")
        case "name":
            return identity.clean_name(text)
        case "sex":
            line = _clean_line(text)
            return _SEX_WORDS.get(line.upper(), line)
        case "id_number":
            return identity.clean_id_number(text)
    return _clean_line(text)


@lru_cache(maxsize=4096)
def _clean_line(text: str) -> str:
    return " ".join(identity.fold_width(text).split())


def read_column(field: str, cells: Sequence[str]) -> tuple[list[str], dict[str, tuple[Problem, ...]]]:
    """The cells of a column as they are stored, and what is wrong with those texts, as the file has them.

    Equal cells are looked at once, and plain ones with one expression: a column has thousands.
    """
    is_same = len(cells) > 0 and cells.count(cells[0]) == len(cells)
    texts = {cells[0]} if is_same else set(cells)
    odd = _odd(field, texts)
    if not odd and is_same:
        return [cells[0]] * len(cells), {}
    # Equal texts become one: whoever goes through them later finds it close by in the memory.
    stored = dict(zip(texts, texts, strict=True)) if 2 * len(texts) < len(cells) else {}
    if not odd:
        return [stored[cell] for cell in cells] if stored else list(cells), {}
    wrong: dict[str, tuple[Problem, ...]] = {}
    for cell in odd:
        stored[cell], problems = _read_cell(field, cell)
        if problems:
            wrong[cell] = problems
    return [stored.get(cell, cell) for cell in cells], wrong


def _odd(field: str, texts: set[str]) -> set[str]:
    """The texts that are not plain."""
    if field == "id_number":
        return identity.faulty_id_numbers(texts)
    lines = "\n".join(texts)
    several: set[str] = set()
    if lines.count("\n") >= len(texts):  # a cell has lines of its own
        several = {text for text in texts if "\n" in text}
        lines = "\n".join(texts - several)
    odd = several.union(_ODD_LINE[field].findall(lines))
    return odd | (texts & _NO_NAMES) if field == "name" else odd


def _read_cell(field: str, cell: str) -> tuple[str, tuple[Problem, ...]]:
    if len(cell) > _READ:
        return clean_text(field, cell[:LONGEST_TEXT]), (Problem(field, "long", (("most", str(_most(field))),)),)
    text = clean_text(field, cell)
    found = _raw_faults(field, cell) or check_text(field, text)
    return text, tuple(found)


def parse_seeded(text: str) -> bool | None:
    """是 or 否 of the column 参赛; None when it is empty.

    Raises:
        ValueError: it is neither.
    """
    word = _clean_line(text[:_READ]).upper()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(text[:LONGEST_TEXT])


def check_texts(texts: Mapping[str, str]) -> list[Problem]:
    """What forbids to store these cleaned texts of a row; doubts are not among it."""
    problems = [Problem(field, "missing") for field in REQUIRED if not texts[field]]
    for field in TEXTS:
        problems += [found for found in check_text(field, texts[field]) if not found.is_doubt]
    return problems


def _raw_faults(field: str, cell: str) -> list[Problem]:
    """Faults that are gone, or look like others, when the cell has been cleaned."""
    if found := _CONTROL.search(cell):
        return [Problem(field, "control", (("code", f"U+{ord(found[0]):04X}"),))]
    if _FORMULA.match(cell.lstrip()):
        return [Problem(field, "formula")]
    if _ERROR.fullmatch(cell.strip().upper()):
        return [Problem(field, "cell_error", (("text", cell.strip()),))]
    if _SEVERAL_LINES.match(cell):
        return [Problem(field, "lines")]
    return []


def check_text(field: str, text: str) -> list[Problem]:
    """What is wrong with one cleaned text, faults and doubts; an empty one has nothing."""
    if not text:
        return []
    if _FORMULA.match(text):
        return [Problem(field, "formula")]
    if found := _UNPRINTABLE.search(text):
        return [Problem(field, "character", (("character", found[0]), ("code", f"U+{ord(found[0]):04X}")))]
    match field:
        case "id_number":
            return _check_id(text)
        case "phone":
            return _check_phone(text)
        case "sex" if text not in SEXES:
            return [Problem("sex", "sex", (("text", text[:LONGEST_TEXT]),))]
        case _ if len(text) > _most(field):
            return [Problem(field, "long", (("most", str(_most(field))),))]
        case "name":
            return _check_name(text)
    return []


def _most(field: str) -> int:
    return LONGEST_NOTE if field == "note" else LONGEST_TEXT


def _check_id(number: str) -> list[Problem]:
    fault = identity.check_id_number(number)
    if fault is None:
        return []
    # A spreadsheet keeps 15 digits of a number and makes the others 0.
    rounded = _ROUNDED.fullmatch(number) or (fault == "check" and number.endswith("000"))
    return [Problem("id_number", "id_rounded" if rounded else f"id_{fault}")]


def _check_phone(text: str) -> list[Problem]:
    if _ROUNDED.fullmatch(text.upper()):
        return [Problem("phone", "phone_rounded")]
    return [] if _PHONE.fullmatch(text) else [Problem("phone", "phone", (("text", text[:LONGEST_TEXT]),))]


def _check_name(name: str) -> list[Problem]:
    if name in _NO_NAMES or _INSTITUTION.fullmatch(name):
        return [Problem("name", "no_name", (("text", name),))]
    others = [character for character in name if not _may_be_in_a_name(character)]
    strange = next(
        (character for character in others if character not in _BRACKETS and not _PRIVATE.match(character)), ""
    )
    if strange or len(others) == len(name):
        return [Problem("name", "name_character", (("character", strange or others[0]), ("text", name)))]
    if any(map(_PRIVATE.match, others)):
        return [Problem("name", "name_private")]
    unusual = (
        len(name) == 1 or others or (len(name) > 4 and all("\u4e00" <= character <= "\u9fff" for character in name))
    )
    return [Problem("name", "name_unusual", (("text", name),))] if unusual else []


def _may_be_in_a_name(character: str) -> bool:
    return character in _NAME_SIGNS or unicodedata.category(character)[0] in "LM"
