"""Lines read all at once and lines read with care give the same rows."""

import re
from itertools import count

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kuntactl.ingest.careful import BLANK, fits, record_at
from kuntactl.ingest.decoding import readable
from kuntactl.ingest.records import read_headers, read_parts
from kuntactl.ingest.straight import is_straight
from kuntactl.ingest.survey import survey
from kuntactl.ingest.text_lines import TextLines
from kuntactl.ingest.values import loose_columns, one_line, trimmed

PLACES = {"first": 0, "second": 1, "third": 3}  # of four columns, one is none of ours
HEADER = b"a;b;c;d"

PLAIN = ["", "x", "åäö", "1 200", " x", "x  y", "x\xa0y", "\u202f", "a\u0308", "x" * 40]
QUOTED = ['"x"', '"x;y"', '"x\ny"', '""', '"', '"a""b"', 'a"b']
CONTROLS = ["\x00", "\x7f", "\t", "\r", "\v", "\ufeff"]
NO_TEXT = [b"\xe4", b"\xff\xfe", b"\xc3", b"\x81"]
CELLS = st.sampled_from([*(cell.encode() for cell in (*PLAIN, *QUOTED, *CONTROLS)), *NO_TEXT])
LINES = st.lists(CELLS, max_size=6).map(b";".join) | st.just(b"x;y;z;1") | st.just(b"x;y;z;1;")
CONTENTS = st.tuples(
    st.lists(LINES, max_size=12), st.sampled_from([b"\n", b"\r\n"]), st.booleans()
).map(lambda made: made[1].join([HEADER, *made[0]]) + made[1] * made[2])

_CELL = '(?:"[^"]*"|[^";]*)'
_NEAT = re.compile(f"{_CELL}(?:;{_CELL})*$")  # each quoted cell begins and ends on the line

Row = tuple[object, ...]


def read_quickly(content: bytes) -> list[Row]:
    """Return the rows as the product reads them: row, cells found, broken in, our cells."""
    lines = TextLines(content)
    header = next(read_headers(lines, ";"))
    (parted,) = read_parts(lines, header, PLACES, ";", at_once=len(lines))
    return parted.rows.rows()


def read_in_parts(content: bytes, *, at_once: int) -> list[Row]:
    """Return the same, read so many lines at a time."""
    lines = TextLines(content)
    header = next(read_headers(lines, ";"))
    parts = read_parts(lines, header, PLACES, ";", at_once=at_once)
    return [row for part in parts for row in part.rows.rows()]


def read_carefully(content: bytes) -> list[Row]:
    """Return the same rows, each line looked at by itself."""
    text = content.decode("utf-8", "surrogateescape")
    lines = text.split("\n")
    at, rows = 1, []
    for row in count(2):
        if at >= len(lines) or (at == len(lines) - 1 and not lines[at]):
            return rows
        record = record_at(lines, at, delimiter=";", width=4)
        line, at = lines[at], record.next_line
        only_quotes = _NEAT.match(line.removesuffix("\r")) and not line.strip(BLANK + ';"')
        if record.cells is not None and only_quotes:
            continue
        if record.cells is None or not fits(record.cells, 4):
            if record.cells is None or any(cell.strip(BLANK) for cell in record.cells):
                found = len(record.cells) if record.cells else 0
                rows.append((row, found, None, None, None, None))
        elif any(cell.strip(BLANK) for cell in record.cells):
            rows.append((row, None, *_cells(record.cells)))
    raise AssertionError("rows never end")


def _cells(cells: list[str]) -> tuple[object, ...]:
    ours = {name: cells[place] for name, place in PLACES.items()}
    broken = [name for name, cell in ours.items() if _is_broken(cell)]
    elsewhere = any(_is_broken(cell) for cell in cells)
    shown = (readable(cell) if cell.strip(BLANK) else None for cell in ours.values())
    return (broken if elsewhere else None, *shown)


def _is_broken(cell: str) -> bool:
    return readable(cell) != cell


@settings(max_examples=400, deadline=None)
@given(content=CONTENTS)
@example(content=b'a;b;c;d\n"x;y\nx;y;z;1\n')
@example(content=b"a;b;c;d\r\n;;;\r\n ; ;\xc2\xa0;\r\n;;x;\r\n")
@example(content=b"a;b;c;d\nx;y;z;1\r")
@example(content=b'a;b;c;d\n;;;;"x"\n;;y;;"  "\n;;;;""\n;;z;;;"')
@example(content=b'a;b;c;d\n"x\n\ny";;;\n\nx;y;z;1')
def test_the_quick_reading_and_the_careful_one_agree(content: bytes) -> None:
    """Most lines are read without a look at each: not one may come out otherwise for that."""
    assert read_quickly(content) == read_carefully(content)


@settings(max_examples=150, deadline=None)
@given(content=CONTENTS, at_once=st.integers(1, 6))
@example(content=b'a;b;c;d\n"x;y\nx;y;z;1\n', at_once=1)
@example(content=b'a;b;c;d\n"x\n\n\ny";;;\n\nx;y;z;1', at_once=2)
@example(content=b'a;"b\n";c;d\nx;"y\n\n";z;1\nx;y;z;1\n"x";y;z;1\nx;y;z;1', at_once=1)
def test_a_part_ends_where_a_row_does(content: bytes, at_once: int) -> None:
    """A large file is read some lines at a time: no row, and no row number, may show where."""
    assert read_in_parts(content, at_once=at_once) == read_quickly(content)


@settings(max_examples=200, deadline=None)
@given(content=CONTENTS)
def test_no_loose_cell_is_overlooked(content: bytes) -> None:
    """Only columns said to be loose are trimmed: a cell left untrimmed would be another value."""
    lines = TextLines(content)
    header = next(read_headers(lines, ";"))
    (parted,) = read_parts(lines, header, PLACES, ";", at_once=len(lines))

    tidied = parted.rows.with_columns(
        one_line(trimmed(pl.col(name))).alias(name) for name in PLACES if name not in parted.loose
    )

    assert tidied.equals(parted.rows)
    assert loose_columns(parted.rows, PLACES) <= parted.loose


@pytest.mark.parametrize(
    ("line", "straight", "why"),
    [
        (b"x;y;z;1", True, "as many cells as the header"),
        (b"x;y;z;1;", True, "one trailing delimiter is let pass"),
        (b"x;y;z;1\r", True, "CR LF ends a line as well"),
        (b"x;y;z;1;\r", True, "both"),
        (b"x;y;z;1;2", False, "a cell too many"),
        (b"x;y;z", False, "a cell too few"),
        (b'x;"y";z;1', False, "a quote"),
        (b"x;y\x00;z;1", False, "a control character"),
        (b"x;y\x7f;z;1", False, "another"),
        (b"x;y\r;z;1", False, "a CR inside the line"),
        (b"x;\xe4;z;1", False, "a byte that is no text"),
        (b";".join([b"x"] * 260), False, "as many delimiters as a byte can count, and more"),
    ],
)
def test_only_what_needs_no_care_is_straight(line: bytes, straight: bool, why: str) -> None:  # noqa: FBT001 - a table's column
    """What is taken for straight is never looked at again."""
    lines = TextLines(HEADER + b"\n" + line + b"\nx;y;z;1\n")

    found = is_straight(survey(lines, ";"), width=4)

    assert found.tolist() == [True, straight, True], why


def test_lines_are_found_as_python_finds_them() -> None:
    """The last line may lack its end; a text of another century has CR alone."""
    for text in ("a\nb", "a\nb\n", "\n\na", "a", "a\rb\r", "å\r\n\r\n"):
        end = "\n" if "\n" in text else "\r"
        expected = text.split(end)
        if not expected[-1]:
            expected.pop()

        assert list(TextLines(text.encode())) == expected


def test_a_row_is_placed_by_its_line() -> None:
    """A person looks for the row that we name: a break inside quotes takes no row of its own."""
    content = b'a;b;c;d\n1;;;\n"2\n2";;;\n;;;\n3;;;\nragged\n4;;;\n'

    assert [(row[0], row[3]) for row in read_quickly(content)] == [
        (2, "1"),
        (3, "2\n2"),
        (5, "3"),
        (6, None),
        (7, "4"),
    ]
