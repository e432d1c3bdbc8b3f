"""Lines of an address, broken where they are longer than a line may be."""

import re
from collections.abc import Callable

import polars as pl

from kuntactl.letters.window import ADDRESS_SIZE, ADDRESS_WIDTH, MOST_LINES
from kuntactl.typeset.fonts import text_width, unprintable_pattern

POSTAL_LINE = r"^(?:FI-|AX-)?(\d{5})\s+\D+$"
MOST_CHARACTERS = 30  # about so many on a line, as Posti asks

# No line this short is ever too wide, whatever its letters: the widest glyph that we have
# seen in an address is 0.95 em.
_SURELY_FITS = int(ADDRESS_WIDTH / (0.95 * ADDRESS_SIZE * 25.4 / 72))
_PARTS = re.compile(r"[^-]*-+|[^-]+")  # of a word with hyphens in it


def break_lines(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with lines that fit where they can, and ``too_wide`` where they cannot.

    Args:
        frame: With ``lines`` (List[String]), none of them null or blank.
    """
    long = (
        frame["lines"]
        .explode()
        .unique()
        .drop_nulls()
        .to_frame("line")
        .filter(
            (pl.col("line").str.len_chars() > _SURELY_FITS)
            & ~pl.col("line").str.contains(unprintable_pattern())
        )["line"]
        .sort()
    )
    full = [_pieces(line, _fits_window) for line in long]
    wide = [
        line
        for line, pieces in zip(long, full, strict=True)
        if not all(_fits_window(piece) for piece in pieces)
    ]
    pieces = pl.DataFrame(
        {"lines": long, "short": [_pieces(line, _is_short) for line in long], "full": full},
        schema={"lines": pl.String, "short": pl.List(pl.String), "full": pl.List(pl.String)},
    )
    whole = (
        frame.select(pl.int_range(pl.len()).alias("at"), "lines")
        .explode("lines")
        .join(pieces, on="lines", how="left", maintain_order="left")
        .group_by("at", maintain_order=True)
        .agg(
            short=pl.coalesce("short", pl.concat_list("lines")).explode(),
            full=pl.coalesce("full", pl.concat_list("lines")).explode(),
            too_wide=pl.col("lines").is_in(wide).any(),
        )
    )
    lines = pl.when(pl.col("short").list.len() <= MOST_LINES).then("short").otherwise("full")
    return frame.drop("lines").hstack(whole.select("too_wide", lines=lines))


def _pieces(line: str, fits: Callable[[str], bool]) -> list[str]:
    """Return the line in as few pieces as its spaces allow, each as full as possible."""
    pieces: list[str] = []
    for word in [line] if fits(line) else line.split(" "):
        # "Pitkänimi-" and "Esimerkkiläinen" stand on two lines where they do not fit on one.
        for place, part in enumerate([word] if fits(word) else _PARTS.findall(word)):
            longer = f"{pieces[-1]}{'' if place else ' '}{part}" if pieces else part
            if pieces and fits(longer):
                pieces[-1] = longer
            else:
                pieces.append(part)
    return pieces


def _is_short(line: str) -> bool:
    """Whether a line is as short as Posti asks; its own name of a post office always is."""
    short = len(line) <= MOST_CHARACTERS or re.fullmatch(POSTAL_LINE, line) is not None
    return short and _fits_window(line)


def _fits_window(line: str) -> bool:
    return text_width(line, size=ADDRESS_SIZE) <= ADDRESS_WIDTH
