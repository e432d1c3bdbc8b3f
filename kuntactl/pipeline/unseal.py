"""Sealed files opened by their receiver into a folder of their own."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from kuntactl.errors import InputError
from kuntactl.files.sealing import PACKED, SEALED
from kuntactl.files.staging import staged
from kuntactl.files.unsealing import Identities
from kuntactl.locale import phrase


def unseal(
    sealed: Sequence[Path], *, identity: Path, out: Path, dry_run: bool = False
) -> tuple[str, ...]:
    """Write what the files hold into the folder, and return their names there.

    Nothing appears before all of it could be opened. The files of a package stand in a folder
    of its name; a folder given is searched for sealed files, which keep their place in it.

    Args:
        sealed: Sealed files, and folders that hold some.
        identity: File of an identity, open to its owner only.
        out: The folder; what is made is open to its owner only.
        dry_run: Whether to write nothing.

    Raises:
        InputError: If there is nothing sealed, it was sealed for others, or has been changed.
        DeliveryError: If the folder cannot be written, or holds one of the files already.
    """
    identities = Identities.read(identity)
    found = [pair for path in sealed for pair in _sealed_in(path)]
    if not found:
        names = ", ".join(str(path) for path in sealed)
        raise InputError(
            phrase("{names}: no sealed file is here", names=names),
            hint=phrase("their names end in {sealed}", sealed=SEALED),
        )
    with staged(out, dry_run=dry_run) as sink:
        for path, place in found:
            files = identities.files_in(path)
            package = path.name.removesuffix(PACKED + SEALED)
            folder = place.parent if package == path.name else place.parent / package
            for name, content in sorted(files.items()):
                sink.put(folder / name, content)
        planned = sink.planned
        sink.publish()
    return planned


def _sealed_in(path: Path) -> Iterator[tuple[Path, PurePosixPath]]:
    """Yield each sealed file with its place below the folder that was given."""
    if not path.is_dir():
        yield path, PurePosixPath(path.name)
        return
    for file in sorted(path.rglob(f"*{SEALED}")):
        if file.is_file():
            yield file, PurePosixPath(file.relative_to(path).as_posix())
