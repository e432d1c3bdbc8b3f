"""HTML to PDF, with every soft failure of the typesetter made hard."""

import logging
import shutil
import warnings
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from kuntactl.errors import LetterError
from kuntactl.locale import phrase
from kuntactl.locale.reasons import reason
from kuntactl.typeset import fonts
from kuntactl.typeset.exact import ExactFonts
from kuntactl.typeset.families import families_of
from kuntactl.typeset.fetch import FONTS_URL, TEMPLATES_URL, FolderFetcher
from kuntactl.typeset.form import Form, contents_of, form_of
from kuntactl.typeset.machine import (
    CSS,
    HTML,
    Document,
    FatalURLFetchingError,
    FontConfiguration,
    get_hb_object_data,
    without_machine_fonts,
)
from kuntactl.typeset.picture_file import require_drawings
from kuntactl.typeset.standards import PDF_VARIANT, complete_tags, declared

_LOGGER = logging.getLogger("weasyprint")
_SETTING = f"font-family: {fonts.FAMILY}; font-variant-ligatures: none"
_BASE_STYLE = "".join(
    [
        *(
            f"@font-face {{ font-family: {fonts.FAMILY}; font-weight: {weight};"
            f' src: url("{FONTS_URL}{name}") }}'
            for weight, name in fonts.FONT_FILES.items()
        ),
        f"html {{ {_SETTING} }}",
        f"@page {{ {_SETTING} }}",
    ]
)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document laid out on its pages, which can be written any number of times."""

    document: Document
    characters: frozenset[str]  # of its HTML, tags and all

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.document.pages)

    @property
    def said_of_itself(self) -> tuple[str, ...]:
        """What the file tells beside its pages: title, author, subject, bookmarks."""
        metadata = self.document.metadata
        return (
            metadata.title or "",
            *metadata.authors,
            metadata.description or "",
            *_labels(self.document.make_bookmark_tree()),
        )


class Typesetter:
    """Lays out HTML in our fonts; style sheets and fonts are read once."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Let pages use the files of ``folders``; the first that has a file is asked."""
        self._fetcher = FolderFetcher(folders)
        with without_machine_fonts():
            self._fonts = FontConfiguration()
        with _hard_failures():
            self._base = self._style(string=_BASE_STYLE, base_url=FONTS_URL)
        _remove_at_the_end(self._fonts)
        self._styles: dict[str, CSS] = {}  # by URL
        self._images: dict[str, Any] = {}

    def lay_out(self, html: str) -> LaidOut:
        """Return the document on its pages.

        Args:
            html: A whole document; relative URLs stand for files of the folders.

        Raises:
            LetterError: If a file is missing or not allowed, a picture would not come out as it
                was drawn, the style sheet holds what the typesetter does not understand, the
                document has no title or language, or it asks for another font than ours.
        """
        with _hard_failures():
            page = HTML(string=html, base_url=TEMPLATES_URL, url_fetcher=self._fetcher)
            require_drawings(page.etree_element, TEMPLATES_URL, fetch=self._fetcher.fetch)
            document = page.render(
                font_config=self._fonts,
                stylesheets=[self._base, *self._linked_styles(page)],
                cache=self._images,
                pdf_variant=PDF_VARIANT,
            )
        if not (document.metadata.title and document.metadata.lang):
            raise LetterError(
                phrase("the page has no title or no language"),
                hint=phrase("a template needs <html lang> and <title>"),
            )
        for family in sorted(families_of(document) - {fonts.FAMILY}):
            raise LetterError(
                phrase("the page asks for the font `{family}`", family=family),
                hint=phrase("only {family} is used", family=fonts.FAMILY),
            )
        return LaidOut(document, frozenset(unescape(html)))

    def write(self, documents: Sequence[LaidOut], over: Sequence[Sequence[bytes]] = ()) -> bytes:
        """Return the documents, one after the other, as one PDF with each font once.

        Title, author and language are the first one's. The PDF declares PDF/A-3a and
        PDF/UA-1, and has the same bytes whenever and wherever it is written.

        Args:
            documents: At least one.
            over: For each document and page what is added to its content; none: nothing is.

        Raises:
            LetterError: If there is a character that the fonts lack.
        """
        added = [content for of_document in over for content in of_document]

        def finish(document: Document, pdf: Any) -> None:
            complete_tags(document, pdf)
            for reference, content in zip(pdf.page_references, added, strict=bool(added)):
                page = pdf.objects[int(reference.split()[0])]
                if content:
                    pdf.objects[int(page["Contents"].split()[0])].stream.append(content)

        whole = self._writable(documents)
        pdf = self._finish(whole, finish)
        _check_fonts(whole)
        return pdf

    def _finish(
        self, document: Document, finisher: Callable[[Document, Any], None], **options: bool
    ) -> bytes:
        with _hard_failures(), warnings.catch_warnings():
            # WeasyPrint leaves its own colour profile open until it is collected.
            warnings.simplefilter("ignore", ResourceWarning)
            pdf: bytes = document.write_pdf(
                pdf_variant=PDF_VARIANT, finisher=finisher, cache=self._images, **options
            )
        return pdf

    def _writable(self, documents: Sequence[LaidOut]) -> Document:
        first = documents[0].document
        whole = first.copy([page for laid in documents for page in laid.document.pages])
        whole.metadata = declared(first.metadata)
        whole.fonts = ExactFonts(laid.characters for laid in documents)
        return whole

    def form(self, laid: LaidOut) -> Form:
        """Return a document as the objects of its PDF, not yet written.

        Raises:
            LetterError: If there is a character that the fonts lack, or a font that is not ours.
        """
        forms: list[Form] = []

        def keep(document: Document, pdf: Any) -> None:
            complete_tags(document, pdf)
            _check_fonts(document)
            forms.append(form_of(document, pdf))

        self._finish(self._writable([laid]), keep, uncompressed_pdf=True)
        (form,) = forms
        return form

    def contents(self, laid: LaidOut) -> tuple[bytes, ...]:
        """Return the content of each page of a document, uncompressed.

        Raises:
            LetterError: If there is a character that the fonts lack, or a font that is not ours.
        """
        contents: list[bytes] = []

        def keep(document: Document, pdf: Any) -> None:
            _check_fonts(document)
            contents.extend(contents_of(pdf))

        self._finish(self._writable([laid]), keep, uncompressed_pdf=True)
        return tuple(contents)

    def _linked_styles(self, page: HTML) -> Iterator[CSS]:
        """Yield the style sheets that the page links to, each parsed once."""
        for link in page.etree_element.iter("link"):
            if link.get("rel") == "stylesheet" and link.get("href"):
                url = urljoin(TEMPLATES_URL, link.get("href"))
                if url not in self._styles:
                    self._styles[url] = self._style(url=url)
                link.set("rel", "read-already")  # WeasyPrint would parse it once more
                yield self._styles[url]

    def _style(self, **source: str) -> CSS:
        return CSS(**source, url_fetcher=self._fetcher, font_config=self._fonts)


def _labels(bookmarks: Sequence[Any]) -> Iterator[str]:
    for label, _, below, _ in bookmarks:
        yield label
        yield from _labels(below)


def _check_fonts(document: Document) -> None:
    ours = {fonts.font_bytes(weight) for weight in fonts.FONT_FILES}
    for font in document.fonts.values():
        # Not `file_content`: writing has cut that down to the characters used.
        if get_hb_object_data(font.hb_face) not in ours:
            raise LetterError(
                phrase("the page is set in the font `{family}`", family=font.family),
                hint=phrase("only {family} is used", family=fonts.FAMILY),
            )
        for point in sorted(font.missing):
            raise LetterError(
                phrase("our fonts lack the character U+{point:04X}", point=point),
                hint=phrase("take it out of the template"),
            )


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint only logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record's message."""
        self.heard.append(record.getMessage())


def _remove_at_the_end(kept: FontConfiguration) -> None:
    """Remove the folder that the fonts were copied into, also when the process ends.

    WeasyPrint removes it when the garbage collector finds the fonts, and we collect no garbage
    at the end.
    """
    folder = kept._folder  # noqa: SLF001  # nothing public names it
    if folder is not None:
        weakref.finalize(kept, shutil.rmtree, folder, ignore_errors=True)


@contextmanager
def _hard_failures() -> Iterator[None]:
    """Raise as a LetterError what WeasyPrint logs as a warning or an error.

    Raises:
        LetterError: Naming the first complaint, or the file that could not be had.
    """
    complaints = _Complaints()
    level, spreads = _LOGGER.level, _LOGGER.propagate
    _LOGGER.addHandler(complaints)
    _LOGGER.setLevel(logging.WARNING)
    _LOGGER.propagate = False
    try:
        yield
    except FatalURLFetchingError as error:  # a BaseException: `except Exception` misses it
        if isinstance(error.__cause__, LetterError):
            raise error.__cause__ from error
        raise LetterError(
            phrase(
                "cannot use the file {file}",
                file=str(error).replace(TEMPLATES_URL, "").removeprefix("Error fetching "),
            ),
            hint=phrase("a page may use only the files beside its template"),
        ) from error
    except OSError as error:
        raise LetterError(
            phrase("the page cannot be written: {why}", why=reason(error)),
            hint=phrase("look whether the folder for temporary files (TMPDIR) is full"),
        ) from error
    finally:
        _LOGGER.removeHandler(complaints)
        _LOGGER.setLevel(level)
        _LOGGER.propagate = spreads
    if complaints.heard:
        first = complaints.heard[0].replace(TEMPLATES_URL, "")
        raise LetterError(phrase("the page cannot be set as written: {first}", first=first))
