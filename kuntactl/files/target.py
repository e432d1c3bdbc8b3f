"""The folder that a command writes into, looked at before it is made."""

from pathlib import Path

from kuntactl.errors import DeliveryError
from kuntactl.locale import phrase


def refuse_file(target: Path) -> None:
    """Stop if the folder to write into is a file, or would be inside one.

    Raises:
        DeliveryError: If so.
    """
    for path in (target, *target.parents):
        if path.exists() and not path.is_dir():
            raise DeliveryError(
                phrase("--out {target}: {path} is a file, not a folder", target=target, path=path),
                hint=phrase("name a folder; one that is not there yet is made"),
            )
