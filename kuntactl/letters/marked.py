"""A page of a letter as a picture on which the faults are marked."""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from kuntactl.letters.finding import Finding
from kuntactl.letters.window import PRINTABLE, Envelope, Zone
from kuntactl.typeset.pictures import picture_of

RESOLUTION = 150  # pixels an inch
_PIXELS = RESOLUTION / 25.4  # a mm
_RED = (208, 0, 0, 255)
_RED_GROUND = (208, 0, 0, 48)
_WINDOW = (0, 90, 200, 36)
_WINDOW_EDGE = (0, 90, 200, 160)
_ADDRESS_EDGE = (0, 130, 60, 255)
_PAPER_EDGE = (130, 130, 130, 255)
_SMALL = 0.6  # mm around what is marked, so that a hair's breadth is seen


def marked(
    pdf: bytes, *, page: int, findings: Sequence[Finding], envelopes: Sequence[Envelope]
) -> Image.Image:
    """Return a page with what offends in red.

    Grey is the edge of the printable area. On page 1, blue ground is where nothing but the
    address may stand, and the green frame is where all of the address must lie, both over all
    the envelopes together.

    Args:
        pdf: The letter.
        page: From 1.
        findings: Those of this letter; the ones of other pages and of no place are passed over.
        envelopes: Those that the letter will be posted in.
    """
    paper = picture_of(pdf, page=page, resolution=RESOLUTION).convert("RGBA")
    over = Image.new("RGBA", paper.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(over)
    _dashed(pen, PRINTABLE)
    if page == 1 and envelopes:
        for envelope in envelopes:
            pen.rectangle(_pixels(envelope.quiet), fill=_WINDOW, outline=_WINDOW_EDGE)
        common = Zone(
            left=max(one.address.left for one in envelopes),
            right=min(one.address.right for one in envelopes),
            top=max(one.address.top for one in envelopes),
            bottom=min(one.address.bottom for one in envelopes),
        )
        pen.rectangle(_pixels(common), outline=_ADDRESS_EDGE, width=2)
    for finding in findings:
        if finding.place and finding.page == page:
            pen.rectangle(
                _pixels(finding.place, around=_SMALL), fill=_RED_GROUND, outline=_RED, width=3
            )
    return Image.alpha_composite(paper, over).convert("RGB")


def _pixels(zone: Zone, *, around: float = 0.0) -> tuple[float, float, float, float]:
    return (
        (zone.left - around) * _PIXELS,
        (zone.top - around) * _PIXELS,
        (zone.right + around) * _PIXELS,
        (zone.bottom + around) * _PIXELS,
    )


def _dashed(pen: ImageDraw.ImageDraw, zone: Zone) -> None:
    left, top, right, bottom = (round(edge) for edge in _pixels(zone))
    for x in range(left, right, 16):
        for y in (top, bottom):
            pen.line([(x, y), (min(x + 8, right), y)], fill=_PAPER_EDGE, width=1)
    for y in range(top, bottom, 16):
        for x in (left, right):
            pen.line([(x, y), (x, min(y + 8, bottom))], fill=_PAPER_EDGE, width=1)
