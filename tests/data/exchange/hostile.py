"""Workbooks that ask for more than they should, or that are not whole."""

import io
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook

_SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{0}office:1.0" '
    'xmlns:table="{0}table:1.0" xmlns:text="{0}text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S">{1}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of it changed."""
    return zipped({name: change(text) if name == part else text for name, text in parts_of(content).items()})


def with_cells(cells: Mapping[str, str]) -> bytes:
    """A workbook with these cells alone, address by address, each in a row of its own."""
    rows = b"".join(
        b'<row r="%s"><c r="%s" t="inlineStr"><is><t>%s</t></is></c></row>'
        % (address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").encode(), address.encode(), text.encode())
        for address, text in cells.items()
    )
    return changed(xlsx(["x"]), "xl/worksheets/sheet1.xml", lambda _old: _SHEET % rows)


def ods(rows: str) -> bytes:
    """An .ods with one sheet."""
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b'<manifest:manifest xmlns:manifest="%s"/>' % f"{_NAMES}manifest:1.0".encode(),
            "content.xml": _ODS.format(_NAMES, rows).encode(),
        }
    )


def ods_row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def ods_cell(text: str = "", times: int = 1) -> str:
    attributes = f'table:number-columns-repeated="{times}"'
    if not text:
        return f"<table:table-cell {attributes}/>"
    return f'<table:table-cell {attributes} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
