"""Print letters of a finished folder once more."""

from collections.abc import Sequence
from pathlib import Path

from kuntactl.domain.hints import nearest
from kuntactl.errors import SettingsError
from kuntactl.files.private import replace_file
from kuntactl.files.unsealing import Identities, Reader
from kuntactl.letters.reprint import Reprint, reprint
from kuntactl.locale import phrase
from kuntactl.pipeline.verify_letters import folders_of_areas


def reprint_letters(
    asked: Sequence[str],
    *,
    folder: Path,
    area: str | None,
    out: Path,
    identity: Path | None = None,
    dry_run: bool = False,
) -> Reprint:
    """Write the letters asked for as one print run; neither lists nor letters change.

    Args:
        asked: Numbers, ranges and letter ids, as ``letters.reprint.reprint`` reads them.
        folder: What ``run`` wrote.
        area: Whose letters; none: the folder has one area only.
        out: The file to write.
        identity: File of an identity, for sealed letters.
        dry_run: Whether to write nothing.

    Raises:
        InputError: If the identity cannot be read, or does not open a letter.
        SettingsError: If the area has no letters there, or it is not clear which is meant.
        LetterError: If a letter cannot be printed once more as it was.
        DeliveryError: If the file cannot be written.
    """
    reader = Reader(Identities.read(identity) if identity else None)
    done = reprint(_folder_of_area(folder, area), asked, reader=reader)
    if not dry_run:
        replace_file(out, done.pdf)
    return done


def _folder_of_area(folder: Path, area: str | None) -> Path:
    found = {path.name: path for path in folders_of_areas(folder)}
    if area is None and len(found) == 1:
        return next(iter(found.values()))
    if area is None:
        raise SettingsError(
            phrase(
                "{folder}: letters of {number} areas are here", folder=folder, number=len(found)
            ),
            hint=phrase("name one with --area: {found}", found=", ".join(found)),
        )
    if area not in found:
        raise SettingsError(
            phrase("{folder}: no letters of area `{area}` are here", folder=folder, area=area),
            hint=nearest(area, known=tuple(found), what=phrase("areas")),
        )
    return found[area]
