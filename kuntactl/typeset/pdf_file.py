"""A letter as a file of its own: all that is constant written once, the pages added."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kuntactl.typeset.form import CATALOG, Form
from kuntactl.typeset.objects import Key, Ref, Stream, Value, compressed, with_content, written
from kuntactl.typeset.subset import REPERTOIRE, font_objects

HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_ROW = (1, 4, 2)  # bytes of the columns of the cross-reference table


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A file without the content of its pages."""

    start: bytes  # of the file, up to the first page's content
    rows: bytes  # of the cross-reference table, for all of ``start``
    first: int  # number of the object that holds the first page's content
    trailer: bytes
    fingerprint: bytes  # of all this

    def file(self, contents: Sequence[bytes]) -> bytes:
        """Return the file.

        Args:
            contents: Content of each page, compressed.
        """
        parts = [self.start]
        rows = [self.rows]
        at = len(self.start)
        mark = hashlib.blake2b(self.fingerprint, digest_size=16)
        for number, content in enumerate(contents, self.first):
            body = b"%d 0 obj\n%b\nendobj\n" % (number, with_content(b"", content))
            rows.append(row(1, at, 0))
            parts.append(body)
            at += len(body)
            mark.update(content)
        rows.append(row(1, at, 0))
        table = b"".join(rows)
        identity = mark.hexdigest().encode()
        parts.append(
            b"%d 0 obj\n<<%b/ID [<%b> <%b>]/Length %d>>\nstream\n%b\nendstream\nendobj\n"
            b"startxref\n%d\n%%%%EOF\n"
            % (
                self.first + len(contents),
                self.trailer,
                identity,
                identity,
                len(table),
                table,
                at,
            )
        )
        return b"".join(parts)


def shell_of(form: Form, extra: Iterable[str] = ()) -> Shell:
    """Return all of a letter's file but the content of its pages.

    Args:
        form: The letter; its fonts get our whole repertoire.
        extra: Further characters that the content shows.
    """
    objects = complete_objects(form, REPERTOIRE.union(extra))
    streams = [number for number, item in objects.items() if isinstance(item, Stream)]
    others = [number for number in objects if number not in set(streams)]
    bundle = len(streams) + 1  # the object that holds all that are not streams
    numbers = {number: at for at, number in enumerate(streams, 1)}
    numbers |= {number: at for at, number in enumerate(others, bundle + 1)}
    first = bundle + len(others) + 1
    numbers |= {page.content_number: at for at, page in enumerate(form.pages, first)}

    def named(item: Ref | Key) -> bytes:
        if isinstance(item, Key):
            return b"%d" % item.number
        return b"%d 0 R" % numbers[item.number]

    bodies = [compressed(objects[number], named) for number in streams]
    bodies.append(object_stream({numbers[n]: written(objects[n], named) for n in others}))
    parts, rows = [HEAD], [b"\0" * sum(_ROW)]
    at = len(HEAD)
    for number, body in enumerate(bodies, 1):
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        rows.append(row(1, at, 0))
        at += len(parts[-1])
    rows += [row(2, bundle, place) for place in range(len(others))]
    size = first + len(form.pages) + 1
    info = max(objects)
    start = b"".join(parts)
    return Shell(
        start=start,
        rows=b"".join(rows),
        first=first,
        trailer=b"/Type /XRef/W [%d %d %d]/Size %d/Root %b/Info %b"
        % (*_ROW, size, named(Ref(CATALOG)), named(Ref(info))),
        fingerprint=hashlib.blake2b(start, digest_size=16).digest(),
    )


def complete_objects(form: Form, characters: frozenset[str]) -> dict[int, Value]:
    """Return the objects of a form with its fonts and, last, what it says of itself."""
    own = frozenset().union(*(face.characters for face in form.faces.values()))
    start = max(*form.objects, form.font_table, *(page.content_number for page in form.pages)) + 1
    objects = dict(form.objects) | font_objects(
        form.faces, characters | own, table=form.font_table, start=start
    )
    return objects | {max(objects) + 1: dict(form.info)}


def object_stream(bodies: dict[int, bytes]) -> bytes:
    """Return the body of an object that holds others, none of them a stream."""
    offset = 0
    heads = []
    for number, body in bodies.items():
        heads.append(b"%d %d" % (number, offset))
        offset += len(body) + 1
    head = b" ".join(heads) + b"\n"
    entries = {
        "Type": b"/ObjStm",
        "N": b"%d" % len(bodies),
        "First": b"%d" % len(head),
    }
    return compressed(Stream(entries, head + b"\n".join(bodies.values())), lambda _: b"")


def row(kind: int, place: int, index: int) -> bytes:
    """Return a row of the cross-reference table."""
    return bytes((kind,)) + place.to_bytes(_ROW[1], "big") + index.to_bytes(_ROW[2], "big")
