"""Hold the letters of a finished folder against their lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kuntactl.errors import LetterError
from kuntactl.files.unsealing import Identities
from kuntactl.letters.verify import LIST, Fault, Verified, verify_area
from kuntactl.locale import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedFolder:
    """What was looked at in the folder of a run."""

    areas: Mapping[str, Verified]  # by area, in order of id

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong, by area."""
        return tuple(fault for area in self.areas.values() for fault in area.faults)


def verify_letters(folder: Path, *, identity: Path | None = None) -> VerifiedFolder:
    """Return what is not as the lists of letters say; nothing is changed.

    Args:
        folder: What ``run`` wrote.
        identity: File of an identity, to look into sealed files; none: they stay closed.

    Raises:
        InputError: If the identity cannot be read.
        LetterError: If no area of the folder has a list of letters.
    """
    identities = Identities.read(identity) if identity else None
    return VerifiedFolder(
        areas={
            area.name: verify_area(area, identities=identities)
            for area in folders_of_areas(folder)
        }
    )


def folders_of_areas(folder: Path) -> tuple[Path, ...]:
    """Return the folders of areas that have letters, in order of id.

    Raises:
        LetterError: If there is none.
    """
    found = tuple(sorted(path.parent for path in folder.glob(f"*/{LIST}")))
    if not found:
        raise LetterError(
            phrase("{folder}: no letters are here", folder=folder),
            hint=phrase("name the folder that `run` wrote, its --out"),
        )
    return found
