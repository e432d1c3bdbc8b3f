"""Where things must stand on a sheet that goes into a C5 window envelope.

All in mm from the top left corner of the sheet. Source: the envelope standards SFS 2486 to
2488 as the package koma-script-sfs has them, the sheet sliding inside the envelope. The
address must lie where every position of the sheet shows it; nothing else may stand where
some position could show it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A rectangle on the sheet, in mm from its top left corner."""

    left: float
    right: float
    top: float
    bottom: float


ADDRESS_ZONE = Zone(left=18, right=94, top=40, bottom=61.5)
QUIET_ZONE = Zone(left=0, right=113, top=26.5, bottom=75)

# What the style sheet sets the address in; tests hold the two together.
ADDRESS_WIDTH = 73.5  # mm
ADDRESS_SIZE = 10.0  # points
MOST_LINES = 5  # at a pitch of 4.2 mm
