"""Pages of a PDF as pictures."""

from io import BytesIO

import pypdfium2
from PIL import Image


def picture_of(pdf: bytes, *, page: int, resolution: int) -> Image.Image:
    """Return one page as it looks on paper.

    Args:
        pdf: A PDF that we wrote.
        page: From 1.
        resolution: Pixels an inch.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[page - 1].render(scale=resolution / 72).to_pil()
        return picture.convert("RGB")
    finally:
        document.close()


def as_png(picture: Image.Image) -> bytes:
    """Return the picture as a PNG file, the same bytes each time."""
    out = BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return out.getvalue()
