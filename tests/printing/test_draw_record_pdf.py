"""The record of a draw on paper: everything that a stranger needs to redo it is printed."""

from pathlib import Path

import pypdfium2
import pytest

from data.actions import draws as actions
from data.errors import FileProblem
from data.queries import draws as queries
from printing.draw_record import write_draw_record


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def pages_of(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def test_a_selection_prints_list_hash_seed_steps_result_and_signatures(nursing_drawn, tmp_path: Path):
    path = tmp_path / "draw.pdf"
    assert write_draw_record(nursing_drawn, 1, path) == pages_of(path)
    record = queries.record(nursing_drawn, 1)
    text = text_of(path)
    assert record["pool_sha256"] in text
    assert record["key"] in text
    assert all(entry["id"] in text for entry in record["pool"])
    assert all(witness in text for witness in record["witnesses"])
    assert "How to check this draw" in text
    assert "Drawn by" in text


def test_a_blind_record_prints_no_name(nursing_drawn, tmp_path: Path):
    write_draw_record(nursing_drawn, 2, tmp_path / "draw.pdf")
    assert "Name" not in text_of(tmp_path / "draw.pdf")


def test_numbers_stand_beside_names(drawn, tmp_path: Path):
    write_draw_record(drawn, 2, tmp_path / "draw.pdf")
    record = queries.record(drawn, 2)
    text = text_of(tmp_path / "draw.pdf")
    assert all(entry["number"] in text for entry in record["result"])
    assert "Name" in text


def test_a_frozen_list_says_that_it_is_not_drawn(nursing_rostered, tmp_path: Path):
    draw_id = actions.freeze(nursing_rostered, "李敏", "selection")
    write_draw_record(nursing_rostered, draw_id, tmp_path / "draw.pdf")
    text = text_of(tmp_path / "draw.pdf")
    assert "List frozen, not drawn yet" in text
    assert "How to check" not in text


def test_a_void_draw_says_why(nursing_rostered, tmp_path: Path):
    draw_id = actions.freeze(nursing_rostered, "李敏", "selection")
    actions.draw(nursing_rostered, "李敏", draw_id, ["1", "2", "3"], ["甲", "乙", "丙"])
    actions.void(nursing_rostered, "李敏", draw_id, "名单漏了一人")
    write_draw_record(nursing_rostered, draw_id, tmp_path / "draw.pdf")
    assert "VOID: 名单漏了一人" in text_of(tmp_path / "draw.pdf")


def test_a_folder_that_is_missing(nursing_drawn, tmp_path: Path):
    with pytest.raises(FileProblem):
        write_draw_record(nursing_drawn, 1, tmp_path / "missing" / "draw.pdf")
