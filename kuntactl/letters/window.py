"""Where things must stand on a sheet that goes into a window envelope.

All in mm from the top left corner of the sheet. The sheet slides inside the envelope: the
address must lie where every position of the sheet shows it; nothing else may stand where some
position could show it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kuntactl.domain.types import EnvelopeSize


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A rectangle on the sheet, in mm from its top left corner."""

    left: float
    right: float
    top: float
    bottom: float

    def holds(self, other: "Zone", *, slack: float = 0.0) -> bool:
        """Return whether the other lies inside, give or take ``slack`` mm."""
        return (
            other.left >= self.left - slack
            and other.right <= self.right + slack
            and other.top >= self.top - slack
            and other.bottom <= self.bottom + slack
        )

    def meets(self, other: "Zone", *, slack: float = 0.0) -> bool:
        """Return whether the two overlap by more than ``slack`` mm both ways."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A window envelope and what it asks of the first sheet."""

    size: EnvelopeSize
    name: str
    height: float  # mm, as its width
    width: float
    folds: int  # of an A4 sheet
    address: Zone  # all of the address must lie in it
    quiet: Zone  # nothing else may stand in it
    most_sheets: int  # of 80 g paper
    source: str


_STANDARD = (
    "SFS 2486, 2487 and 2488 as the package koma-script-sfs 1.0 (2005) has them; zones "
    "reckoned from how far the sheet slides"
)
_FOLDED_IN_THREE = "; most sheets: our assumption, unverified"
_FOLDED_ONCE = "; most sheets: a print house's figure for C5 (21grams iMail)"

ENVELOPES: Mapping[EnvelopeSize, Envelope] = {
    envelope.size: envelope
    for envelope in (
        Envelope(
            size=EnvelopeSize.C5,
            name="C5",
            height=162,
            width=229,
            folds=1,
            address=Zone(left=18, right=94, top=40, bottom=61.5),
            quiet=Zone(left=0, right=113, top=26.5, bottom=75),
            most_sheets=8,
            source=_STANDARD + _FOLDED_ONCE,
        ),
        Envelope(
            size=EnvelopeSize.E5,
            name="E5",
            height=156,
            width=220,
            folds=1,
            address=Zone(left=18, right=98, top=40, bottom=62.5),
            quiet=Zone(left=8, right=108, top=32.5, bottom=70),
            most_sheets=8,
            source=_STANDARD + _FOLDED_ONCE + ", taken for E5 too",
        ),
        Envelope(
            size=EnvelopeSize.C65,
            name="C65",
            height=114,
            width=225,
            folds=2,
            address=Zone(left=18, right=98, top=40, bottom=60),
            quiet=Zone(left=3, right=113, top=25, bottom=75),
            most_sheets=3,
            source=_STANDARD + _FOLDED_IN_THREE,
        ),
        Envelope(
            size=EnvelopeSize.E65,
            name="E65",
            height=110,
            width=220,
            folds=2,
            address=Zone(left=18, right=98, top=40, bottom=59),
            quiet=Zone(left=8, right=108, top=29, bottom=70),
            most_sheets=3,
            source=_STANDARD + _FOLDED_IN_THREE,
        ),
    )
}

ADDRESS_ZONE = ENVELOPES[EnvelopeSize.C5].address  # what our own templates keep to
QUIET_ZONE = ENVELOPES[EnvelopeSize.C5].quiet

SHEET = Zone(left=0, right=210, top=0, bottom=297)  # A4
# Left and bottom 20 mm, the others at least 10 mm (SFS 2487:2024).
PRINTABLE = Zone(left=20, right=200, top=10, bottom=277)

# What the style sheet sets the address in; tests hold the two together.
ADDRESS_WIDTH = 73.5  # mm
ADDRESS_SIZE = 10.0  # points
ADDRESS_TOP = 40.1  # mm down the sheet
ADDRESS_PITCH = 4.2  # mm from line to line
MOST_LINES = 5
