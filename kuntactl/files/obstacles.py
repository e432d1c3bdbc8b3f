"""What stands in the way of files that are to be moved into place."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from kuntactl.errors import DeliveryError
from kuntactl.files.below import is_link_on_the_way
from kuntactl.locale import phrase


def refuse_obstacles(target: Path, planned: Collection[str]) -> None:
    """Stop while nothing is changed yet if a file cannot be moved to its place.

    Args:
        target: The folder that the files are meant for.
        planned: The files, relative to it.

    Raises:
        DeliveryError: If something stands in the way.
    """
    of_folders: dict[str, set[str]] = {}
    for path in planned:
        folder, _, name = path.rpartition("/")
        of_folders.setdefault(folder, set()).add(name)
    for obstacle in sorted(
        obstacle
        for folder, names in of_folders.items()
        for obstacle in _in_the_way(target, folder, names)
    ):
        raise DeliveryError(
            phrase("{obstacle}: is in the way, or may not be written", obstacle=obstacle),
            hint=phrase(
                "nothing was changed; move it away, or give this user the right to write it"
            ),
        )


def _in_the_way(target: Path, folder: str, names: Collection[str]) -> Iterator[Path]:
    """Yield what keeps files of these names from a folder; it is looked at once, not a file."""
    place = target / folder
    if is_link_on_the_way(target, PurePosixPath(folder).parts):
        yield from (place / name for name in names)
    if not place.exists():
        return
    if not _can_write(place):
        yield place
    if place.is_dir() and os.access(place, os.R_OK):
        there = {entry.name for entry in os.scandir(place) if entry.is_dir()}
    else:
        there = {name for name in names if (place / name).is_dir()}
    yield from (place / name for name in there.intersection(names))


def _can_write(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
