"""Whether a letter keeps to the places that paper and envelope leave it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from kuntactl.letters.finding import Finding
from kuntactl.letters.window import PRINTABLE, Envelope, Zone
from kuntactl.typeset.seen import Mark

_SIDEWAYS = 0.1  # mm that text may stand out of its box: rounding
_UPWARDS = 0.6  # mm: a line of text is higher than its letters
_OVERLAP = 1.0  # mm both ways: then letters touch
_ADDRESS = "recipient"  # the field that belongs in the window


def faults_on_paper(
    marks: Sequence[Mark], *, template: str, situation: str, envelopes: Sequence[Envelope]
) -> Iterator[Finding]:
    """Yield what stands where it must not, in the order of the page.

    Args:
        marks: Of the letter, all pages.
        template: Whose letter it is, for the findings.
        situation: With which values.
        envelopes: Those that the letter will be posted in.
    """
    for mark in marks:
        for code, detail in _faults_of(mark, envelopes):
            yield _finding(mark, code, detail, template=template, situation=situation)
    for one, other in combinations([mark for mark in marks if mark.text], 2):
        if one.page == other.page and zone_of(one).meets(zone_of(other), slack=_OVERLAP):
            yield _finding(
                other, "overprinted", one.element, template=template, situation=situation
            )


def printed_fields(marks: Sequence[Mark], values: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the values that come on paper whole.

    Args:
        marks: Of the letter, all pages.
        values: A text, or a tuple of texts, by name.
    """
    printed = "".join("".join(mark.text.split()) for mark in marks)
    return frozenset(
        name
        for name, value in values.items()
        if all(
            "".join(text.split()) in printed
            for text in (value if isinstance(value, tuple) else (value,))
        )
    )


def zone_of(mark: Mark) -> Zone:
    """Return where the mark stands."""
    left, top, right, bottom = mark.place
    return Zone(left=left, top=top, right=right, bottom=bottom)


def _faults_of(mark: Mark, envelopes: Sequence[Envelope]) -> Iterator[tuple[str, str]]:
    """Yield code and detail of all that is wrong with one mark by itself."""
    zone = zone_of(mark)
    if mark.text:
        for element, (left, top, right, bottom) in mark.around:
            box = Zone(
                left=left - _SIDEWAYS,
                right=right + _SIDEWAYS,
                top=top - _UPWARDS,
                bottom=bottom + _UPWARDS,
            )
            if not box.holds(zone):
                yield "too_wide", element
                break
    if not PRINTABLE.holds(zone, slack=_SIDEWAYS):
        yield "not_printable", ""
    if mark.page == 1:
        yield from _faults_in_window(mark, zone, envelopes)


def _faults_in_window(
    mark: Mark, zone: Zone, envelopes: Sequence[Envelope]
) -> Iterator[tuple[str, str]]:
    in_address = mark.field == _ADDRESS
    hidden = [one.name for one in envelopes if in_address and not one.address.holds(zone)]
    shown = [one.name for one in envelopes if not in_address and one.quiet.meets(zone)]
    if hidden:
        yield "address_hidden", ", ".join(hidden)
    if shown:
        yield "in_the_window", ", ".join(shown)


def _finding(mark: Mark, code: str, detail: str, *, template: str, situation: str) -> Finding:
    field = f" ({mark.field})" if mark.field else ""
    return Finding(
        template=template,
        code=code,
        element=mark.element + field,
        detail=detail,
        page=mark.page,
        place=zone_of(mark),
        situation=situation,
    )
