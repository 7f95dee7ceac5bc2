import io
from pathlib import Path
from typing import BinaryIO

import pypdfium2
import pytest

from data import i18n
from data.errors import Cancelled, FileProblem
from printing import fonts, page, qr
from printing.page import Document, Style
from tests.printing.reading import codes, texts


def small(file: BinaryIO) -> int:
    document = Document(file, "证书", author="高安市卫生健康委员会", footer="高安")
    document.text(105, 40, "王契", Style(fonts.KAI, 20, spacing=4), align="centre")
    document.new_page()
    document.line(10, 10, 20, 10, dash=(1, 1))
    document.box(10, 20, 30, 10, fill=page.PALE)
    document.circle(50, 50, 5)
    return document.save()


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    assert small(first) == small(second) == 2
    assert first.getvalue() == second.getvalue()


def test_pages_are_numbered() -> None:
    file = io.BytesIO()
    small(file)
    first, second = texts(file.getvalue())
    assert "1 / 2" in first
    assert "王契" in first.replace(" ", "")
    assert "2 / 2" in second


def test_metadata_names_the_document_and_no_machine(tmp_path: Path) -> None:
    i18n.use("zh_CN")
    path = tmp_path / "a.pdf"
    page.write(path, small)
    found = pypdfium2.PdfDocument(path.read_bytes()).get_metadata_dict()
    assert (found["Title"], found["Author"], found["Creator"]) == ("证书", "高安市卫生健康委员会", "Biwu")
    assert str(tmp_path).encode() not in path.read_bytes()
    assert b"zh-CN" in path.read_bytes()


def test_wide_text_is_shrunk_and_wrapped_never_cut() -> None:
    file = io.BytesIO()
    document = Document(file, "t")
    below = document.fitted(105, 50, 20, "阿卜杜热合曼·麦提尼亚孜", Style(size=20), smallest=10, align="centre")
    document.paragraph(20, 80, 30, "一二三四五六七八九十一二三四五", Style(), align="right")
    document.save()
    assert below > 50
    text = "".join(texts(file.getvalue())[0].split())
    assert "阿卜杜热合曼·麦提尼亚孜" in text
    assert "一二三四五六七八九十一二三四五" in text


def test_a_code_is_read_at_its_size() -> None:
    file = io.BytesIO()
    document = Document(file, "t")
    document.code(50, 50, 30, "BW1 GA23 7K3M-2QX9-A4")
    document.save()
    assert codes(file.getvalue()) == ["BW1 GA23 7K3M-2QX9-A4"]


def test_a_code_has_upper_case_alone() -> None:
    side, runs = qr.dark_runs("BW1 GA23 7K3M-2QX9-A4")
    assert side == 25
    assert sum(length for _row, _column, length in runs) < side * side
    with pytest.raises(ValueError, match="mode"):
        qr.dark_runs("lower")
    with pytest.raises(ValueError, match="ascii"):
        qr.dark_runs("王")


def test_a_file_is_replaced_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"before")

    def stopped(file: BinaryIO) -> int:
        file.write(b"half")
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        page.write(path, stopped)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
    assert page.write(path, lambda file: file.write(b"after")) == 5
    assert path.read_bytes() == b"after"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        page.write(tmp_path / "no such folder" / "a.pdf", small)
    assert "a.pdf" in caught.value.where
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(FileProblem):
        page.write(tmp_path / "folder.pdf", small)
    assert [one.name for one in tmp_path.iterdir()] == ["folder.pdf"]
