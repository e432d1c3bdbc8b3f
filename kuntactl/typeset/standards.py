"""How a PDF declares the standards it is built to."""

from typing import Any

from kuntactl.typeset.machine import Document, DocumentMetadata

PDF_VARIANT = "pdf/a-3a"

# PDF/A allows a name space that it does not know only when the file describes it.
_PDF_UA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


class DeclaredMetadata(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint ships no types
    """Metadata that declare PDF/UA-1 beside the PDF/A that WeasyPrint declares.

    WeasyPrint knows one standard a file. XMP of one's own would stand in a second RDF
    element, which XMP does not allow; so the declaration goes into WeasyPrint's.
    """

    def generate_rdf_metadata(self, *args: Any) -> bytes:
        """Return WeasyPrint's RDF with the declaration before its end."""
        rdf: bytes = super().generate_rdf_metadata(*args)
        end = b"</rdf:RDF>"
        return rdf.replace(end, _PDF_UA + end)


def declared(metadata: DocumentMetadata) -> DeclaredMetadata:
    """Return the title, author, subject and language of ``metadata``, and nothing else.

    No dates: the same letter has the same bytes on every day.
    """
    return DeclaredMetadata(
        title=metadata.title,
        authors=metadata.authors,
        description=metadata.description,
        lang=metadata.lang,
    )


def complete_tags(document: Document, pdf: Any) -> None:
    """Say in the tags what WeasyPrint leaves out: languages, and what a table's headers head."""
    _mark_languages(document, pdf)
    for page in document.pages:
        _scope_headers(page._page_box)  # noqa: SLF001  # no public way


def _scope_headers(box: Any) -> None:
    """Say of each header of a table whether it heads its row or its column."""
    if box.element_tag == "th" and hasattr(box, "mark"):  # WeasyPrint keeps the tag there
        scope = box.element.get("scope", "col")
        box.mark["A"]["Scope"] = "/Row" if scope.startswith("row") else "/Column"
    for child in getattr(box, "children", ()):
        _scope_headers(getattr(child, "_box", child))  # placed absolutely: in a frame


def _mark_languages(document: Document, pdf: Any) -> None:
    """Name the language of the pages that are not in the document's own language.

    WeasyPrint writes a language for the whole file only. A letter in two languages has them
    on different pages, so the topmost tags of a page get the language of its content.
    """
    languages = [_language(page._page_box) for page in document.pages]  # noqa: SLF001  # no public way
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    page_numbers = {reference: number for number, reference in enumerate(pdf.page_references)}
    for top in root["K"]:
        for reference in _object(pdf, top)["K"]:
            element = _object(pdf, reference)
            language = languages[page_numbers[element["Pg"]]]
            if language and language != document.metadata.lang:
                element["Lang"] = f"({language})"


def _language(box: Any) -> str | None:
    """Return the language of the first box within body; margin boxes have none of their own."""
    if hasattr(box, "at_keyword"):
        return None
    if box.element_tag not in {None, "html", "body"}:
        language: str | None = box.style["lang"]
        return language
    found = (_language(child) for child in getattr(box, "children", ()))
    return next((language for language in found if language), None)


def _object(pdf: Any, reference: bytes | str) -> Any:
    text = reference.decode() if isinstance(reference, bytes) else reference
    return pdf.objects[int(text.split()[0])]
