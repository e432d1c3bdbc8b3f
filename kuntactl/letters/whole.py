"""One client's letter laid out whole, among others that are stamped."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kuntactl.typeset.form import Form
from kuntactl.typeset.pdf_file import shell_of
from kuntactl.typeset.render import LaidOut


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusual:
    """A letter that WeasyPrint alone can write: its fonts hold more than characters."""

    laid: LaidOut
    form: Form  # tells that it cannot be joined
    write: Callable[[Sequence[LaidOut], Sequence[Sequence[bytes]]], bytes]

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return self.laid.pages

    @property
    def rare(self) -> frozenset[str]:
        """Characters beyond our repertoire: it is in no print run of ours."""
        return frozenset()

    def deflated(self, extra: Sequence[bytes]) -> tuple[bytes, ...]:
        """Return what is drawn behind the content of each page."""
        return tuple(extra)

    def file(self, contents: Sequence[bytes]) -> bytes:
        """Return the letter as a PDF with this behind the content of each page."""
        return self.write([self.laid], [contents])
