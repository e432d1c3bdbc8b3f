"""What a screen reader makes of a PDF: its text by the tags, and what is wrong with them."""

import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO

import pdfplumber
import pikepdf
from pdfua import validate

# pdfua 0.1.3 stumbles over a heading of several lines under pikepdf 10 and passes over the rule.
_LOOKED_AT_HERE = "UA-14-001"  # headings that hold nothing


def faults_of(pdf: bytes) -> list[str]:
    """Return what pdfua and qpdf find wrong with a file; none: nothing, no rule passed over."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        report = validate(file.name)
    with pikepdf.open(BytesIO(pdf)) as document:
        return [
            *document.check_pdf_syntax(),
            *(finding.rule_id for finding in report.findings),
            *(rule.rule_id for rule in report.skipped if rule.rule_id != _LOOKED_AT_HERE),
            *(
                f"{tag.S} holds nothing"
                for tag in tags_of(document)
                if str(tag.S).startswith("/H") and not [*_content(tag)]
            ),
        ]


def syntax_of(pdf: bytes) -> list[str]:
    """Return what qpdf finds wrong with a file."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return document.check_pdf_syntax()


def tags_of(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Yield the tags of a file in the order of reading."""
    for top in document.Root.StructTreeRoot.K:
        yield from _below(top)


def read_aloud(pdf: bytes) -> str:
    """Return the text in the order of its tags, without spaces, marks of lists, hyphens."""
    with pikepdf.open(BytesIO(pdf)) as document, pdfplumber.open(BytesIO(pdf)) as pages:
        numbers = {page.objgen: number for number, page in enumerate(document.pages)}
        texts: dict[tuple[int, int], list[str]] = {}
        for number, page in enumerate(pages.pages):
            for glyph in page.chars:
                if glyph["mcid"] is not None:
                    texts.setdefault((number, glyph["mcid"]), []).append(glyph["text"])
        heard = [
            "".join(texts.get((numbers[tag.Pg.objgen], mark), []))
            for top in document.Root.StructTreeRoot.K
            for tag, mark in _content(top)
        ]
    return _words("".join(heard))


def written_in(html: str) -> str:
    """Return the text of a page's body in the order of its HTML, without spaces."""
    reader = _Body()
    reader.feed(html)
    return _words("".join(reader.texts))


def _words(text: str) -> str:
    """Return the text without spaces, and without the hyphens at the ends of lines."""
    return "".join(text.replace("\u2010", "").split())


class _Body(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin with the body."""
        del attrs
        if tag == "body":
            self.texts.clear()

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)


def _kids(tag: pikepdf.Dictionary) -> list[pikepdf.Object | int]:
    kids = tag.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _below(tag: pikepdf.Object | int) -> Iterator[pikepdf.Dictionary]:
    if isinstance(tag, pikepdf.Dictionary) and "/S" in tag:  # not the object of a link
        yield tag
        for kid in _kids(tag):
            yield from _below(kid)


def _content(tag: pikepdf.Dictionary) -> Iterator[tuple[pikepdf.Dictionary, int]]:
    """Yield each piece of content below a tag, with the tag that holds it."""
    for kid in _kids(tag):
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/S", "/Lbl") != "/Lbl":
                yield from _content(kid)
        else:
            yield tag, int(kid)
