"""Whether two pages show the same, glyph for glyph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kuntactl.typeset.content import SHOWN

_MARK = re.compile(rb"/MCID \d+")
_NEAR = 0.01 / 0.75  # px: 0.01 points
_TURN = re.compile(rb"([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) [-\d.]+ [-\d.]+ cm\n")


@dataclass(frozen=True, slots=True)
class Difference:
    """The first text of a page that stands elsewhere, or differs, in another."""

    page: int  # counted from 0
    place: tuple[float, float] | None  # px, in the first of the two; none: it has no such text


def first_difference(one: Sequence[bytes], other: Sequence[bytes]) -> Difference | None:
    """Return where the pages of two documents differ; none: every glyph stands where its twin is.

    Text has to be the same, in the same order, in the same font and size, each line within
    0.01 points of its twin (on paper, where a page enlarges what stands on it) and the space
    between its glyphs the same. All else (lines, pictures, colours) has to be the same to the
    letter; only the marks for the tags may count differently.
    """
    for page, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        near = _NEAR / _enlargement(mine)
        runs, twins = [*SHOWN.finditer(mine)], [*SHOWN.finditer(theirs)]
        for run, twin in zip(runs, twins, strict=False):
            if not _is_twin(run, twin, near):
                return Difference(page, (float(run["x"]), float(run["y"])))
        if len(runs) != len(twins) or _rest(mine) != _rest(theirs):
            return Difference(page, None)
    return None if len(one) == len(other) else Difference(min(len(one), len(other)), None)


def _enlargement(content: bytes) -> float:
    """Return how many times larger a page draws anything at most, and at least 1."""
    return max([1.0, *(abs(float(n)) for found in _TURN.findall(content) for n in found)])


def _is_twin(run: re.Match[bytes], twin: re.Match[bytes], near: float) -> bool:
    same = all(run[key] == twin[key] for key in ("glyphs", "font", "size", "matrix", "state"))
    return same and all(abs(float(run[key]) - float(twin[key])) <= near for key in ("x", "y"))


def _rest(content: bytes) -> bytes:
    """Return all but the text, and the marks without their numbers."""
    return _MARK.sub(b"", SHOWN.sub(b"\0", content))
