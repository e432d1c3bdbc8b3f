"""Everything that is seen on the pages of a document, with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
        for mark in _of_page(page._page_box, _Where(page=number))  # noqa: SLF001  # the places
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Where:
    """What the boxes around a box make of it."""

    page: int
    field: str | None = None
    margin: str | None = None  # name of the margin box that it stands in: @top-right
    around: tuple[tuple[str, Rectangle], ...] = ()
    turned: Any = None  # matrix by which it is turned, moved or enlarged

    def of(self, box: Any) -> Rectangle:
        """Return the border box with its outline, upright around what is turned."""
        left, top, width, height = box.hit_area() if hasattr(box, "hit_area") else (0, 0, 0, 0)
        line = box.style["outline_width"]
        more = line + box.style["outline_offset"] if line else 0
        return self.place(left - more, top - more, width + 2 * more, height + 2 * more)

    def place(self, left: float, top: float, width: float, height: float) -> Rectangle:
        """Return a rectangle in mm."""
        corners = [(left, top), (left + width, top), (left, top + height)]
        corners.append((left + width, top + height))
        if self.turned is not None:
            corners = [self.turned.transform_point(*corner) for corner in corners]
        across, down = zip(*corners, strict=True)
        return (min(across) * _MM, min(down) * _MM, max(across) * _MM, max(down) * _MM)


def _of_page(page: Any, where: _Where) -> Iterator[Mark]:
    """Yield the ground of a page that is no plain paper, and the marks on it."""
    for ground in (page.background, page.canvas_background):
        if ground is None:
            continue
        if ground.color.alpha > 0 and ground.color.to("srgb").coordinates != (1, 1, 1):
            sheet = (0, 0, page.margin_width(), page.margin_height())
            yield _mark(page, where, where.place(*sheet))
        for layer in ground.layers:
            if layer.image:
                yield _mark(page, where, where.place(*_painted(layer)))
    for child in page.children:
        yield from _marks(child, where)


def _painted(layer: Any) -> tuple[float, float, float, float]:
    """Return where a picture of the ground is painted: all over when it is repeated."""
    left, top, _, _ = layer.positioning_area
    if set(layer.repeat) == {"no-repeat"}:
        return (left + layer.position[0], top + layer.position[1], *layer.size)
    area: tuple[float, float, float, float] = layer.painting_area
    return area


def _marks(box: Any, where: _Where) -> Iterator[Mark]:
    """Yield the marks of a box and of those in it."""
    if hasattr(box, "_box"):  # out of the flow: it need not lie in the box around it
        box, where = box._box, replace(where, around=())  # noqa: SLF001
    matrix = box.transformation_matrix
    if matrix:
        turned = matrix @ where.turned if where.turned is not None else matrix
        where = replace(where, turned=turned)
    where = replace(
        where,
        field=_attribute(box, "data-field") or where.field,
        margin=getattr(box, "at_keyword", where.margin),
    )
    text = getattr(box, "text", "").strip()
    if box.style["visibility"] == "visible" and (text or _is_picture(box) or _is_coloured(box)):
        yield _mark(box, where, where.of(box), text)
    if _holds(box):
        where = replace(where, around=((_name(box, where), where.of(box)), *where.around))
    for child in getattr(box, "children", ()):
        yield from _marks(child, where)


def _mark(box: Any, where: _Where, place: Rectangle, text: str = "") -> Mark:
    return Mark(
        page=where.page,
        element=_name(box, where),
        field=where.field,
        text=text,
        place=place,
        around=where.around,
    )


def _attribute(box: Any, name: str) -> str | None:
    element = getattr(box, "element", None)
    return None if element is None else element.get(name)


def _name(box: Any, where: _Where) -> str:
    if where.margin:
        return where.margin
    classes = (_attribute(box, "class") or "").split()
    tag = (box.element_tag or "page").rpartition("}")[2]  # without the name space of a drawing
    return ".".join([tag, *classes])


def _is_picture(box: Any) -> bool:
    return hasattr(box, "replacement")


def _is_coloured(box: Any) -> bool:
    """Return whether the box has a border or a ground of its own."""
    borders = [
        getattr(box, f"border_{side}_width", 0) for side in ("top", "right", "bottom", "left")
    ]
    ground = getattr(box, "background", None)
    return (
        any(borders)
        or bool(box.style["outline_width"])
        or (
            ground is not None
            and (ground.color.alpha > 0 or any(layer.image for layer in ground.layers))
        )
    )


def _holds(box: Any) -> bool:
    """Return whether what stands in the box should lie inside it: lines need not."""
    return type(box).__name__ in {
        *("BlockBox", "InlineBlockBox", "TableCellBox", "FlexBox", "GridBox", "MarginBox"),
    } and not str(box.element_tag or "").endswith("::marker")
