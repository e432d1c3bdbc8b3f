"""One client's letter laid out whole, among others that are stamped."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from kuntactl.typeset.form import Form
from kuntactl.typeset.pdf_file import shell_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A letter of which everything is its own."""

    form: Form

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.form.pages)

    @property
    def rare(self) -> frozenset[str]:
        """Characters beyond our repertoire: those of the form are known anyway."""
        return frozenset()

    def deflated(self, extra: Sequence[bytes]) -> tuple[bytes, ...]:
        """Return the content of each page, compressed, each with its ``extra`` behind it."""
        return tuple(
            zlib.compress(page.content + b"\n" + more, 9)
            for page, more in zip(self.form.pages, extra, strict=True)
        )

    def file(self, contents: Sequence[bytes]) -> bytes:
        """Return the letter as a PDF, its content compressed."""
        return shell_of(self.form).file(contents)
