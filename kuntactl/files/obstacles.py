"""What stands in the way of files that are to be moved into place."""

import os
from collections.abc import Collection
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
    places = [target / path for path in planned]
    folders = {place.parent for place in places}
    obstacles = [
        *(place for place in places if place.is_dir()),
        *(
            target / path
            for path in planned
            if is_link_on_the_way(target, PurePosixPath(path).parts[:-1])
        ),
        *(folder for folder in folders if folder.exists() and not _can_write(folder)),
    ]
    for obstacle in sorted(obstacles):
        raise DeliveryError(
            phrase("{obstacle}: is in the way, or may not be written", obstacle=obstacle),
            hint=phrase(
                "nothing was changed; move it away, or give this user the right to write it"
            ),
        )


def _can_write(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
