"""Pictures that would come out with an empty place, refused before anything is printed.

WeasyPrint prints what it has got of a picture: black for the rest of a photograph whose upload
broke off, nothing for a part of a drawing that is not there, another font for the one asked for.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from PIL import Image, ImageFile, UnidentifiedImageError

from kuntactl.errors import LetterError
from kuntactl.locale import Phrase, phrase
from kuntactl.typeset.fonts import FAMILY
from kuntactl.typeset.machine import SVG, used_part

IN_THE_PAGE = "<svg>"  # name of a drawing that stands in the page itself
_SVG = "http://www.w3.org/2000/svg"
_COPY_AGAIN = phrase("copy the file into the folder of the templates again")
_URL = re.compile(r"""url\(\s*['"]?([^'")]*#[^'")]+?)['"]?\s*\)""")
_PAINTS = ("gradient", "pattern")

Fetch = Callable[[str], object]  # raises OSError or LetterError if a URL cannot be had

_LINKS = ("{http://www.w3.org/1999/xlink}href", "href")
_TEXTS = {"text", "tspan", "a"}
_WITH_TEXT = {"text", f"{{{_SVG}}}text"}
# Parts of a drawing that WeasyPrint passes over, or sets straight where a line should bend.
_NOT_DRAWN = {"foreignObject", "textPath"}
# What only a browser shows.
_NOT_PRINTED = {"audio", "canvas", "frame", "iframe", "math", "script", "video"}
# Attributes that name another part of the drawing, and what that part may be.
_NAMED: Mapping[str, tuple[str, ...]] = {
    "fill": _PAINTS,
    "stroke": _PAINTS,
    "filter": ("filter",),
    "clip-path": ("path",),
    "mask": ("mask",),
    **dict.fromkeys(("marker", "marker-start", "marker-mid", "marker-end"), ("marker",)),
}


def require_whole(content: bytes, url: str, *, name: str, fetch: Fetch) -> None:
    """Require that a file, if it is a picture, can be printed as it was drawn.

    Args:
        content: Of any file that a page uses.
        url: Where it came from.
        name: What messages call it.
        fetch: Gets the files that a drawing uses.

    Raises:
        LetterError: If a photograph is cut off, or a drawing is not as ``require_drawn`` wants it.
    """
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        try:
            tree = ET.fromstring(content)  # noqa: S314  # expat bounds entities itself
        except ET.ParseError as error:
            raise _refused(
                name, phrase("is cut off or damaged ({error})", error=error), _COPY_AGAIN
            ) from error
        require_drawn(tree, url, name=name, fetch=fetch)
        return
    cuts_are_printed = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint sets it for the process
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(BytesIO(content)) as picture:
            picture.load()
    except UnidentifiedImageError:
        return  # a font or the like; what should be a picture is refused by WeasyPrint
    except Exception as error:  # Pillow lets through whatever its readers stumble over
        raise _refused(
            name, phrase("is cut off or damaged ({error})", error=error), _COPY_AGAIN
        ) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = cuts_are_printed


def require_drawn(tree: ET.Element, url: str, *, name: str, fetch: Fetch) -> None:
    """Require that all that a drawing shows is there, its text in our font.

    Args:
        tree: The ``svg`` element; it stays as it is.
        url: Of the file that it stands in.
        name: What messages call it.
        fetch: Gets the files that it uses.

    Raises:
        LetterError: If it shows a part or a file that is not there, asks for another font, or
            holds what is not drawn; the message names the first.
    """
    try:
        drawing = SVG(deepcopy(tree), url, None)
    except Exception as error:  # WeasyPrint lets through whatever its reader stumbles over
        raise _refused(
            name,
            phrase("cannot be drawn ({error})", error=error),
            phrase("take out what is unusual"),
        ) from error
    has_text = any(element.tag in _WITH_TEXT for element in tree.iter())
    for node in _below(drawing.tree):
        family = _family(node) if node.tag in _TEXTS or (node.tag == "use" and has_text) else None
        if family not in {None, FAMILY}:
            raise _refused(
                name,
                phrase("asks for the font `{family}`", family=family),
                phrase(
                    "only {family} is used: make outlines of the text, or set "
                    "font-family: {family}",
                    family=FAMILY,
                ),
            )
        if node.tag in _NOT_DRAWN:
            raise _refused(
                name,
                phrase("holds <{tag}>, which would not be drawn", tag=node.tag),
                phrase("make outlines of the text"),
            )
        for part in _lacking(drawing, node, fetch):
            raise _refused(
                name,
                phrase("shows `{part}`, which is not there", part=part),
                phrase("a drawing may use only what is in it"),
            )


def require_drawings(page: ET.Element, url: str, *, fetch: Fetch) -> None:
    """Require the same of the drawings that stand in a page itself, and no film or the like.

    Raises:
        LetterError: If not.
    """
    for element in page.iter():
        tag = str(element.tag).rpartition("}")[2]  # without a name space
        if tag in _NOT_PRINTED:
            raise LetterError(
                phrase("the page holds <{tag}>, which would not be printed", tag=tag),
                hint=phrase("put text or a picture in its place"),
            )
    drawings = [*page.iter(f"{{{_SVG}}}svg")]
    within = {id(inner) for outer in drawings for inner in outer.iter() if inner is not outer}
    for drawing in drawings:
        if id(drawing) not in within:
            require_drawn(drawing, url, name=IN_THE_PAGE, fetch=fetch)


def _below(node: Any) -> Iterator[Any]:
    """Yield the nodes of a drawing that may be seen, with what they take over from those above."""
    if node.display:
        yield node
        for child in node:
            yield from _below(child)


def _family(node: Any) -> str | None:
    """Return the font that is asked for first; none: whichever there is."""
    families: str | None = node.get("font-family")
    return families.split(",")[0].strip(" '\"") if families else None


def _lacking(drawing: Any, node: Any, fetch: Fetch) -> Iterator[str]:
    """Yield what a node shows that is not there."""
    link = next((node.get(name) for name in _LINKS if node.get(name)), "")
    if (
        (node.tag == "use" and used_part(drawing, node, 0) is None)
        or (node.tag == "image" and not _is_there(urljoin(drawing.url, link), fetch))
        or (link and _is_a(node, _PAINTS) and not _is_a(_part(drawing, link), _PAINTS))
    ):
        yield link
    for attribute, kinds in _NAMED.items():
        named = _URL.fullmatch(node.get(attribute, "").strip())  # no colour in its stead
        if named and not _is_a(_part(drawing, named[1]), kinds):
            yield named[1]


def _is_there(url: str, fetch: Fetch) -> bool:
    try:
        fetch(url)
    except OSError:
        return False
    return True


def _part(drawing: Any, link: str) -> Any:
    return drawing.tree.get_child(link.partition("#")[2])


def _is_a(node: Any, kinds: tuple[str, ...]) -> bool:
    return node is not None and any(kind in node.tag.lower() for kind in kinds)


def _refused(name: str, problem: Phrase, hint: Phrase) -> LetterError:
    return LetterError(
        phrase("the picture `{name}` {problem}", name=name, problem=problem), hint=hint
    )
