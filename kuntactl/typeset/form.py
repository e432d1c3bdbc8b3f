"""A document laid out by WeasyPrint as the objects of its PDF, before it is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kuntactl.typeset import fonts
from kuntactl.typeset.boxes import Place, places
from kuntactl.typeset.content import Run, runs
from kuntactl.typeset.machine import get_hb_object_data
from kuntactl.typeset.objects import Key, Ref, Stream, Value, plain
from kuntactl.typeset.shaping import glyph_of
from kuntactl.typeset.tags import drop, without_wrappers

PAGES, CATALOG = 1, 2  # WeasyPrint numbers them so
# What the catalogue of a document may say when its pages go into a file with others.
_JOINABLE = frozenset(
    {
        *("Type", "Pages", "Outlines", "Lang", "StructTreeRoot", "ViewerPreferences"),
        *("MarkInfo", "OutputIntents", "Metadata"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One of our fonts as a document uses it."""

    weight: int  # CSS
    descriptor: Mapping[str, Value]  # without the font file
    characters: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its content, and what text stands where."""

    number: int  # of its object
    content_number: int  # of the stream that holds its content
    content: bytes
    runs: tuple[Run, ...]  # in the order of drawing
    places: Mapping[tuple[float, float], Place]  # by x and y in px

    def bare(self) -> "Page":
        """Return the page without its content."""
        return replace(self, content=b"", runs=(), places={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A document as objects; its fonts and the content of its pages stand apart from them."""

    objects: Mapping[int, Value]  # with catalogue and pages
    info: Mapping[str, Value]
    pages: tuple[Page, ...]
    faces: Mapping[str, Face]  # by name of the resource
    font_table: int  # number of the object that names the fonts
    is_plain: bool  # each glyph is that of a character: no ligature, no small capital
    is_joinable: bool  # the pages may go into one file with those of others

    @property
    def structure(self) -> int:
        """Number of the root of the tags."""
        root: int = self.objects[CATALOG]["StructTreeRoot"].number
        return root

    def without(self, marks: Mapping[int, frozenset[int]]) -> "Form":
        """Return the form without the tags of some runs.

        Args:
            marks: By page, counted from 0, the marks of runs that are not drawn.
        """
        objects = dict(self.objects)
        tree = _tree(objects)
        entries = list(objects[tree]["Nums"])
        for page, gone in marks.items():
            key = objects[self.pages[page].number]["StructParents"]
            at = entries.index(key) + 1
            tags = list(entries[at])
            for mark in gone:
                drop(objects, tags[mark].number, b"%d" % mark)
                tags[mark] = b"null"
            entries[at] = tags
        objects[tree] = objects[tree] | {"Nums": entries}
        return replace(self, objects=objects)


def form_of(document: Any, pdf: Any) -> Form:
    """Return the form of a document that WeasyPrint is about to write.

    Args:
        document: WeasyPrint's document.
        pdf: Its pydyf object, complete but for the file around it.
    """
    objects = {number: plain(item) for number, item in enumerate(pdf.objects) if number}
    numbers = [int(reference.split()[0]) for reference in pdf.page_references]
    objects[PAGES] = {
        "Type": b"/Pages",
        "Kids": [Ref(number) for number in numbers],
        "Count": b"%d" % len(numbers),
    }
    _mark_keys(objects)
    without_wrappers(objects, _tree(objects))
    table = objects[objects[numbers[0]]["Resources"].number]["Font"].number
    faces = dict(_faces(document, objects, table))
    texts = {font.hash: font.to_unicode for font in document.fonts.values()}
    pages = []
    for number, page in zip(numbers, document.pages, strict=True):
        content_number = objects[number]["Contents"].number
        content = objects.pop(content_number).content
        pages.append(
            Page(
                number=number,
                content_number=content_number,
                content=content,
                runs=tuple(runs(content, texts)),
                places=places(page._page_box),  # noqa: SLF001  # no public way
            )
        )
    for gone in (table, *_below(objects, table)):
        objects.pop(gone, None)
    return Form(
        objects=objects,
        info=plain(pdf.info),
        pages=tuple(pages),
        faces=faces,
        font_table=table,
        is_plain=(is_plain := _is_plain(document)),
        is_joinable=is_plain and _is_joinable(objects),
    )


def _is_plain(document: Any) -> bool:
    """Return whether fonts cut down to the characters hold every glyph that is drawn."""
    weights = {fonts.font_bytes(weight): weight for weight in fonts.FONT_FILES}
    return all(
        font.to_unicode.keys()
        <= {
            glyph_of(character, weights[get_hb_object_data(font.hb_face)])
            for text in font.to_unicode.values()
            for character in text
        }
        for font in document.fonts.values()
    )


def _is_joinable(objects: Mapping[int, Value]) -> bool:
    named = any(isinstance(item, dict) and "ID" in item for item in objects.values())
    return objects[CATALOG].keys() <= _JOINABLE and not named


def contents_of(pdf: Any) -> Iterator[bytes]:
    """Yield the content of each page of a pydyf object."""
    for reference in pdf.page_references:
        page = pdf.objects[int(reference.split()[0])]
        yield plain(pdf.objects[int(page["Contents"].split()[0])]).content


def _mark_keys(objects: dict[int, Value]) -> None:
    """Turn the keys of the tags' number tree into ``Key``, wherever they stand."""
    numbers = objects[_tree(objects)]["Nums"]
    numbers[::2] = [Key(int(key)) for key in numbers[::2]]
    for item in objects.values():
        if isinstance(item, dict):
            for name in ("StructParents", "StructParent"):
                if name in item:
                    item[name] = Key(int(item[name]))


def _tree(objects: Mapping[int, Value]) -> int:
    number: int = objects[objects[CATALOG]["StructTreeRoot"].number]["ParentTree"].number
    return number


def _faces(document: Any, objects: Mapping[int, Value], table: int) -> Iterator[tuple[str, Face]]:
    weights = {fonts.font_bytes(weight): weight for weight in fonts.FONT_FILES}
    used: dict[str, set[str]] = {}
    weight_of: dict[str, int] = {}
    for font in document.fonts.values():
        used.setdefault(font.hash, set()).update("".join(font.to_unicode.values()))
        weight_of[font.hash] = weights[get_hb_object_data(font.hb_face)]
    for name, reference in objects[table].items():
        (descendant,) = objects[reference.number]["DescendantFonts"]
        descriptor = dict(objects[objects[descendant.number]["FontDescriptor"].number])
        del descriptor["FontFile2"]
        yield (
            name,
            Face(weight=weight_of[name], descriptor=descriptor, characters=frozenset(used[name])),
        )


def _below(objects: Mapping[int, Value], start: int) -> set[int]:
    """Return the numbers of all objects that one leads to."""
    found: set[int] = set()
    waiting = [start]
    while waiting:
        new = set(references(objects[waiting.pop()])) - found
        found |= new
        waiting += sorted(new)
    return found


def references(value: Value) -> Iterator[int]:
    """Yield the numbers of the objects that a value refers to."""
    if isinstance(value, Ref):
        yield value.number
    elif isinstance(value, Stream):
        yield from references(value.entries)
    elif isinstance(value, dict):
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)
