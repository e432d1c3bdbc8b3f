"""The word across a letter that says that it is an example."""

import math

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.typeset.outlines import outlined

_EXAMPLE = Words(fi="ESIMERKKI", sv="EXEMPEL", en="EXAMPLE")
_MIDDLE = (297.6, 440.0)  # points from the sheet's top left corner
_TILT = math.radians(55)  # about the diagonal of the sheet
_SIZE = 120  # points
_OF_CAPITALS = 0.36  # of the size: half the height of capitals


def example_mark(language: Language) -> bytes:
    """Return the word in the operators of a PDF, in points from the sheet's top left corner.

    It is drawn in thin grey lines, so that all of the letter can be read.
    """
    path, width = outlined(_EXAMPLE.in_language(language), size=_SIZE)
    along, up = math.cos(_TILT), math.sin(_TILT)
    across, down = width / 2, _SIZE * _OF_CAPITALS  # from the beginning of the word to its middle
    x = _MIDDLE[0] - across * along + down * up
    y = _MIDDLE[1] + across * up + down * along
    place = f"{along:.4f} {-up:.4f} {up:.4f} {along:.4f} {x:.2f} {y:.2f} cm"
    return f"0.7 G\n0.7 w\n{place}\n{path}\nS".encode()
