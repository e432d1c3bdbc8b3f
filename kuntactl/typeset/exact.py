"""Widths of glyphs from the font itself, whatever was set first."""

from collections.abc import Iterable
from typing import Any

from kuntactl.typeset import fonts
from kuntactl.typeset.machine import get_hb_object_data
from kuntactl.typeset.shaping import glyph_of, width_of


class ExactFonts(dict[Any, Any]):
    """The fonts of a document that WeasyPrint writes.

    WeasyPrint takes the width of a glyph from the size in which it happens to come first, and
    rounds it. Every place of text is reckoned from these widths, so that a name in the address
    could shift a line below by a hundredth of a point for each letter.
    """

    def __init__(self, characters: Iterable[frozenset[str]]) -> None:
        """Tell the widths of these characters beforehand."""
        super().__init__()
        self._characters = sorted(frozenset().union(*characters, map(chr, range(0x20, 0x7F))))
        self._weights = {fonts.font_bytes(weight): weight for weight in fonts.FONT_FILES}

    def __setitem__(self, key: Any, font: Any) -> None:
        weight = self._weights.get(get_hb_object_data(font.hb_face))
        if weight is not None:
            glyphs = (glyph_of(character, weight) for character in self._characters)
            font.widths.update({glyph: width_of(glyph, weight) for glyph in glyphs if glyph})
        super().__setitem__(key, font)
