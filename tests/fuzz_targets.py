"""What must hold of any bytes at all: tried by the fuzzer, and again of all that it has found."""

import re
import tempfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
from engines import looks_the_same, printed
from fuzzing import read_or_refuse
from ingesting import ON
from letter_cases import CASES, letter_of

from kuntactl.domain.areas import AreaId, load_areas
from kuntactl.domain.settings import read_setting
from kuntactl.domain.types import Team
from kuntactl.errors import SettingsError
from kuntactl.ingest.columns import CLIENT_COLUMNS
from kuntactl.ingest.profile import Profile
from kuntactl.letters.letter import Letter
from kuntactl.letters.master import Master, pattern_of
from kuntactl.letters.press import press_of_process
from kuntactl.letters.printing import Engine
from kuntactl.letters.stamp import Stamped, stamp

SEEDS = Path(__file__).parent / "fuzz"  # a folder a target: where the fuzzer begins, what it found
_COMPARED = 16  # of the letters that can be stamped one in so many is laid out whole, too
_PARTS = 4  # lines of the bytes that are not the address: reference, coach's name and numbers
_MOST_LINES = 5  # of an address
_DIGITS, _NOTDEF = (
    4,
    b"0000",
)  # of a glyph; the one that stands for a character which the font lacks


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="kuntactl-fuzz-"))


def csv(content: bytes) -> None:
    """Fail unless an export of these bytes is refused in words, or every row counts."""
    read_or_refuse(content, _folder())


def profile(content: bytes) -> None:
    """Fail unless a profile of these bytes is refused in words, or can be used."""
    path = _folder() / "ura.toml"
    path.write_bytes(content)
    try:
        found = read_setting(path, Profile)
    except SettingsError as error:
        assert error.problem.startswith("ura.toml: ")  # noqa: PT017 one of two right ends
        return
    texts = {column.name: pl.String() for column in CLIENT_COLUMNS}
    rows = pl.DataFrame([("0", " K ", "", None)] * len(texts), schema=texts, orient="col")
    assert found.translate(rows).schema == rows.schema


def area(content: bytes) -> None:
    """Fail unless an area of these bytes is refused in words, or all may be asked of it."""
    folder = _folder() / "areas"
    folder.mkdir(exist_ok=True)
    (folder / "porvoo.toml").write_bytes(content)
    try:
        found = load_areas(folder)[AreaId("porvoo")]
    except SettingsError as error:
        assert error.problem.startswith("porvoo.toml: ")  # noqa: PT017 one of two right ends
        return
    found.languages(on=ON)
    found.gaps(on=ON)
    for team in Team:
        found.office_for(found.municipalities[0], team=team)


def letter(content: bytes) -> None:
    """Fail unless a letter of these texts is left to the other engine, or stamped exactly."""
    given = _letter_of(content.decode("utf-8", "replace"))
    made = stamp(_master(), given.fields)
    if made is None:
        return
    _hold_together(made)
    if zlib.crc32(content) % _COMPARED == 0:
        stamped, whole = printed([given]), printed([given], engine=Engine.WHOLE)
        assert looks_the_same(stamped.letters[0].pdf, whole.letters[0].pdf)


def _hold_together(made: Stamped) -> None:
    """Fail unless the pages unpack to what was put in, with a glyph for each character."""
    contents = made.contents()
    packed = made.deflated([b""] * made.pages)
    assert [zlib.decompress(page) for page in packed] == list(contents)
    for line in made.lines:
        for glyphs in re.findall(rb"<([0-9a-f]*)>", line):
            assert len(glyphs) % _DIGITS == 0
            assert _NOTDEF not in {
                glyphs[at : at + _DIGITS] for at in range(0, len(glyphs), _DIGITS)
            }


@cache
def _pattern() -> Letter:
    return letter_of(CASES[0])


@cache
def _master() -> Master:
    return press_of_process(None).master(pattern_of(_pattern()))


def _letter_of(text: str) -> Letter:
    """Return a letter with these texts, a line each: first the coach, the rest the address."""
    own, lines = _pattern().fields[0], text.split("\n")
    texts = [one or None for one in [*lines, *[""] * _PARTS][:_PARTS]]
    reference, name, phone, email = texts
    fields = replace(
        own,
        reference=reference or own.reference,
        coach_name=name if own.coach_name else None,
        coach_phone=phone if own.coach_phone else None,
        coach_email=email if own.coach_email else None,
        recipient=tuple(lines[_PARTS : _PARTS + _MOST_LINES]) or own.recipient,
    )
    return replace(_pattern(), fields=(fields, *_pattern().fields[1:]))


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "csv": csv,
    "profile": profile,
    "area": area,
    "stamp": letter,
}
