"""Pictures out of files, folders and archives; whatever is wrong with one is said of it."""

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from data.errors import Cancelled
from data.exchange import photos
from data.exchange.photos import read_photos
from data.rules.photos import HEIGHT, WIDTH
from tests.data.pictures import face


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def reasons(paths: list[Path]) -> dict[str, str]:
    return {one.file: one.why for one in read_photos(paths).unusable}


def test_a_folder_is_read_with_what_lies_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "照片"
    (folder / "市医").mkdir(parents=True)
    (folder / "市医" / "张三.jpg").write_bytes(face())
    (folder / "李四.PNG").write_bytes(face(kind="PNG"))
    (folder / "名单.xlsx").write_bytes(b"PK")
    for junk in (".DS_Store", "Thumbs.db", "~$名单.xlsx"):
        (folder / junk).write_bytes(b"x")
    seen: list[tuple[int, int, str]] = []
    reading = read_photos([folder], lambda *step: seen.append(step))
    assert [(one.file, one.stem, one.folders) for one in reading.pictures] == [
        ("照片/市医/张三.jpg", "张三", ("照片", "市医")),
        ("照片/李四.PNG", "李四", ("照片",)),
    ]
    assert [(one.file, one.why) for one in reading.unusable] == [("照片/名单.xlsx", "This is no picture.")]
    assert seen[-1] == (3, 3, "")


def test_pictures_come_out_upright_small_and_without_what_a_phone_wrote(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    exif[0x010F] = "phone"
    path = tmp_path / "张三.jpg"
    path.write_bytes(face((4000, 3000), exif=exif))
    (picture,) = read_photos([path]).pictures
    image = opened(picture.content)
    assert (image.format, image.mode, image.info["dpi"]) == ("JPEG", "RGB", (300, 300))
    assert image.size == (413, 550)
    assert not image.getexif()
    assert len(picture.content) < 60_000
    assert read_photos([path]).pictures[0].content == picture.content


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(face((200, 280), kind="PNG"))
    assert opened(read_photos([path]).pictures[0].content).size == (200, 280)


@pytest.mark.parametrize(
    ("kind", "mode", "colour"),
    [
        ("PNG", "RGBA", "#00000000"),
        ("PNG", "LA", "#00000000"),
        ("PNG", "P", "#FFFFFF"),
        ("PNG", "L", "#FFFFFF"),
        ("JPEG", "CMYK", "#FFFFFF"),
        ("GIF", "RGB", "#FFFFFF"),
        ("BMP", "RGB", "#FFFFFF"),
        ("WEBP", "RGBA", "#00000000"),
        ("TIFF", "RGB", "#FFFFFF"),
    ],
)
def test_every_usual_kind_of_picture_is_read(tmp_path: Path, kind: str, mode: str, colour: str) -> None:
    file = io.BytesIO()
    Image.new("RGBA" if mode in ("LA", "RGBA") else "RGB", (300, 400), colour).convert(mode).save(file, kind)
    path = tmp_path / f"a.{kind.lower()}"
    path.write_bytes(file.getvalue())
    (picture,) = read_photos([path]).pictures
    pixel = opened(picture.content).getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert min(pixel) > 250, "what is transparent is white on paper"


def test_an_archive_of_chinese_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "市医照片.zip"
    with zipfile.ZipFile(path, "w") as archive:
        plain = zipfile.ZipInfo("x" * 8)
        archive.writestr(plain, face())
        archive.writestr("护理组/李四.jpg", face())
        archive.writestr("__MACOSX/._李四.jpg", b"x")
    path.write_bytes(path.read_bytes().replace(b"xxxxxxxx", "张三.jpg".encode("gb18030")))
    reading = read_photos([path])
    assert [(one.file, one.folders) for one in reading.pictures] == [
        ("市医照片.zip/张三.jpg", ("市医照片",)),
        ("市医照片.zip/护理组/李四.jpg", ("市医照片", "护理组")),
    ]
    assert not reading.unusable


def test_each_unusable_file_has_its_reason(tmp_path: Path) -> None:
    files = {
        "damaged.jpg": face()[:2000],
        "text.jpg": b"not a picture",
        "empty.png": b"",
        "tiny.png": face((40, 60), kind="PNG"),
        "phone.heic": b"x",
        "roster.docx": b"PK",
        "broken.zip": b"PK\x03\x04broken",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    missing = tmp_path / "missing.jpg"
    found = reasons([*(tmp_path / name for name in files), missing])
    assert found == {
        "damaged.jpg": "The file is damaged or no picture.",
        "text.jpg": "The file is damaged or no picture.",
        "empty.png": "The file is damaged or no picture.",
        "tiny.png": "The picture is too small to be printed.",
        "phone.heic": "This kind of a phone's picture cannot be read. Save it as JPEG first.",
        "roster.docx": "This is no picture.",
        "broken.zip": "The archive is damaged.",
        "missing.jpg": "The file cannot be read: No such file or directory",
    }


def test_bombs_are_told_and_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MOST_BYTES", 100_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("honest.jpg", bytes(10_000_000))
        archive.writestr("liar.jpg", bytes(10_000_000))
        archive.writestr("locked.jpg", face())
    content = bytearray(path.read_bytes())
    listed = content.rindex(b"liar.jpg") - 46
    content[listed + 24 : listed + 28] = (5000).to_bytes(4, "little")  # the size that the list states
    locked = content.rindex(b"locked.jpg") - 46
    content[locked + 8] |= 1
    path.write_bytes(bytes(content))
    (tmp_path / "large.jpg").write_bytes(bytes(100_001))
    assert reasons([path, tmp_path / "large.jpg"]) == {
        "bomb.zip/honest.jpg": "The picture is too large.",
        "bomb.zip/liar.jpg": "The file is damaged or no picture.",
        "bomb.zip/locked.jpg": "The archive is locked with a password.",
        "large.jpg": "The picture is too large.",
    }


@pytest.mark.parametrize("most", [1_000_000, 300_000_000])
def test_a_picture_of_too_many_pixels_is_not_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Below Pillow's own limit, and beyond it, where Pillow refuses by itself."""
    monkeypatch.setattr(photos, "MOST_PIXELS", most)
    path = tmp_path / "a.png"
    content = bytearray(face((1100, 1000), kind="PNG"))
    if most > 1_000_000:
        content[16:24] = (20_000).to_bytes(4, "big") * 2
        content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    path.write_bytes(bytes(content))
    assert reasons([path]) == {"a.png": "The picture is too large."}


def test_too_many_files_are_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MOST_FILES", 1)
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(face())
    assert list(reasons([tmp_path]).values()) == ["There are more than 1 files. Import the pictures in parts."]


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(face())

    def stop(_done: int, _all: int, _file: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        read_photos([tmp_path], stop)


BASE = {kind: face((120, 160), kind=kind) for kind in ("JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP")}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(BASE)), st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=8))
def test_damaged_pictures_never_crash(tmp_path: Path, kind: str, changes: list[tuple[int, int]]) -> None:
    content = bytearray(BASE[kind])
    for place, byte in changes:
        content[place % len(content)] = byte
    path = tmp_path / f"a.{kind.lower()}"
    path.write_bytes(bytes(content))
    reading = read_photos([path])
    assert len(reading.pictures) + len(reading.unusable) == 1
    for picture in reading.pictures:
        assert opened(picture.content).width <= WIDTH
        assert opened(picture.content).height <= HEIGHT
