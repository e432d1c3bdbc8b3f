"""Where WeasyPrint has put each piece of text, and how much room it has there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MARGIN_BOX = "margin box"  # stands for an element: what it holds comes from the style sheet
_SHIFT = {"left": 0.0, "start": 0.0, "justify": 0.0, "center": 0.5, "right": 1.0, "end": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One piece of text in its line."""

    text: str
    element: str  # as a template names it: <li class="name field">
    room: float  # px that it may take: to the right end of its box, or all of it
    width: float  # px
    shift: float  # of the room left over, what stands before it: 0, 0.5 or 1
    lines: int  # of its box


def places(page: Any) -> Mapping[tuple[float, float], Place]:
    """Return the text of a page by the beginning of its base line, x and y in px."""
    return dict(_below(page, _Block.of(page)))


def point(x: float, y: float) -> tuple[float, float]:
    """Return a place as WeasyPrint writes it."""
    return round(x, 6), round(y, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """The box that holds lines."""

    left: float  # px
    right: float  # px
    lines: int
    shift: float

    @classmethod
    def of(cls, box: Any) -> "_Block":
        lines = [child for child in box.children if type(child).__name__ == "LineBox"]
        return cls(
            left=box.content_box_x(),
            right=box.content_box_x() + box.width,
            lines=len(lines),
            shift=_SHIFT.get(box.style["text_align_all"], 0.0) if lines else 0.0,
        )


def _below(box: Any, block: _Block) -> Iterator[tuple[tuple[float, float], Place]]:
    for placed in box.children:
        child = getattr(placed, "_box", placed)  # what is placed absolutely stands in a frame
        if hasattr(child, "text") and hasattr(child, "baseline"):
            # A box that is moved with its parent has its place in `position_x` too.
            yield (
                point(child.position_x, child.position_y + child.baseline),
                Place(
                    text=child.text,
                    element=_name(child),
                    room=block.right - (block.left if block.shift else child.position_x),
                    width=child.width,
                    shift=block.shift,
                    lines=block.lines,
                ),
            )
        elif hasattr(child, "children"):
            has_lines = any(type(line).__name__ == "LineBox" for line in child.children)
            yield from _below(child, _Block.of(child) if has_lines else block)


def _name(box: Any) -> str:
    if box.element is None:
        return MARGIN_BOX
    kind = box.element.get("class")
    attributes = f' class="{kind}"' if kind else ""
    return f"<{box.element_tag}{attributes}>"
