"""Sealed files opened in memory by those who hold an identity of age."""

import io
import stat
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self

import pyrage

from kuntactl.errors import InputError
from kuntactl.files.sealing import PACKED, SEALED
from kuntactl.locale import phrase
from kuntactl.locale.reasons import reason

_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_WHAT = phrase("an identity is what `age-keygen` writes: a line AGE-SECRET-KEY-1…")


@dataclass(frozen=True, slots=True)
class Identities:
    """The secret keys of a receiver; they are in no message and no ``repr``."""

    _keys: tuple[pyrage.x25519.Identity, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the identities of a file.

        Raises:
            InputError: If it cannot be read, is open to others than its owner, or holds
                anything that is no identity.
        """
        try:
            mode = path.stat().st_mode
            lines = path.read_text("utf-8").splitlines()
        except OSError as error:
            raise InputError(
                phrase("{path}: {why}", path=path, why=reason(error)), hint=_WHAT
            ) from error
        except ValueError:
            raise InputError(
                phrase("{path}: is no file of identities", path=path), hint=_WHAT
            ) from None
        if mode & _OPEN_TO_OTHERS:
            raise InputError(
                phrase("{path}: others than its owner may open this identity", path=path),
                hint=phrase("chmod 600 {path}, and think about who may have read it", path=path),
            )
        wanted = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        try:
            keys = tuple(pyrage.x25519.Identity.from_str(line) for line in wanted)
        except pyrage.IdentityError:
            keys = ()
        if not keys:
            raise InputError(phrase("{path}: holds no identity of age", path=path), hint=_WHAT)
        return cls(keys)

    def unseal(self, content: bytes, *, name: str) -> bytes:
        """Return what was sealed.

        Args:
            content: The sealed file.
            name: What to call it in messages.

        Raises:
            InputError: If it was not sealed for one of these identities, or has been changed.
        """
        try:
            clear: bytes = pyrage.decrypt(content, self._keys)
        except pyrage.DecryptError:
            raise InputError(
                phrase(
                    "{name}: was not sealed for this identity, or has been changed since",
                    name=name,
                ),
                hint=phrase("take the identity that belongs to a --recipient of that run"),
            ) from None
        return clear

    def files_in(self, path: Path) -> Mapping[str, bytes]:
        """Return what a sealed file holds, by file name: many in a package, else one.

        Raises:
            InputError: If it cannot be read or opened.
        """
        try:
            sealed = path.read_bytes()
        except OSError as error:
            raise InputError(phrase("{path}: {why}", path=path, why=reason(error))) from error
        content = self.unseal(sealed, name=str(path))
        name = path.name.removesuffix(SEALED)
        return _unpacked(content, name=str(path)) if name.endswith(PACKED) else {name: content}


def standing(path: Path) -> Path | None:
    """Return the file, or the sealed one of its name; none: neither is there."""
    sealed = path.with_name(path.name + SEALED)
    return next((file for file in (path, sealed) if file.is_file()), None)


class Reader:
    """Reads files of a run, sealed ones with the identities; a package is opened once."""

    def __init__(self, identities: Identities | None = None) -> None:
        """Read with these identities; none: what is sealed stays closed."""
        self._identities = identities
        self._open: tuple[Path, Mapping[str, bytes]] | None = None

    def read(self, path: Path, *, name: str) -> bytes | None:
        """Return the content of the file; none: it is sealed, and there is no identity.

        Args:
            path: The file as it stands there.
            name: What it is called inside a package.

        Raises:
            InputError: If it cannot be unsealed, or the package does not hold it.
            OSError: If it cannot be read.
        """
        if path.suffix != SEALED:
            return path.read_bytes()
        if self._identities is None:
            return None
        if self._open is None or self._open[0] != path:
            self._open = (path, self._identities.files_in(path))
        content = self._open[1].get(name)
        if content is None:
            raise InputError(phrase("{path}: does not hold {name}", path=path, name=name))
        return content


def _unpacked(content: bytes, *, name: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.isreg() else None
                if file is None or PurePosixPath(member.name).parts != (member.name,):
                    raise InputError(
                        phrase("{name}: holds something that no run puts there", name=name)
                    )
                found[member.name] = file.read()
    except tarfile.TarError as error:
        raise InputError(phrase("{name}: is no package of a run", name=name)) from error
    return found
