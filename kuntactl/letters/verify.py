"""Whether an area's letters are still those of its list."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from kuntactl.domain.letter_places import letter_place, older_place
from kuntactl.domain.types import LetterStatus
from kuntactl.domain.wording import Words
from kuntactl.errors import DeliveryError, InputError
from kuntactl.files.sealing import PACKED, SEALED
from kuntactl.files.unsealing import Identities, Reader, standing
from kuntactl.letters.manifest import read_manifest
from kuntactl.typeset.written import page_texts

LIST = "letters.csv"
_FOLDERS = ("letters", "protected", "print")
_TICKET = re.compile(r"print/job-ticket-(\d+)\.(?:csv|json|txt)")
_WITH_A_FILE = (LetterStatus.WRITTEN.value, LetterStatus.PROTECTED.value)

FAULTS: Mapping[str, Words] = {
    "list_damaged": Words(
        fi="Luetteloa on muutettu, tai siinä on kirje kahdesti.",
        sv="Förteckningen har ändrats, eller ett brev står i den två gånger.",
        en="The list was changed, or has a letter twice.",
    ),
    "file_missing": Words(fi="Tiedostoa ei ole.", sv="Filen saknas.", en="The file is not there."),
    "file_elsewhere": Words(
        fi="Luettelo nimeää tiedoston, joka ei ole tämän kirjeen paikassa.",
        sv="Förteckningen anger en fil som inte är på det här brevets plats.",
        en="The list names a file that is not in this letter's place.",
    ),
    "file_changed": Words(
        fi="Tiedosto on muuttunut: sen SHA-256 on toinen kuin luettelossa.",
        sv="Filen har ändrats: dess SHA-256 är en annan än i förteckningen.",
        en="The file has changed: its SHA-256 is not the one in the list.",
    ),
    "seal_broken": Words(
        fi="Suljettua tiedostoa ei voi avata tällä avaimella, tai sitä on muutettu.",
        sv="Den förseglade filen går inte att öppna med den här nyckeln, eller den har ändrats.",
        en="The sealed file cannot be opened with this identity, or was changed.",
    ),
    "pages_differ": Words(
        fi="Sivuja on eri määrä kuin luettelossa.",
        sv="Antalet sidor är ett annat än i förteckningen.",
        en="It has another number of pages than the list says.",
    ),
    "file_unlisted": Words(
        fi="Tiedosto ei ole missään luettelossa.",
        sv="Filen finns inte i någon förteckning.",
        en="The file is in no list.",
    ),
    "print_run_missing": Words(
        fi="Painotiedostoa ei ole, tai sitä ei voi lukea.",
        sv="Tryckfilen saknas eller kan inte läsas.",
        en="The print run is not there, or cannot be read.",
    ),
    "print_run_differs": Words(
        fi="Kirjeen sivut painotiedostossa eivät ole samat kuin kirjeen omassa tiedostossa.",
        sv="Brevets sidor i tryckfilen är inte desamma som i brevets egen fil.",
        en="The letter's pages in the print run are not those of its own file.",
    ),
    "print_run_has_more": Words(
        fi="Painotiedostossa on sivuja, jotka eivät kuulu mihinkään kirjeeseen.",
        sv="Tryckfilen har sidor som inte hör till något brev.",
        en="The print run has pages that belong to no letter.",
    ),
    "protected_in_print_run": Words(
        fi="Turvakiellon alainen kirje on luettelossa merkitty painotiedostoon.",
        sv="Ett brev som omfattas av spärrmarkering står i förteckningen som tryckt.",
        en="The list puts a letter under non-disclosure into a print run.",
    ),
    "not_in_the_register": Words(
        fi="Rekisteri ei tunne kirjettä, joka on luettelon mukaan sen uusimman ajon.",
        sv="Registret känner inte till brevet, som enligt förteckningen hör till dess senaste "
        "körning.",
        en="The register does not know the letter, which the list says is of its newest run.",
    ),
    "rendered_differently": Words(
        fi="Uudelleen tehty kirje ei ole tavulleen sama.",
        sv="Brevet som gjordes på nytt är inte identiskt byte för byte.",
        en="The letter rendered again is not the same byte for byte.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as the list says."""

    area: str
    letter_id: str | None  # none: the fault is of no single letter
    file: str  # relative to the area's folder
    code: str  # a key of FAULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was looked at in an area, and what is wrong."""

    letters: int  # lines of letters that have a file
    print_runs: int
    faults: tuple[Fault, ...]
    sealed: int = 0  # letters and print runs whose content was not looked at: no identity


@dataclass(slots=True, kw_only=True)
class _Look:
    """A look at one area's folder."""

    folder: Path
    reader: Reader
    texts: dict[str, list[str]] = field(default_factory=dict)  # of the pages of each letter
    sealed: int = 0  # files that stayed closed


def verify_area(folder: Path, *, identities: Identities | None = None) -> Verified:
    """Hold every letter and print run of an area's folder against ``letters.csv``.

    A letter's file is in its place, has the SHA-256 and the number of pages of the list, and
    its pages stand in its print run with the same text; what else stands in ``letters/``,
    ``protected/`` and ``print/`` is a fault, the job tickets of its runs aside.

    Args:
        folder: The area's folder; its name is the area's id.
        identities: To look into sealed files; none: it is only seen that they are there.
    """
    try:
        listed = read_manifest((folder / LIST).read_bytes())
    except (DeliveryError, FileNotFoundError):
        return Verified(letters=0, print_runs=0, faults=(_fault(folder, "list_damaged", LIST),))
    lines = listed.filter(pl.col("status").is_in(_WITH_A_FILE))
    faults = (
        []
        if not lines["letter_id"].is_duplicated().any()
        else [_fault(folder, "list_damaged", LIST)]
    )
    look = _Look(folder=folder, reader=Reader(identities))
    for line in lines.iter_rows(named=True):
        faults += _of_letter(look, line)
    bundles = lines.drop_nulls("bundle").partition_by("bundle", maintain_order=True)
    for bundle in bundles:
        faults += _of_print_run(look, bundle)
    faults += _unlisted(folder, lines)
    return Verified(
        letters=lines.height,
        print_runs=len(bundles),
        faults=tuple(faults),
        sealed=look.sealed,
    )


def _of_letter(look: _Look, line: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with one letter; keep the text of its pages."""
    folder, letter_id, file = look.folder, line["letter_id"], line["file"] or ""
    if line["status"] == LetterStatus.PROTECTED.value and line["bundle"]:
        yield _fault(folder, "protected_in_print_run", file, letter_id)
    if file not in _places(folder, line):
        yield _fault(folder, "file_elsewhere", file, letter_id)
        return
    path = folder / file
    if not path.is_file():
        yield _fault(folder, "file_missing", file, letter_id)
        return
    try:
        content = look.reader.read(path, name=f"{letter_id}.pdf")
    except InputError:
        yield _fault(folder, "seal_broken", file, letter_id)
        return
    if content is None:
        look.sealed += 1
    else:
        yield from _of_content(look, line, content)


def _places(folder: Path, line: Mapping[str, str]) -> tuple[str, ...]:
    """Return where a letter may stand: in its place, sealed or not, or in a sealed package."""
    letter_id = line["letter_id"]
    if line["status"] == LetterStatus.PROTECTED.value:
        package = f"protected/{folder.name}-{line['run']}{PACKED}{SEALED}"
        return letter_place(letter_id, protected=True), package
    places = (letter_place(letter_id), older_place(letter_id))
    return (*places, *(place + SEALED for place in places))


def _of_content(look: _Look, line: Mapping[str, str], content: bytes) -> Iterator[Fault]:
    letter_id, file = line["letter_id"], line["file"]
    if hashlib.sha256(content).hexdigest() != line["sha256"]:
        yield _fault(look.folder, "file_changed", file, letter_id)
    try:
        look.texts[letter_id] = list(page_texts(content))
    except ValueError:
        return  # its checksum has told already: no PDF that cannot be read was ever written
    if str(len(look.texts[letter_id])) != line["pages"]:
        yield _fault(look.folder, "pages_differ", file, letter_id)


def _of_print_run(look: _Look, lines: pl.DataFrame) -> Iterator[Fault]:
    """Yield what is wrong with a print run, held against the letters' own files."""
    folder, file = look.folder, f"print/{lines['bundle'][0]}"
    path = standing(folder / file)
    try:
        content = look.reader.read(path, name=Path(file).name) if path else b""
        if content is None:
            look.sealed += 1
            return
        pages = list(page_texts(content))
    except (InputError, ValueError, OSError):
        yield _fault(folder, "print_run_missing", file)
        return
    for line in lines.iter_rows(named=True):
        start, end = _place(line)
        own = look.texts.get(
            line["letter_id"]
        )  # none: told where the letter's own file was looked at
        if own is not None and pages[start:end] != own:
            yield _fault(folder, "print_run_differs", file, line["letter_id"])
        pages[start:end] = [""] * len(pages[start:end])
    if any(pages):  # what is left may only be the blank backs of letters
        yield _fault(folder, "print_run_has_more", file)


def _place(line: Mapping[str, str]) -> tuple[int, int]:
    """Return the letter's first page in its print run, from 0, and the one after its last."""
    numbers = (line["first_page"] or "", line["pages"] or "")
    if not all(number.isdecimal() for number in numbers):
        return 0, 0
    first, pages = (int(number) for number in numbers)
    return first - 1, first - 1 + pages


def _unlisted(folder: Path, lines: pl.DataFrame) -> Iterator[Fault]:
    print_runs = {f"print/{bundle}" for bundle in lines["bundle"] if bundle}
    listed = set(lines["file"]) | print_runs | {run + SEALED for run in print_runs}
    there = sorted(
        path.relative_to(folder).as_posix()
        for name in _FOLDERS
        for path in (folder / name).rglob("*")
        if not path.is_dir()
    )
    runs = set(lines["run"])
    for file in there:
        ticket = _TICKET.fullmatch(file)
        if file not in listed and not (ticket and ticket[1] in runs):
            yield _fault(folder, "file_unlisted", file)


def _fault(folder: Path, code: str, file: str, letter_id: str | None = None) -> Fault:
    return Fault(area=folder.name, letter_id=letter_id, file=file, code=code)
