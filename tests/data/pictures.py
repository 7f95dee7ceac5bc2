"""Portraits drawn for tests."""

import io
from typing import Any

from PIL import Image, ImageDraw


def face(size: tuple[int, int] = (600, 840), colour: str = "#8899AA", kind: str = "JPEG", **options: Any) -> bytes:
    """A head and shoulders before a plain wall, as the bytes of a file."""
    image = Image.new(options.pop("mode", "RGB"), size, colour)
    pen = ImageDraw.Draw(image)
    width, height = size
    pen.ellipse((width * 0.28, height * 0.15, width * 0.72, height * 0.6), fill="#E8C4A0")
    pen.pieslice((width * 0.1, height * 0.6, width * 0.9, height * 1.4), 180, 360, fill="#F5F7FA")
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
