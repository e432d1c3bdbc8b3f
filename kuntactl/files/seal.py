"""The seal of staged files: who can tell whether they are to appear."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from kuntactl.errors import DeliveryError
from kuntactl.files.below import open_folder
from kuntactl.files.private import write_private
from kuntactl.locale import phrase

SEAL_FILE = ".seal.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Files that are all made, and appear as soon as the register remembers their run."""

    run: str  # what the register knows the run by
    register: str  # where that register is
    retired: tuple[str, ...]  # files of the target that go when these appear

    def write(self, folder: Path) -> None:
        """Seal the staging folder.

        Raises:
            OSError: If it cannot be written, or the folder is a symbolic link.
        """
        with open_folder(folder) as opened:
            self.write_below(opened)

    def write_below(self, folder: int) -> None:
        """Seal the staging folder, given open.

        Raises:
            OSError: If it cannot be written.
        """
        beside = f"{SEAL_FILE}.new"
        write_private(beside, json.dumps(asdict(self)).encode(), folder=folder)
        os.rename(beside, SEAL_FILE, src_dir_fd=folder, dst_dir_fd=folder)  # half a seal is none

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """Return the seal of a staging folder; none: there is none, or a power cut broke it."""
        try:
            found = json.loads((folder / SEAL_FILE).read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return cls(run=found["run"], register=found["register"], retired=tuple(found["retired"]))


def unsettled(target: Path) -> DeliveryError:
    """Return what to say where sealed files wait for the register that knows their run."""
    return DeliveryError(
        phrase(
            "{target}: files of a run that was stopped wait here for their register", target=target
        ),
        hint=phrase("give the same `run` command again, with its --register; it completes them"),
    )
