"""Many letters in one file, with each font once."""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kuntactl.typeset.form import CATALOG, Form
from kuntactl.typeset.mould import Mould, mould_of
from kuntactl.typeset.objects import Key, Ref, Stream, Value, compressed, with_content, written
from kuntactl.typeset.pdf_file import HEAD, object_stream
from kuntactl.typeset.subset import REPERTOIRE, font_objects

_ROW = np.dtype([("kind", "u1"), ("place", ">u4"), ("index", ">u2")])
_IN_FILE, _IN_STREAM = 1, 2  # kinds of rows
_OF_FILE = 50  # objects of the file itself, its fonts among them; never more
_LEVEL = 4  # of compression, for what each letter has of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One letter, ready to be written."""

    form: Form
    contents: tuple[bytes, ...]  # of each page, compressed


def write_run(letters: Sequence[Filled], extra: Iterable[str] = ()) -> bytes:
    """Return the letters, one after the other, as one PDF.

    Title, author and language are the first one's. There are no bookmarks.

    Args:
        letters: At least one; their forms are joinable.
        extra: Characters of the content beyond those of the forms and of our repertoire.
    """
    forms = {id(letter.form): letter.form for letter in letters}
    common = _Common(_first_number(letters), forms.values(), frozenset(extra))
    moulds = {
        name: mould_of(form, first=common.first, fixed=common.of(form), document=common.document)
        for name, form in forms.items()
    }
    common.add_head(letters[0].form)
    run = _Run(common)
    for letter in letters:
        run.add(letter, moulds[id(letter.form)])
    return run.file()


def _first_number(letters: Sequence[Filled]) -> int:
    """Return the first number of an object, such that all have as many digits.

    An object then lies at the same place in the object streams of all letters of a form. The
    number is no larger than it must be: readers take numbers far beyond what a file of that
    size could hold for damage.
    """
    own = sum(len(letter.form.objects) + len(letter.contents) + 1 for letter in letters)
    shared = sum(
        len(form.objects) for form in {id(one.form): one.form for one in letters}.values()
    )
    first = 1
    while 9 * first < own + shared + _OF_FILE:
        first *= 10
    return first


class _Common:
    """What the letters of a file share; all but streams goes into one object stream."""

    def __init__(self, first: int, forms: Iterable[Form], extra: frozenset[str]) -> None:
        self.first = self.next = first
        self.bodies: dict[int, bytes] = {}  # of objects that are not streams, by number
        self.streams: dict[int, bytes] = {}
        self._known: dict[bytes, int] = {}  # number by body
        self.catalog, self.info, self.pages = self._take(), self._take(), self._take()
        self.root, self.document, self.tree = self._take(), self._take(), self._take()
        self._fonts = self._add_fonts(list(forms), extra)

    def of(self, form: Form) -> Callable[[int], int]:
        """Return what tells the number in the file of an object of a form."""
        numbers = {form.font_table: self._fonts, 1: self.pages}

        def number(old: int) -> int:
            if old not in numbers:
                numbers[old] = self._add(form.objects[old], lambda item: _named(number, item))
            return numbers[old]

        return number

    def add_head(self, form: Form) -> None:
        """Take what the file says of itself from a form; to be called once, at the end."""
        number = self.of(form)
        catalog = {key: item for key, item in form.objects[CATALOG].items() if key != "Outlines"}
        catalog |= {
            "Pages": b"%d 0 R" % self.pages,
            "StructTreeRoot": b"%d 0 R" % self.root,
        }
        self.bodies[self.catalog] = written(catalog, lambda item: _named(number, item))
        self.bodies[self.info] = written(form.info, lambda item: _named(number, item))
        self.bodies[self.root] = b"<</Type /StructTreeRoot/ParentTree %d 0 R/K [%d 0 R]>>" % (
            self.tree,
            self.document,
        )

    def _add_fonts(self, forms: Sequence[Form], extra: frozenset[str]) -> int:
        faces = {name: face for form in forms for name, face in form.faces.items()}
        characters = REPERTOIRE.union(
            extra, *(face.characters for form in forms for face in form.faces.values())
        )
        table = self._take()
        objects = font_objects(faces, characters, table=table, start=self.next)
        self.next += len(objects) - 1
        for number, item in objects.items():
            if isinstance(item, Stream):
                self.streams[number] = compressed(item, lambda item: _named(int, item))
            else:
                self.bodies[number] = written(item, lambda item: _named(int, item))
        return table

    def _add(self, item: Value, names: Callable[[Ref | Key], bytes]) -> int:
        body = compressed(item, names) if isinstance(item, Stream) else written(item, names)
        if body not in self._known:
            self._known[body] = number = self._take()
            (self.streams if isinstance(item, Stream) else self.bodies)[number] = body
        return self._known[body]

    def _take(self) -> int:
        self.next += 1
        return self.next - 1


class _Run:
    """A file that grows letter by letter."""

    def __init__(self, common: _Common) -> None:
        self._common = common
        self._next = common.next
        self._keys = common.first
        self._parts: list[bytes] = [HEAD]
        self._at = len(HEAD)
        self._rows = np.zeros(common.next - common.first, _ROW)
        self._all_rows = [np.zeros(1, _ROW), self._rows]
        self._pages: list[int] = []
        self._tops: list[int] = []
        self._leaves: list[int] = []
        for number, body in common.streams.items():
            self._rows[number - common.first] = self._write(number, body)

    def add(self, letter: Filled, mould: Mould) -> None:
        """Add a letter at the end."""
        first = self._next
        bodies = [with_content(b"", content) for content in letter.contents]
        entries = b"/Type /ObjStm/N %d/First %d" % (mould.objects, mould.head)
        objects = mould.cast(first, self._keys)
        bodies.append(with_content(entries, zlib.compress(objects, _LEVEL)))
        rows = np.empty(mould.objects + len(bodies), _ROW)
        self._next += len(rows)
        rows["kind"], rows["place"] = _IN_STREAM, self._next - 1
        rows["index"] = np.arange(len(rows))
        for at, body in enumerate(bodies, mould.objects):
            rows[at] = self._write(first + at, body)
        self._all_rows.append(rows)
        self._pages += [first + page for page in mould.pages]
        self._tops.append(first + mould.top)
        self._leaves.append(first + mould.leaf)
        self._keys += mould.keys

    def file(self) -> bytes:
        """Return the file."""
        common, stream = self._common, self._next
        bodies = common.bodies | {
            common.pages: b"<</Type /Pages/Kids [%b]/Count %d>>"
            % (_references(self._pages), len(self._pages)),
            common.document: b"<</Type /StructElem/S /Document/K [%b]/P %d 0 R>>"
            % (_references(self._tops), common.root),
            common.tree: b"<</Kids [%b]>>" % _references(self._leaves),
        }
        for index, number in enumerate(bodies):
            self._rows[number - common.first] = (_IN_STREAM, stream, index)
        last = [self._write(stream, object_stream(bodies)), (_IN_FILE, self._at, 0)]
        self._all_rows.append(np.array(last, _ROW))
        rows = b"".join(rows.tobytes() for rows in self._all_rows)
        identity = hashlib.blake2b(b"".join(self._parts), digest_size=16).hexdigest().encode()
        entries = (
            b"/Type /XRef/W [1 4 2]/Index [0 1 %d %d]/Size %d/Root %d 0 R/Info %d 0 R"
            b"/ID [<%b> <%b>]"
            % (
                *(common.first, stream + 2 - common.first, stream + 2),
                *(common.catalog, common.info, identity, identity),
            )
        )
        start = self._at
        self._write(stream + 1, with_content(entries, zlib.compress(rows, _LEVEL)))
        return b"%bstartxref\n%d\n%%%%EOF\n" % (b"".join(self._parts), start)

    def _write(self, number: int, body: bytes) -> tuple[int, int, int]:
        at = self._at
        self._parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        self._at += len(self._parts[-1])
        return _IN_FILE, at, 0


def _named(number: Callable[[int], int], item: Ref | Key) -> bytes:
    return b"%d 0 R" % number(item.number)


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join([b"%d 0 R" % number for number in numbers])
