"""Whether this machine has what the work needs, with what to do where it has not."""

import ctypes
import importlib.util
import locale
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kuntactl.domain.types import Language, LetterKind, LetterLanguage, Team
from kuntactl.domain.wording import Words
from kuntactl.errors import ExitCode, KuntactlError
from kuntactl.locale import heading
from kuntactl.locale.reasons import reason

_LEAST_PYTHON = (3, 11)
_LEAST_PANGO = (1, 44)
_LEAST_FREE = 2_000_000_000  # bytes: 50,000 letters alone and in print runs
_RARE = "ǥǩǯếЖΩ\u2010"  # Sámi, Vietnamese, Cyrillic, Greek, a hyphen: all must be printed
_NAME = "Esimerkki"  # in the made-up letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What is to be looked at."""

    folder: Path  # where runs are to write
    register: str | None  # none: no register is looked at
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one look found."""

    is_well: bool
    detail: str  # a version, a number, what is wrong
    cure: str = ""  # the command that mends it; empty where all is well


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One thing that is looked at."""

    id: str
    words: Words
    exit_code: ExitCode  # where it is not well
    find: Callable[[Machine], Finding]


def examine(machine: Machine) -> Iterator[tuple[Look, Finding]]:
    """Yield each look with what it found; one that fails keeps no other from being tried."""
    for look in LOOKS:
        if look.id == "register" and machine.register is None:
            continue
        yield look, look.find(machine)


def exit_code(found: Sequence[tuple[Look, Finding]]) -> ExitCode:
    """Return the code of the first thing that is not well."""
    codes = [look.exit_code for look, finding in found if not finding.is_well]
    return codes[0] if codes else ExitCode.DONE


def _python(machine: Machine) -> Finding:
    del machine
    return of_version(sys.version_info[:3], least=_LEAST_PYTHON, cure="apt-get install python3")


def of_version(version: tuple[int, ...], *, least: tuple[int, ...], cure: str) -> Finding:
    """Return whether a version is new enough, and the command that brings a newer one."""
    is_well = version >= least
    detail = ".".join(map(str, version))
    return Finding(is_well=is_well, detail=detail, cure="" if is_well else cure)


def _pango(machine: Machine) -> Finding:
    del machine
    found = loaded("libpango-1.0.so.0", "libpangoft2-1.0.so.0")
    cure = "apt-get install libpango-1.0-0 libpangoft2-1.0-0"
    if isinstance(found, str):
        return Finding(is_well=False, detail=found, cure=cure)
    number = found.pango_version()
    version = (number // 10_000, number // 100 % 100, number % 100)
    return of_version(version, least=_LEAST_PANGO, cure=cure)


def _harfbuzz(machine: Machine) -> Finding:
    del machine
    found = loaded("libharfbuzz.so.0", "libharfbuzz-subset.so.0")
    if isinstance(found, str):
        cure = "apt-get install libharfbuzz0b libharfbuzz-subset0"
        return Finding(is_well=False, detail=found, cure=cure)
    found.hb_version_string.restype = ctypes.c_char_p
    return Finding(is_well=True, detail=found.hb_version_string().decode())


def loaded(*names: str) -> ctypes.CDLL | str:
    """Return the first library, all of them loaded, or what is missing."""
    libraries = []
    for name in names:
        try:
            libraries.append(ctypes.CDLL(name))
        except OSError:
            return heading("{name} is missing or broken", name=name)
    return libraries[0]


def _fonts(machine: Machine) -> Finding:
    del machine
    pip = f"{sys.executable} -m pip"
    if importlib.util.find_spec("pip") is None:  # an environment that another tool has made
        pip = f"{sys.executable} -m ensurepip && {pip}"
    cure = f"{pip} install --force-reinstall font-roboto"
    try:
        from kuntactl.typeset.fonts import FAMILY, FONT_FILES, missing_characters

        missing = missing_characters(_RARE)
    except (ImportError, OSError) as error:
        return Finding(is_well=False, detail=type(error).__name__, cure=cure)
    if missing:
        points = ", ".join(f"U+{ord(one):04X}" for one in sorted(missing))
        return Finding(
            is_well=False, detail=heading("not in the fonts: {points}", points=points), cure=cure
        )
    return Finding(is_well=True, detail=f"{FAMILY}: {', '.join(FONT_FILES.values())}")


def _locale(machine: Machine) -> Finding:
    del machine
    encoding = locale.getencoding()
    is_well = encoding.casefold().replace("-", "") == "utf8"
    return Finding(
        is_well=is_well, detail=encoding, cure="" if is_well else "export LC_ALL=C.UTF-8"
    )


def _disk(machine: Machine) -> Finding:
    folder = _nearest_folder(machine.folder)
    free = shutil.disk_usage(folder).free
    detail = heading("{folder}: {free:,.1f} GB free", folder=folder, free=free / 1e9)
    is_well = free >= _LEAST_FREE
    return Finding(is_well=is_well, detail=detail, cure="" if is_well else f"df -h {folder}")


def _permission(machine: Machine) -> Finding:
    folder = _nearest_folder(machine.folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".kuntactl-doctor-", dir=folder) as tried:
            private = Path(tried).stat().st_mode & 0o077 == 0
    except OSError as error:
        return Finding(
            is_well=False,
            detail=heading("{folder}: {why}", folder=folder, why=reason(error)),
            cure=f"chown $(id -un) {folder}",
        )
    if not private:
        return Finding(
            is_well=False,
            detail=heading("{folder}: its file system keeps nothing private", folder=folder),
            cure=f"findmnt -T {folder}",
        )
    return Finding(is_well=True, detail=str(folder))


def _nearest_folder(folder: Path) -> Path:
    """Return the folder, or the one above it that is there already."""
    here = folder.absolute()
    while not here.is_dir():
        here = here.parent
    return here


def _register(machine: Machine) -> Finding:
    from kuntactl.pipeline.runs_shown import show
    from kuntactl.register.location import find_location

    place = find_location(machine.register or "")
    try:
        runs = show(machine.register or "")["runs"]
    except KuntactlError as error:
        return Finding(is_well=False, detail=error.problem, cure=_cure_of_register(place))
    return Finding(is_well=True, detail=heading("runs: {count}", count=len(runs)))


def _cure_of_register(place: Any) -> str:
    """Return the command that starts the server, makes the register, or tells what is wrong."""
    if place.file is None:
        return "systemctl start postgresql"
    if not place.file.exists():
        return f"kuntactl run EXPORT --coaches FILE --out DIR --register {place.name}"
    return f"kuntactl register upgrade --register {place.name}"


def _letter(machine: Machine) -> Finding:
    """Lay a made-up letter out and look for the name in it."""
    cure = "kuntactl letters preview -o try.pdf"  # which says what is in the way
    try:
        from kuntactl.pipeline.preview import PreviewOrder, preview_letter
        from kuntactl.typeset.written import page_texts

        order = PreviewOrder(
            area="porvoo",
            kind=LetterKind.TRANSFER,
            language=LetterLanguage(service=Language.FI),
            municipality=None,
            team=Team.GENERAL,
            on=date(2021, 3, 1),
            today=machine.today,
            letter_date=None,
            templates=None,
        )
        letter = preview_letter(order)
        texts = page_texts(letter)
    except (ImportError, OSError, ValueError, KuntactlError) as error:
        return Finding(is_well=False, detail=type(error).__name__, cure=cure)
    if not any(_NAME in text for text in texts):
        return Finding(is_well=False, detail=heading("the name cannot be read back"), cure=cure)
    detail = heading(
        "pages: {pages}, bytes: {size}, read back", pages=len(texts), size=len(letter)
    )
    return Finding(is_well=True, detail=detail)


LOOKS: tuple[Look, ...] = (
    Look(
        id="python",
        words=Words(fi="Python", sv="Python", en="Python"),
        exit_code=ExitCode.FAILURE,
        find=_python,
    ),
    Look(
        id="pango",
        words=Words(fi="Pango", sv="Pango", en="Pango"),
        exit_code=ExitCode.LETTERS,
        find=_pango,
    ),
    Look(
        id="harfbuzz",
        words=Words(fi="HarfBuzz", sv="HarfBuzz", en="HarfBuzz"),
        exit_code=ExitCode.LETTERS,
        find=_harfbuzz,
    ),
    Look(
        id="fonts",
        words=Words(fi="fontit", sv="typsnitt", en="fonts"),
        exit_code=ExitCode.LETTERS,
        find=_fonts,
    ),
    Look(
        id="locale",
        words=Words(fi="merkistö", sv="teckenkodning", en="locale"),
        exit_code=ExitCode.SETTINGS,
        find=_locale,
    ),
    Look(
        id="disk",
        words=Words(fi="levytila", sv="diskutrymme", en="disk"),
        exit_code=ExitCode.DELIVERY,
        find=_disk,
    ),
    Look(
        id="permission",
        words=Words(fi="kirjoitusoikeus", sv="skrivrätt", en="permission"),
        exit_code=ExitCode.DELIVERY,
        find=_permission,
    ),
    Look(
        id="register",
        words=Words(fi="rekisteri", sv="register", en="register"),
        exit_code=ExitCode.REGISTER,
        find=_register,
    ),
    Look(
        id="letter",
        words=Words(fi="koekirje", sv="provbrev", en="test letter"),
        exit_code=ExitCode.LETTERS,
        find=_letter,
    ),
)
