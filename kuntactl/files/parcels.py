"""Files of a run that several processes write: they reach the staging folder parcel by parcel."""

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePosixPath

from kuntactl.errors import DeliveryError
from kuntactl.files.below import folder_below, open_folder
from kuntactl.files.dry_staging import inside
from kuntactl.files.private import write_private
from kuntactl.files.seal import SEAL_FILE
from kuntactl.locale import phrase
from kuntactl.locale.reasons import reason

STAGING = ".kuntactl-new"
Folder = tuple[str, ...]  # names on the way to it
_PARCEL = "+"  # begins the name of a parcel; no area's id does
_BENCH = "+bench-"  # begins the name of the folder in which a run's parcels are made


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Where any process, of this machine or another, puts files of one run.

    A parcel is made on the run's own bench, and the run takes it over by one rename. So what a
    process that died had half done never counts; work that is done twice counts once; and a
    process that goes on when its run has ended finds its bench gone, and can write into no other
    run.
    """

    target: Path  # of the run
    bench: str  # a name that no other run has

    def put(self, files: Iterable[tuple[PurePosixPath, bytes]], *, durable: bool = False) -> str:
        """Write files, by their paths relative to the target; return the parcel's name.

        Args:
            files: Each with its content.
            durable: Whether to wait until the disk holds them: the run can wait for what its
                own machine wrote, and for nothing else.

        Raises:
            DeliveryError: If one cannot be written.
        """
        parcel = secrets.token_hex(8)  # it is in no file, and gone with the run
        where = self.target
        try:
            with ExitStack() as opened:
                root = opened.enter_context(open_folder(self.target))
                bench = opened.enter_context(folder_below(root, (STAGING, self.bench)))
                own = opened.enter_context(folder_below(bench, (parcel,), make=True))
                folders: dict[tuple[str, ...], int] = {}
                for path, content in files:
                    where = self.target / path
                    *parts, name = inside(path).parts
                    folder = tuple(parts)
                    if folder not in folders:
                        below = folder_below(own, folder, make=True)
                        folders[folder] = opened.enter_context(below)
                    write_private(name, content, folder=folders[folder])
                if durable:
                    os.sync()
        except OSError as error:
            raise DeliveryError(
                phrase("{where}: {why}", where=where, why=reason(error)),
                hint=phrase("nothing was changed in the target folder"),
            ) from error
        return parcel


def new_outlet(target: Path, root: int) -> Outlet:
    """Return an outlet of its own for a run.

    Args:
        target: The folder of the run.
        root: The same, held open.

    Raises:
        OSError: If the bench cannot be made.
    """
    bench = f"{_BENCH}{secrets.token_hex(8)}"
    with folder_below(root, (STAGING, bench), make=True):
        return Outlet(target=target.absolute(), bench=bench)  # others may stand elsewhere


def take(outlet: Outlet, parcel: str, root: int) -> None:
    """Let a parcel count: its files are now the run's.

    Args:
        outlet: Where it was put.
        parcel: Its name.
        root: The folder of the run, held open.

    Raises:
        OSError: If it is not there.
    """
    with (
        folder_below(root, (STAGING, outlet.bench)) as bench,
        folder_below(root, (STAGING,)) as staging,
    ):
        os.rename(parcel, f"{_PARCEL}{parcel}", src_dir_fd=bench, dst_dir_fd=staging)


def staged_files(root: int) -> Mapping[str, PurePosixPath]:
    """Return the files that are to appear, by path, each with where it is below the staging.

    Args:
        root: The folder of the run, held open.
    """
    found: dict[str, PurePosixPath] = {}
    with suppress(OSError):  # gone if an earlier run's files were settled, or all is done
        for folder, folders, names, _ in os.fwalk(STAGING, dir_fd=root):
            below = PurePosixPath(folder).parts[1:]
            if not below:
                folders[:] = [name for name in folders if not name.startswith(_BENCH)]
                names[:] = [name for name in names if name != SEAL_FILE]
            place = below[1:] if below and below[0].startswith(_PARCEL) else below
            for name in names:
                found["/".join((*place, name))] = PurePosixPath(*below, name)
    return dict(sorted(found.items(), key=lambda one: one[0].split("/")))


def by_folders(
    staged_at: Mapping[str, PurePosixPath],
) -> Iterator[tuple[Folder, Folder, Sequence[str]]]:
    """Yield the folders that files go from and to, with their names, in order of path.

    To open both folders takes longer than the rename, so files that stand beside each other
    before and after are named together.
    """
    moves = (
        ((place.parts[:-1], tuple(path.split("/")[:-1])), place.name)
        for path, place in staged_at.items()
    )
    for (staging, place), group in groupby(moves, key=itemgetter(0)):
        yield staging, place, [name for _, name in group]
