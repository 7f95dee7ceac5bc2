"""Every sentence that a user can meet has its Chinese, and the compiled catalogue is that of the source."""

import string
from pathlib import Path

import pytest
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "resources" / "locale" / "zh_CN" / "LC_MESSAGES"
KEYWORDS = {"_": None, "ngettext": (1, 2)}


@pytest.fixture(scope="module")
def sources() -> dict[str | tuple[str, ...], str]:
    """Each sentence of the code, with a file that says it."""
    found: dict[str | tuple[str, ...], str] = {}
    for path in [
        ROOT / "main.py",
        *(file for top in ("data", "printing", "ui") for file in (ROOT / top).rglob("*.py")),
    ]:
        for _line, message, *_rest in extract_from_file("python", path, keywords=KEYWORDS):
            found.setdefault(message, str(path.relative_to(ROOT)))
    return found


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (FOLDER / "biwu.po").open("rb") as file:
        return pofile.read_po(file, locale="zh_CN")


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_every_sentence_has_its_chinese(catalogue: Catalog, sources: dict) -> None:
    missing = []
    for message, place in sources.items():
        entry = catalogue.get(message[0] if isinstance(message, tuple) else message)
        chinese = entry and (entry.string if isinstance(entry.string, str) else entry.string[0])
        if not chinese:
            missing.append(f"{place}: {message!r}")
    assert not missing, "\n".join(missing)


def test_no_sentence_is_left_over(catalogue: Catalog, sources: dict) -> None:
    said = {message if isinstance(message, str) else message[0] for message in sources}
    written = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue if entry.id}
    assert written <= said


def test_placeholders_are_the_same(catalogue: Catalog) -> None:
    for entry in catalogue:
        if entry.id:
            english = [entry.id] if isinstance(entry.id, str) else list(entry.id)
            chinese = [entry.string] if isinstance(entry.string, str) else list(entry.string)
            allowed = set().union(*(fields(text) for text in english))
            for text in chinese:
                assert fields(text) <= allowed, entry.id
                assert len(english) > 1 or fields(text) == allowed, entry.id


def test_compiled_catalogue_is_fresh(catalogue: Catalog) -> None:
    with (FOLDER / "biwu.mo").open("rb") as file:
        compiled = mofile.read_mo(file)
    assert words(compiled) == words(catalogue)


def words(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The forms of each sentence in both languages."""
    return {forms(entry.id): forms(entry.string) for entry in catalogue if entry.id and entry.string}


def forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
