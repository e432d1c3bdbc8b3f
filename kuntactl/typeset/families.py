"""Which fonts a page asks for, whether they are there or not."""

from collections.abc import Iterator
from typing import Any

from kuntactl.typeset.machine import Document


def families_of(document: Document) -> set[str]:
    """Return the names of the fonts that the document's text asks for first.

    The typesetter sets text in another font in silence when the first is not there.
    """
    return {
        family
        for page in document.pages
        for child in page._page_box.children  # noqa: SLF001  # nothing else tells the style
        for family in _families(child)
    }


def _families(box: Any) -> Iterator[str]:
    box = getattr(box, "_box", box)  # out of the flow
    if getattr(box, "text", None):
        yield box.style["font_family"][0]
    for child in getattr(box, "children", ()):
        yield from _families(child)
