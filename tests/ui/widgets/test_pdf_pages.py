"""The pages of a PDF: their file is let go, also when the program ends while a preview is open."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[3]

_LEAVES_ONE_OPEN = """
import io, tempfile

folder = tempfile.TemporaryDirectory()  # its clean-up takes the place before the library's own
import pypdfium2
from ui.widgets.pdf_pages import PdfPages

made = pypdfium2.PdfDocument.new()
made.new_page(100, 200)
data = io.BytesIO()
made.save(data)
made.close()
pages = PdfPages(data.getvalue())
assert not pages.picture(0, 72).isNull()
"""


def test_the_program_ends_silently_while_a_preview_is_open() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _LEAVES_ONE_OPEN],
        cwd=PROJECT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
