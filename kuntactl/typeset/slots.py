"""A page whose text is open in places: cut once, filled and compressed again and again."""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kuntactl.typeset.boxes import point
from kuntactl.typeset.content import Run
from kuntactl.typeset.form import Form, Page
from kuntactl.typeset.shaping import Shown, show

# Constant content shorter than this goes with the open text around it.
_SHORT = 600  # bytes
# Content shorter than this is stored as it is: compressing it would take longer than it is worth.
_SMALL = 400  # bytes
# Pieces are short: a small window is set up in half the time of a large one.
_WINDOW, _MEMORY = 13, 6  # as zlib counts them
# A line that fills its box to the last unit could be broken by another version of Pango.
_MARGIN = 0.05  # px


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A line of text that is open."""

    page: int  # counted from 0
    run: Run
    text: str  # as laid out
    element: str
    weight: int  # CSS
    width: float  # px, as laid out
    room: float  # px
    lines: int  # of its box
    shift: float  # 0 stands at the left end of its room, 0.5 in the middle, 1 at the right

    def filled(self, shown: Shown | None) -> bytes:
        """Return the content that shows a line, or nothing but leaves the colours as they are."""
        run = self.run
        if shown is None:
            return run.state
        x = run.x
        if self.shift:
            x = b"%f" % (float(run.x) + (self.width - shown.width) * self.shift)
        return b"%b%bBT\n%b %b %b Tm\n/%b %b Tf\n[%b] TJ\nET\nEMC\n" % (
            run.head,
            run.state,
            run.matrix,
            x,
            run.y,
            run.font.encode(),
            run.size,
            shown.glyphs,
        )

    def holds(self, shown: Shown, *, share: float = 1.0) -> bool:
        """Whether a line fits into a share of the room."""
        return shown.width <= self.room * share - _MARGIN

    def show(self, text: str, language: str) -> Shown | None:
        """Return a text in the type of the slot; none: it cannot be told how it is shown."""
        return show(text, self.weight, self.run.size, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """Content that is the same in every letter, compressed once."""

    content: bytes
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The content of a page, cut at its slots."""

    chunks: tuple[Constant | tuple[bytes | int, ...], ...]  # a number is that of a slot

    def content(self, lines: Sequence[bytes]) -> bytes:
        """Return the content of the page with its slots filled.

        Args:
            lines: For each slot of the form what ``Slot.filled`` made.
        """
        return b"".join(
            chunk.content if isinstance(chunk, Constant) else _joined(chunk, lines)
            for chunk in self.chunks
        )

    def deflated(self, lines: Sequence[bytes], extra: bytes = b"") -> bytes:
        """Return the same, compressed, with ``extra`` behind it.

        Compressed pieces that end at whole bytes can be put one after the other; so only
        what differs from letter to letter is compressed for each.
        """
        written = [b"\x78\xda"]
        check = 1
        for chunk in (*self.chunks, (extra,)):
            if isinstance(chunk, Constant):
                check = zlib.adler32(chunk.content, check)
                written.append(chunk.packed)
            elif own := _joined(chunk, lines):
                check = zlib.adler32(own, check)
                written.append(_stored(own) if len(own) < _SMALL else packed(own, level=4))
        written.append(b"\x03\x00" + check.to_bytes(4, "big"))
        return b"".join(written)


def packed(content: bytes, *, level: int) -> bytes:
    """Return content compressed so that more may follow."""
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -_WINDOW, _MEMORY)
    return squeeze.compress(content) + squeeze.flush(zlib.Z_FULL_FLUSH)


def _stored(content: bytes) -> bytes:
    """Return content as it is, in the frame of compressed data."""
    size = len(content)
    return b"\0" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + content


def slots_of(form: Form, pattern: re.Pattern[str]) -> Iterator[Slot]:
    """Yield the lines of a form whose text the pattern is found in, in the order of drawing."""
    for number, page in enumerate(form.pages):
        for run in page.runs:
            if pattern.search(run.text):
                yield _slot(form, number, page, run)


def sheets_of(form: Form, slots: Sequence[Slot]) -> tuple[Sheet, ...]:
    """Return the pages of a form, cut at the slots."""
    return tuple(
        _sheet(page.content, {at: slot for at, slot in enumerate(slots) if slot.page == number})
        for number, page in enumerate(form.pages)
    )


def _slot(form: Form, number: int, page: Page, run: Run) -> Slot:
    place = page.places.get(point(float(run.x), float(run.y)))
    return Slot(
        page=number,
        run=run,
        text=run.text,
        element=place.element if place else "unknown element",
        weight=form.faces[run.font].weight,
        width=place.width if place else 0.0,
        room=place.room if place else 0.0,
        lines=place.lines if place else 0,
        shift=place.shift if place else 0.0,
    )


def _sheet(content: bytes, slots: Mapping[int, Slot]) -> Sheet:
    pieces: list[bytes | int] = []
    end = 0
    for at, slot in slots.items():
        pieces += [content[end : slot.run.start], at]
        end = slot.run.end
    pieces.append(content[end:])
    return Sheet(chunks=tuple(_chunks(pieces)))


def _chunks(pieces: Sequence[bytes | int]) -> Iterator[Constant | tuple[bytes | int, ...]]:
    """Yield long constant content by itself, all between two such together."""
    own: list[bytes | int] = []
    for piece in pieces:
        if isinstance(piece, int) or len(piece) < _SHORT:
            own.append(piece)
            continue
        if own:
            yield tuple(own)
            own = []
        yield Constant(content=piece, packed=packed(piece, level=9))
    if own:
        yield tuple(own)


def _joined(chunk: Sequence[bytes | int], lines: Sequence[bytes]) -> bytes:
    return b"".join([lines[piece] if isinstance(piece, int) else piece for piece in chunk])
