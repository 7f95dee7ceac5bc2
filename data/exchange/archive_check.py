"""An archive is checked by itself, without any event: that no part was changed, lost or added since it was sealed."""

import csv
import hashlib
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from data.errors import FileProblem, UserError
from data.exchange import draw_check
from data.exchange.archive import LOG, MANIFEST, SUMS
from data.i18n import _, ngettext, shortened

_MOST = 20  # findings that are named
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_BLOCK = 1 << 20


@dataclass(frozen=True)
class ArchiveCheck:
    """What the check says: which event it is, the seal to compare with the minutes, what agrees, and what does not."""

    title: str
    seal: str
    agrees: tuple[str, ...]
    findings: tuple[str, ...]


class _Files(Protocol):
    """The files of a folder or of a zip file, by their names."""

    def names(self) -> set[str]: ...

    def blocks(self, name: str) -> Iterator[bytes]: ...


def check_archive(path: Path) -> ArchiveCheck:
    """Check a folder or a zip file from itself alone.

    Raises:
        FileProblem: it cannot be read, or is no archive of Biwu.
    """
    try:
        with _opened(path) as files:
            if SUMS not in files.names():
                raise _no_archive(path)
            return _check(files)
    except (OSError, zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise FileProblem(
            _("The archive cannot be read."), where=f"{path}: {error}", todo=_("Copy it again from where it was kept.")
        ) from error


def _no_archive(path: Path) -> FileProblem:
    return FileProblem(
        _("This is no archive of Biwu."), where=str(path), todo=_("Choose the folder or the zip file with SHA256SUMS.")
    )


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> set[str]:
        return {path.relative_to(self._folder).as_posix() for path in self._folder.rglob("*") if path.is_file()}

    def blocks(self, name: str) -> Iterator[bytes]:
        with (self._folder / name).open("rb") as file:
            while block := file.read(_BLOCK):
                yield block


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def names(self) -> set[str]:
        return {name for name in self._archive.namelist() if not name.endswith("/")}

    def blocks(self, name: str) -> Iterator[bytes]:
        with self._archive.open(name) as file:
            while block := file.read(_BLOCK):
                yield block


@contextmanager
def _opened(path: Path) -> Iterator[_Files]:
    if path.is_dir():
        yield _Folder(path)
    else:
        with zipfile.ZipFile(path) as archive:
            yield _Zip(archive)


def _read(files: _Files, name: str) -> bytes:
    return b"".join(files.blocks(name))


def _check(files: _Files) -> ArchiveCheck:
    sums = _read(files, SUMS)
    wanted, findings = _sums(sums)
    there = files.names() - {SUMS}
    findings += [_("{name} is missing.").format(name=name) for name in sorted(wanted.keys() - there)]
    findings += [_("{name} was added after the sealing.").format(name=name) for name in sorted(there - wanted.keys())]
    same = 0
    for name in sorted(there & wanted.keys()):
        digest = hashlib.sha256()
        for block in files.blocks(name):
            digest.update(block)
        if digest.hexdigest() == wanted[name]:
            same += 1
        else:
            findings.append(_("{name} was changed after the sealing.").format(name=name))
    agrees = [ngettext("{n} file is as it was sealed.", "{n} files are as they were sealed.", same).format(n=same)]
    title = ""
    if MANIFEST in there:
        title, told, faults = _inside(files, there, _read(files, MANIFEST))
        agrees += told
        findings += faults
    seal = hashlib.sha256(sums).hexdigest()
    return ArchiveCheck(title, seal, tuple(agrees), tuple(shortened(findings, _MOST)))


def _sums(content: bytes) -> tuple[dict[str, str], list[str]]:
    wanted: dict[str, str] = {}
    findings = []
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
        found = _LINE.fullmatch(line)
        if found:
            wanted[found[2]] = found[1]
        else:
            findings.append(_("Line {n} of SHA256SUMS cannot be read.").format(n=number))
    return wanted, findings


def _inside(files: _Files, there: set[str], content: bytes) -> tuple[str, list[str], list[str]]:
    """The event, what of the parts agrees with each other, and what does not."""
    try:
        manifest: Mapping[str, Any] = json.loads(content)
        title = str(manifest["event"]["name"])
        versions = {str(one["file"]): str(one["sha256"]) for one in manifest["versions"]}
        log = str(manifest["log"]["last_sha256"]), int(manifest["log"]["entries"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", [], [_("{name} does not have the form of an archive.").format(name=MANIFEST)]
    agrees, findings = [], []
    for name, sha256 in versions.items():
        if name not in there or hashlib.sha256(_read(files, name)).hexdigest() != sha256:
            findings.append(_("{name} does not have the SHA-256 of its result version.").format(name=name))
        else:
            agrees.append(_("{name} has the SHA-256 {sha}… of its result version.").format(name=name, sha=sha256[:16]))
    if LOG in there:
        findings += _broken_log(_read(files, LOG), *log)
    for name in sorted(name for name in there if name.startswith("draws/") and name.endswith(".json")):
        findings += _draw_findings(name, _read(files, name))
    return title, agrees, findings


def _broken_log(content: bytes, last: str, entries: int) -> Iterator[str]:
    """Each entry of the log names the hash of the one before it."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"), newline="")))[1:]
    hashes = [(row[-2].lstrip("'"), row[-1].lstrip("'")) if len(row) > 1 else ("", "") for row in rows]
    for place in range(1, len(hashes)):
        if hashes[place][0] != hashes[place - 1][1]:
            yield _("The log is broken before its entry {n}.").format(n=place + 1)
    if len(hashes) != entries or not hashes or hashes[-1][1] != last:
        yield _("The log is not the one that the manifest names.")


def _draw_findings(name: str, content: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draw.json"
        path.write_bytes(content)
        try:
            return [f"{name}: {finding}" for finding in draw_check.check_file(path).findings]
        except UserError as error:
            return [f"{name}: {error.what}"]
