"""Reads portraits out of picture files, folders and zip archives.

Each comes out as a JPEG of at most two inches at 300 dpi, upright, without the place and the camera that
a phone writes into it. What is no picture, too large or damaged is named with the reason.
"""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from PIL import Image, ImageOps

from data.i18n import _
from data.rules.photos import HEIGHT, WIDTH, PhotoReading, Picture, Unusable

MOST_BYTES = 40 << 20  # of one picture; a phone's largest has a third of it
MOST_PIXELS = 89_000_000
MOST_FILES = 20_000
LEAST_SIDE = 80  # pixels; less is nobody's face on paper
QUALITY = 88
DPI = 300

Progress = Callable[[int, int, str], None]  # done, all, the file; raises Cancelled to stop

_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
_ENDINGS = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
_PHONE = frozenset({".heic", ".heif", ".hif", ".avif"})
_JUNK = frozenset({"thumbs.db", "desktop.ini"})
_ZIP_UTF8 = 0x800
# What Pillow and zipfile raise on damaged files, by their own code and by the decoders below them.
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    EOFError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    MemoryError,
    Image.DecompressionBombError,
)


@dataclass(frozen=True)
class _Source:
    """A file that may be a picture: its name, the folders it lies in, and how to read it."""

    file: str
    path: PurePosixPath
    read: Callable[[], bytes]


class _Refused(Exception):
    """This file gives no portrait; the text says why."""


def _no_progress(_done: int, _all: int, _file: str) -> None:
    return


def read_photos(paths: Sequence[Path], progress: Progress = _no_progress) -> PhotoReading:
    """Read all pictures of these files, folders and zip archives, in the order of their names.

    Raises:
        Cancelled: `progress` did.
    """
    unusable: list[Unusable] = []
    pictures: list[Picture] = []
    archives: list[zipfile.ZipFile] = []
    try:
        sources = [source for path in paths for source in _sources(Path(path), archives, unusable)]
        if len(sources) > MOST_FILES:
            why = _("There are more than {n} files. Import the pictures in parts.").format(n=MOST_FILES)
            return PhotoReading((), (Unusable(str(paths[0]), why),))
        for done, source in enumerate(sources):
            progress(done, len(sources), source.file)
            try:
                content = portrait(source.read())
            except _Refused as refused:
                unusable.append(Unusable(source.file, str(refused)))
            except _DAMAGED as error:
                unusable.append(Unusable(source.file, _damaged(error)))
            else:
                pictures.append(Picture(source.file, source.path.stem, source.path.parts[:-1], content))
        progress(len(sources), len(sources), "")
    finally:
        for archive in archives:
            archive.close()
    return PhotoReading(tuple(pictures), tuple(unusable))


def _damaged(error: BaseException) -> str:
    if isinstance(error, FileNotFoundError | PermissionError):
        return _("The file cannot be read: {error}").format(error=error.strerror)
    if isinstance(error, MemoryError | Image.DecompressionBombError):
        return _("The picture is too large.")
    return _("The file is damaged or no picture.")


def _sources(path: Path, archives: list[zipfile.ZipFile], unusable: list[Unusable]) -> Iterator[_Source]:
    if path.is_dir():
        for inner in sorted(one for one in path.rglob("*") if one.is_file()):
            yield from _sources_of_file(inner, path.parent, archives, unusable)
    else:
        yield from _sources_of_file(path, path.parent, archives, unusable)


def _sources_of_file(
    path: Path, above: Path, archives: list[zipfile.ZipFile], unusable: list[Unusable]
) -> Iterator[_Source]:
    place = PurePosixPath(path.relative_to(above).as_posix())
    if _is_junk(place):
        return
    if path.suffix.lower() != ".zip":
        yield _Source(str(place), place, lambda: _read_file(path))
        return
    try:
        archive = zipfile.ZipFile(path)
        archives.append(archive)
        members = [member for member in archive.infolist() if not member.is_dir()]
    except _DAMAGED:
        unusable.append(Unusable(str(place), _("The archive is damaged.")))
        return
    for member in sorted(members, key=_member_name):
        inner = place.with_suffix("") / PurePosixPath(_member_name(member).lstrip("/"))
        if not _is_junk(inner):
            yield _Source(f"{place}/{_member_name(member)}", inner, _member_reader(archive, member))


def _member_name(member: zipfile.ZipInfo) -> str:
    """The name in an archive. Chinese Windows writes GBK without saying so, which zipfile takes for an old PC's."""
    name = member.filename
    if not member.flag_bits & _ZIP_UTF8:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return name


def _is_junk(place: PurePosixPath) -> bool:
    return any(part.startswith((".", "__MACOSX", "~$")) for part in place.parts) or place.name.lower() in _JUNK


def _read_file(path: Path) -> bytes:
    _check_name(path.name)
    if path.stat().st_size > MOST_BYTES:
        raise _too_large()
    return path.read_bytes()


def _member_reader(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        _check_name(_member_name(member))
        if member.flag_bits & 1:
            raise _Refused(_("The archive is locked with a password."))
        if member.file_size > MOST_BYTES:
            raise _too_large()
        with archive.open(member) as file:  # the size that an archive states may be a lie
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise _too_large()
        return content

    return read


def _too_large() -> _Refused:
    return _Refused(_("The picture is too large."))


def _check_name(name: str) -> None:
    ending = PurePosixPath(name).suffix.lower()
    if ending in _PHONE:
        raise _Refused(_("This kind of a phone's picture cannot be read. Save it as JPEG first."))
    if ending not in _ENDINGS:
        raise _Refused(_("This is no picture."))


def portrait(content: bytes) -> bytes:
    """A picture as it is kept: upright, at most WIDTH × HEIGHT, JPEG. The same bytes give the same picture.

    Raises:
        _Refused and whatever Pillow raises on damaged data.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd tags; what matters raises
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_large()
            if min(image.size) < LEAST_SIDE:
                raise _Refused(_("The picture is too small to be printed."))
            image.thumbnail((2 * HEIGHT, 2 * HEIGHT))  # of a phone's picture, turn only what is left
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
            return _as_jpeg(upright)


def _as_jpeg(image: Image.Image) -> bytes:
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        image = Image.new("RGB", rgba.size, "white")
        image.paste(rgba, mask=rgba.getchannel("A"))
    elif image.mode != "RGB":
        image = image.convert("RGB")
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, optimize=True, dpi=(DPI, DPI))
    return file.getvalue()
