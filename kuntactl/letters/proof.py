"""A master proven: stamped letters stand where those laid out whole do, glyph for glyph."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kuntactl.errors import LetterError
from kuntactl.letters.compose import Composer
from kuntactl.letters.fields import Fields
from kuntactl.letters.marker import Own, fields_of, is_list
from kuntactl.letters.master import Line, Master, NotStampedError, Pattern
from kuntactl.letters.stamp import stamp
from kuntactl.letters.window import MOST_LINES
from kuntactl.locale import Phrase, phrase
from kuntactl.typeset.compare import Difference, first_difference
from kuntactl.typeset.render import Typesetter

# What values are made of: letters that fonts like to draw together or apart, accents, figures.
_ORDINARY = "Åke ÄVATo-Öñéfi 0123456789 (Ýlýtyö), Wäy.T/L:@&§"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A made-up client."""

    lines: int  # of the address
    filling: str  # repeated until the line is full; empty: a single narrow letter
    share: float  # of the room that is filled


PROBES = (
    Probe(lines=MOST_LINES, filling="W", share=1.0),
    Probe(lines=1, filling="", share=0.0),
    Probe(lines=3, filling=_ORDINARY, share=0.6),
)


def prove(master: Master, pattern: Pattern, *, composer: Composer, typesetter: Typesetter) -> None:
    """Lay probes out whole and compare them with the same letters stamped.

    Raises:
        SettingsError: If a template is not there.
        NotStampedError: If a glyph stands elsewhere; the text names the element that moves.
    """
    for probe in PROBES:
        own = _fields(master, pattern, probe)
        try:
            laid = typesetter.lay_out(pattern.html(composer, own))
            whole = typesetter.contents(laid)
        except LetterError as error:
            raise NotStampedError(error.problem) from error
        stamped = stamp(master, own)
        if stamped is None:
            raise NotStampedError(
                phrase("{narrowest}: there is no room for a text", narrowest=_narrowest(master))
            )
        difference = first_difference(stamped.contents(), whole)
        if difference:
            raise NotStampedError(_moves(master, difference))


def _fields(master: Master, pattern: Pattern, probe: Probe) -> tuple[Fields, ...]:
    """Return the texts of a probe: as wide as every line that shows them allows."""
    texts: dict[Own, str] = {}
    for line in master.lines:
        for own in line.own:
            before = texts.get(own)
            # The first text of a line takes all the room, the others next to nothing.
            frame = [
                word if isinstance(word, str) else texts.get(word, "i") for word in line.words
            ]
            text = _widest(line, frame, line.words.index(own), probe)
            texts[own] = text if before is None or len(text) < len(before) else before
    return tuple(
        fields_of(
            {
                field.name: _value(texts, part, field.name, lines, probe)
                for field, lines in zip(dataclasses.fields(Fields), of_part, strict=True)
            }
        )
        for part, of_part in enumerate(pattern.shape)
    )


def _value(
    texts: Mapping[Own, str], part: int, name: str, lines: int, probe: Probe
) -> str | tuple[str, ...] | None:
    if not is_list(name):
        return texts.get(Own(part=part, name=name, line=None), "i") if lines else None
    count = probe.lines if name == "recipient" else lines
    return tuple(texts.get(Own(part=part, name=name, line=line), "i") for line in range(count))


def _widest(line: Line, frame: Sequence[str], at: int, probe: Probe) -> str:
    """Return the longest text of a probe with which the line is as full as it asks for."""

    def fits(text: str) -> bool:
        words = [*frame[:at], text, *frame[at + 1 :]]
        shown = line.slot.show("".join(words), line.language)
        return shown is not None and line.slot.holds(shown, share=probe.share)

    text = ""
    for filling in (probe.filling, "i", ".") if probe.filling else ():
        text = _most(text, filling, fits)
    return text or "i"


def _most(text: str, filling: str, fits: Callable[[str], bool]) -> str:
    """Return the text with as much of the filling behind it, again and again, as fits."""

    def filled(length: int) -> str:
        return text + (filling * (length // len(filling) + 1))[:length].rstrip()

    enough = 1
    while fits(filled(enough)):
        enough *= 2
    least = enough // 2
    while enough - least > 1:
        middle = (least + enough) // 2
        least, enough = (middle, enough) if fits(filled(middle)) else (least, middle)
    return filled(least)


def _moves(master: Master, difference: Difference) -> Phrase:
    page = difference.page + 1
    if difference.place is None:
        return phrase("page {page} is drawn otherwise when a field has another text", page=page)
    place = master.places[difference.page].get(difference.place)
    element = place.element if place else phrase("an element")
    return phrase(
        "{element} on page {page} moves or changes when a field has another text",
        element=element,
        page=page,
    )


def _narrowest(master: Master) -> str:
    return min((line.slot for line in master.lines), key=lambda slot: slot.room).element
