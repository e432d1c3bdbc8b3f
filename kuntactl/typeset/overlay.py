"""What is drawn over the pages of a letter, no part of its text."""

from collections.abc import Callable

# Letter id, page counted from 1, pages of the letter: what is drawn over that page, in the
# operators of a PDF, in points from the sheet's top left corner, y downwards; or nothing. Other
# processes call it, so it has to be a function of a module, or an object that can be pickled.
Overlay = Callable[[str, int, int], bytes]


def overlaid(overlay: Overlay | None, letter_id: str, pages: int) -> tuple[bytes, ...]:
    """Return for each page of a letter what goes behind its content: an artifact, or nothing."""
    if overlay is None:
        return (b"",) * pages
    return tuple(_artifact(overlay(letter_id, page, pages)) for page in range(1, pages + 1))


def _artifact(content: bytes) -> bytes:
    return b"/Artifact BMC\nq\n%b\nQ\nEMC\n" % content if content else b""
