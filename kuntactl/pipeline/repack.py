"""A sealed package without the letters that go, sealed once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kuntactl.errors import DeliveryError
from kuntactl.files.sealing import NOT_SEALED, SealOrder, packed
from kuntactl.files.unsealing import Identities
from kuntactl.locale import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Repack:
    """How a package is opened, and for whom it is sealed again."""

    identity: Path | None = None  # file of an identity; none: it stays closed
    seal: SealOrder = NOT_SEALED

    def keep(self, package: Path, letter_ids: Sequence[str]) -> bytes:
        """Return the package with these letters only; nothing of it is written in clear.

        Raises:
            DeliveryError: If there is no identity, or nobody to seal it for.
            InputError: If it cannot be opened.
        """
        if self.identity is None or not self.seal.recipients:
            raise DeliveryError(
                phrase(
                    "{package}: letters of others are sealed in the same package", package=package
                ),
                hint=phrase(
                    "--identity FILE opens it, and --recipient age1… seals what stays in it"
                ),
            )
        wanted = {f"{letter_id}.pdf" for letter_id in letter_ids}
        files = Identities.read(self.identity).files_in(package)
        return self.seal.sealed(packed({name: files[name] for name in files.keys() & wanted}))


NO_REPACK = Repack()
