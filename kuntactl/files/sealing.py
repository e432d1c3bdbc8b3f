"""Files sealed for those who may read them, in memory, on their way to a folder."""

import io
import tarfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pyrage

from kuntactl.errors import SettingsError
from kuntactl.files.parcels import Outlet
from kuntactl.files.staging import Sink
from kuntactl.locale import phrase

SEALED = ".age"
PACKED = ".tar"
_REPORT = "report"  # counts, in any form: report.html is open, too
_PRIVATE = frozenset({".pdf", ".xlsx", ".ics"})  # files of an area that name people or clients
_PROTECTED = "protected"
_OF_COACHES = "coaches"  # whose ids name files there, `report` maybe among them
_HINT = phrase(
    "a recipient is what `age-keygen` prints after `Public key:`, age1 and 58 characters"
)
_PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOrder:
    """For whom files are sealed, and which."""

    recipients: tuple[str, ...] = ()  # age1…; empty: only the areas' own, if they have any
    everything: bool = False  # whether workbooks, letters and print runs are sealed, too

    @property
    def readers(self) -> list[pyrage.x25519.Recipient]:
        """The recipients, as age takes them.

        Raises:
            SettingsError: If one cannot be read.
        """
        return _recipients(self.recipients, where="--recipient")

    def check(self) -> None:
        """Stop if a recipient cannot be read, or nobody could open what is to be sealed.

        Raises:
            SettingsError: If so; a secret key given by mistake is not repeated.
        """
        if not self.readers and self.everything:
            raise SettingsError(
                phrase("--seal-all needs somebody who can open the files"),
                hint=phrase("name them with --recipient age1…"),
            )

    def sealed(self, content: bytes) -> bytes:
        """Return the content for the recipients.

        Raises:
            SettingsError: If one cannot be read.
        """
        return _encrypted(content, self.readers)


NOT_SEALED = SealOrder()


def _encrypted(content: bytes, readers: Sequence[pyrage.x25519.Recipient]) -> bytes:
    sealed: bytes = pyrage.encrypt(content, readers)
    return sealed


def _recipients(texts: Iterable[str], *, where: str) -> list[pyrage.x25519.Recipient]:
    found = []
    for place, text in enumerate(texts, start=1):
        try:
            found.append(pyrage.x25519.Recipient.from_str(text))
        except pyrage.RecipientError:
            secret = text.strip().upper().startswith("AGE-SECRET-KEY")
            what = (
                phrase("is a secret key, not a recipient")
                if secret
                else phrase("is no recipient of age")
            )
            raise SettingsError(
                phrase("{where}, number {place}: {what}", where=where, place=place, what=what),
                hint=_HINT,
            ) from None
    return found


@dataclass(slots=True)
class SealingSink:
    """A sink whose private files leave memory only as ciphertext.

    The protected letters of an area are one package a run, ``protected/<area>-<run>.tar.age``.
    With ``everything`` each workbook, letter and print run is a file of its own with ``.age``
    after its name. Lists and job tickets stay readable: of those only
    ``rejected`` may hold a name or an address, a cell that was wrong, and never a protected one.
    """

    inner: Sink
    order: SealOrder
    areas: Mapping[str, tuple[str, ...]]  # an area's own recipients of its protected letters
    run: int
    _packages: dict[str, dict[str, bytes]] = field(default_factory=dict)
    _readers: dict[str, list[pyrage.x25519.Recipient]] = field(default_factory=dict)
    _of_all: list[pyrage.x25519.Recipient] = field(default_factory=list)  # read once, not a file

    def __post_init__(self) -> None:
        """Read every recipient, before anything is sealed.

        Raises:
            SettingsError: If one cannot be read.
        """
        self.order.check()
        self._of_all = self.order.readers
        for area, texts in self.areas.items():
            own = _recipients(texts, where=f"{area}.toml: `protected.recipients`")
            self._readers[area] = own

    @property
    def target(self) -> Path:
        """The folder that the files are meant for."""
        return self.inner.target

    @property
    def planned(self) -> tuple[str, ...]:
        """The files put so far, as they will stand there, in order of path."""
        waiting = {self._package_of(area).as_posix() for area in self._packages}
        return tuple(sorted({*self.inner.planned, *waiting}))

    def stands_at(self, path: PurePosixPath) -> PurePosixPath:
        """Return where a file put under the path will stand."""
        if self._goes_into_a_package(path):
            return self._package_of(path.parts[0])
        if self._is_sealed(path):
            return path.with_name(path.name + SEALED)
        return path

    def put(self, path: PurePosixPath, content: bytes) -> None:
        """Take one file; what is sealed is kept in memory until it is.

        Raises:
            DeliveryError: If it cannot be written.
        """
        if self._goes_into_a_package(path):
            self._packages.setdefault(path.parts[0], {})[path.name] = content
        elif self._is_sealed(path):
            self.inner.put(self.stands_at(path), _encrypted(content, self._of_all))
        else:
            self.inner.put(path, content)

    def outlet_for(self, path: PurePosixPath) -> Outlet | None:
        """Return where other processes put such a file; none: it is sealed here first."""
        is_clear = not self._goes_into_a_package(path) and not self._is_sealed(path)
        return self.inner.outlet_for(path) if is_clear else None

    def take(self, parcel: str) -> None:
        """Take the files that a process has put into the outlet."""
        self.inner.take(parcel)

    def retire(self, path: PurePosixPath) -> None:
        """Take note of a file of the target that is to be gone after ``publish``."""
        self.inner.retire(path)

    def settle(self, is_remembered: Callable[[str], bool], *, register: str) -> str | None:
        """Complete or drop what a run that was killed left; return the run if files appeared."""
        return self.inner.settle(is_remembered, register=register)

    def seal(self, run: str, *, register: str) -> None:
        """Seal the packages, then keep the files until ``settle`` or ``publish``."""
        self._close_packages()
        self.inner.seal(run, register=register)

    def discard(self) -> None:
        """Drop every file put so far."""
        self._packages.clear()
        self.inner.discard()

    def publish(self) -> None:
        """Make everything appear in the target."""
        self._close_packages()
        self.inner.publish()

    def _close_packages(self) -> None:
        for area, files in sorted(self._packages.items()):
            readers = [*self._of_all, *self._readers.get(area, [])]
            self.inner.put(self._package_of(area), _encrypted(packed(files), readers))
        self._packages.clear()

    def _package_of(self, area: str) -> PurePosixPath:
        return PurePosixPath(area, _PROTECTED, f"{area}-{self.run}{PACKED}{SEALED}")

    def _goes_into_a_package(self, path: PurePosixPath) -> bool:
        in_protected = len(path.parts) > 1 and path.parts[1] == _PROTECTED
        return in_protected and bool(self.order.recipients or path.parts[0] in self._readers)

    def _is_sealed(self, path: PurePosixPath) -> bool:
        of_area = len(path.parts) > 1
        if not self.order.everything or not of_area or path.suffix not in _PRIVATE:
            return False
        return path.stem != _REPORT or path.parts[1] == _OF_COACHES


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the files as one archive (tar), in order of name, without owner or time."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in sorted(files.items()):
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(content), _PRIVATE_FILE
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()
