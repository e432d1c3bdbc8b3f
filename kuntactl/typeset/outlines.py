"""Words as outlines: drawn, not written, so that they are no text of the page."""

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from kuntactl.typeset.fonts import FONT_FILES, font_folder


def outlined(word: str, *, size: float, weight: int = 700) -> tuple[str, float]:
    """Return the path of a word in the operators of a PDF, and its width.

    Args:
        word: Characters that our fonts have.
        size: In points; so are path and width, from the beginning of the base line, y downwards.
        weight: CSS weight, 400 or 700.
    """
    with TTFont(font_folder() / FONT_FILES[weight]) as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        scale, x = size / font["head"].unitsPerEm, 0.0
        pen = _PathPen(glyphs)
        for character in word:
            glyph = glyphs[names[ord(character)]]
            glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, 0)))
            x += glyph.width * scale
    return "\n".join(pen.operators), x


class _PathPen(BasePen):  # type: ignore[misc]  # fontTools ships no types
    """Takes down outlines as a PDF writes them."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  # the library's name
        self._add("m", point)

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802  # the library's name
        self._add("l", point)

    def _curveToOne(  # noqa: N802  # the library's name
        self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]
    ) -> None:
        self._add("c", one, two, end)

    def _closePath(self) -> None:  # noqa: N802  # the library's name
        self.operators.append("h")

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        numbers = " ".join(f"{x:.2f} {y:.2f}" for x, y in points)
        self.operators.append(f"{numbers} {operator}")
