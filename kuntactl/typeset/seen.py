"""Everything that is seen on the pages of a document, with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kuntactl.typeset.render import LaidOut

_MM = 25.4 / 96  # one CSS pixel

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom in mm of the sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that is seen on paper: text, a picture, a line or a coloured ground."""

    page: int  # from 1
    element: str  # as a style sheet would name it: p.field, @top-right
    field: str | None  # data-field of the element or of one around it
    text: str  # empty: no text
    place: Rectangle
    around: Sequence[tuple[str, Rectangle]]  # the boxes that should hold it, innermost first


def marks_of(laid: LaidOut) -> Sequence[Mark]:
    """Return everything that is seen on the pages, in the order of the document."""
    return [
        mark
        for number, page in enumerate(laid.document.pages, 1)
        for child in page._page_box.children  # noqa: SLF001  # nothing else tells the places
        for mark in _marks(child, page=number, field=None, around=())
    ]


def _marks(
    box: Any, *, page: int, field: str | None, around: tuple[tuple[str, Rectangle], ...]
) -> Iterator[Mark]:
    """Yield the marks of a box and of those in it."""
    if hasattr(box, "_box"):  # out of the flow: it need not lie in the box around it
        box, around = box._box, ()  # noqa: SLF001
    field = _attribute(box, "data-field") or field
    name = _name(box)
    is_seen = box.style["visibility"] == "visible"
    text = getattr(box, "text", "").strip()
    if is_seen and (text or _is_picture(box) or _is_coloured(box)):
        yield Mark(
            page=page, element=name, field=field, text=text, place=_place(box), around=around
        )
    if _holds(box):
        around = ((name, _place(box)), *around)
    for child in getattr(box, "children", ()):
        yield from _marks(child, page=page, field=field, around=around)


def _attribute(box: Any, name: str) -> str | None:
    element = getattr(box, "element", None)
    return None if element is None else element.get(name)


def _name(box: Any) -> str:
    if hasattr(box, "at_keyword"):
        return str(box.at_keyword)
    classes = (_attribute(box, "class") or "").split()
    return ".".join([box.element_tag or "page", *classes])


def _is_picture(box: Any) -> bool:
    return hasattr(box, "replacement")


def _is_coloured(box: Any) -> bool:
    """Return whether the box has a border or a ground of its own."""
    borders = [
        getattr(box, f"border_{side}_width", 0) for side in ("top", "right", "bottom", "left")
    ]
    ground = getattr(box, "background", None)
    return any(borders) or (
        ground is not None
        and (ground.color.alpha > 0 or any(layer.image for layer in ground.layers))
    )


def _holds(box: Any) -> bool:
    """Return whether what stands in the box should lie inside it: lines need not."""
    return type(box).__name__ in {
        *("BlockBox", "InlineBlockBox", "TableCellBox", "FlexBox", "GridBox", "MarginBox"),
    } and not str(box.element_tag or "").endswith("::marker")


def _place(box: Any) -> Rectangle:
    """Return the border box."""
    left, top, width, height = box.hit_area() if hasattr(box, "hit_area") else (0, 0, 0, 0)
    return (left * _MM, top * _MM, (left + width) * _MM, (top + height) * _MM)
