"""Our fonts cut down to some characters, as objects of a PDF."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import uharfbuzz

from kuntactl.typeset.fonts import font_bytes
from kuntactl.typeset.form import Face
from kuntactl.typeset.objects import Ref, Stream, Value
from kuntactl.typeset.shaping import glyph_of, width_of

# Every file has at least these, so that the fonts of a letter do not depend on the name in it:
# what names and addresses in Finland are nearly always written with.
REPERTOIRE = frozenset(chr(point) for point in (*range(0x20, 0x7F), *range(0xC0, 0x100))) | set(
    "\u00a0ŠšŽžŁłČčĐđŊŋ\u2013\u2019\u201d\u2010"
)
_MOST_MAPPINGS = 100  # in one block of a CMap
_DROPPED = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "OS/2", "cmap", "name", "post")


def font_objects(
    faces: Mapping[str, Face], characters: Iterable[str], *, table: int, start: int
) -> dict[int, Value]:
    """Return the fonts of a document, each cut down to the same characters.

    Args:
        faces: By name of the resource.
        characters: Those without a glyph are passed over.
        table: Number of the object that names the fonts.
        start: Number of the first object that is free.
    """
    chosen = frozenset(characters)
    objects: dict[int, Value] = {}
    names = {}
    for name, face in sorted(faces.items()):
        program, mapping, widths = _parts(face.weight, chosen)
        base = face.descriptor["FontName"]
        objects |= {
            start: program,
            start + 1: mapping,
            start + 2: dict(face.descriptor) | {"FontFile2": Ref(start)},
            start + 3: {
                "Type": b"/Font",
                "Subtype": b"/CIDFontType2",
                "BaseFont": base,
                "CIDSystemInfo": {
                    "Registry": b"(Adobe)",
                    "Ordering": b"(Identity)",
                    "Supplement": b"0",
                },
                "CIDToGIDMap": b"/Identity",
                "W": widths,
                "FontDescriptor": Ref(start + 2),
            },
            start + 4: {
                "Type": b"/Font",
                "Subtype": b"/Type0",
                "BaseFont": base,
                "ToUnicode": Ref(start + 1),
                "Encoding": b"/Identity-H",
                "DescendantFonts": [Ref(start + 3)],
            },
        }
        names[name] = Ref(start + 4)
        start += 5
    objects[table] = names
    return objects


@lru_cache(maxsize=64)
def _parts(weight: int, characters: frozenset[str]) -> tuple[Stream, Stream, list[Value]]:
    """Return the font program, the text of each glyph, and the width of each."""
    texts: dict[int, str] = {}
    for character in sorted(characters):
        glyph = glyph_of(character, weight)
        if glyph:
            texts.setdefault(glyph, character)
    program = _subset(weight, texts)
    return (
        Stream({"Length1": b"%d" % len(program)}, program),
        Stream({}, _mapping(texts)),
        _widths(weight, sorted(texts)),
    )


def _subset(weight: int, glyphs: Iterable[int]) -> bytes:
    """Return the font with these glyphs under their old numbers, and without hints."""
    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.GLYPH_INDEX).update(glyphs)
    wanted.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(
        int.from_bytes(tag.encode(), "big") for tag in _DROPPED
    )
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_HINTING
    program: bytes = uharfbuzz.subset(uharfbuzz.Face(font_bytes(weight)), wanted).blob.data
    return program


def _widths(weight: int, glyphs: Sequence[int]) -> list[Value]:
    """Return the widths as a PDF lists them: a first glyph, the widths from there on."""
    listed: list[Value] = []
    before = None
    for glyph in glyphs:
        if before is None or glyph != before + 1:
            listed += [b"%d" % glyph, []]
        listed[-1].append(b"%d" % width_of(glyph, weight))
        before = glyph
    return listed


def _mapping(texts: Mapping[int, str]) -> bytes:
    lines = [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in texts.items()]
    blocks = [lines[at : at + _MOST_MAPPINGS] for at in range(0, len(lines), _MOST_MAPPINGS)]
    body = [
        line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")
    ]
    return "\n".join((*_CMAP_HEAD, *body, *_CMAP_TAIL)).encode()


_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo",
    "<< /Registry (Adobe)",
    "/Ordering (UCS)",
    "/Supplement 0",
    ">> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange",
    "<0000> <ffff>",
    "endcodespacerange",
)
_CMAP_TAIL = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")
