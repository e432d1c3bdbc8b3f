"""The columns that a table may have, matched to the headers it really has."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuntactl.errors import InputError
from kuntactl.locale import Phrase, counted, joined, phrase

_FOUND_SHOWN = 40  # headers named in a hint
_HEADERS_OF_A_HEADER = 2  # a line with fewer words of ours is no header
_HEADER_SHOWN = 40  # characters of one header in a hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column that we know by name."""

    name: str  # as CONTRACT writes it
    required: bool = False  # its header must be there
    header: str = ""  # where the name means something else to a table already

    @property
    def heading(self) -> str:
        """The header that it is found by."""
        return self.header or self.name


def _columns(*names: str) -> tuple[Column, ...]:
    """Return the columns named; a name that must be there ends in ``!``."""
    return tuple(Column(name=name.rstrip("!"), required=name.endswith("!")) for name in names)


CLIENT_COLUMNS = _columns(
    "asiakasnumero!",
    "henkilotunnus!",
    "sukunimi!",
    "etunimet!",
    "syntymaaika",
    "aidinkieli!",
    "asiointikieli",
    "kansalaisuus",
    "kotikunta!",
    "lahiosoite!",
    "postinumero!",
    "postitoimipaikka!",
    "osoitelisa",
    "maa",
    "turvakielto!",
    "yhteysosoite",
    "tyollisyyskoodi!",
    "tyonhaku_alkoi!",
    "tyonhaku_paattyi!",
    "tyottomyys_alkoi",
    "etuus",
    "ansiopaivarahaoikeus",
    "tyomarkkinatukipaivat",
    "palvelulinja",
    "te_toimisto",
    "vastuuvirkailija",
    "sahkoposti",
    "puhelin",
)

COACH_COLUMNS = _columns(
    "valmentaja_id!",
    "nimi!",
    "alue!",
    "puhelin",
    "sahkoposti",
    "toimipiste",
    "kunnat",
    "kielet",
    "tiimi",
    "tyoaikaosuus",
    "enintaan",
    "te_virkailija",
)

TIE_COLUMNS = _columns("asiakasnumero!", "valmentaja_id!", "laji!", "syy!")

ANSWER_COLUMNS = _columns("client_id!", "area", "kuuluu!", "kuka!", "peruste!")

CORRECTION_COLUMNS = (
    Column(name="export", header="file"),
    Column(name="export_row", header="row", required=True),
    *_columns("column!", "corrected!", "sha256!"),
)

_REJECTED_COLUMNS = _columns("file!", "row!", "column!", "value!", "code!")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A table of some kind, told by the columns that must be there."""

    name: str
    columns: Sequence[Column]
    how: Phrase  # to hand it in


KINDS = (
    Kind(
        name=phrase("a TE-office export"),
        columns=CLIENT_COLUMNS,
        how=phrase("name it as an EXPORT"),
    ),
    Kind(
        name=phrase("a coaches file"),
        columns=COACH_COLUMNS,
        how=phrase("hand it in with --coaches"),
    ),
    Kind(
        name=phrase("a list of pins and bans"),
        columns=TIE_COLUMNS,
        how=phrase("hand it in with --ties"),
    ),
    Kind(
        name=phrase("a list for review"),
        columns=ANSWER_COLUMNS,
        how=phrase("hand it in with --reviewed"),
    ),
    Kind(
        name=phrase("a list of corrections"),
        columns=CORRECTION_COLUMNS,
        how=phrase("hand it in with --corrections"),
    ),
    Kind(
        name=phrase("a list of rejected rows"),
        columns=_REJECTED_COLUMNS,
        how=phrase("correct the cells in rejected.xlsx, and hand that in with --corrections"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Which header of a table stands for which of our columns."""

    places: Mapping[str, int]  # our column -> place of its header, from 0
    ignored: tuple[str, ...]  # headers that are none of ours, as they stand


def header_key(header: str) -> str:
    """Return what headers are compared by.

    Case, surrounding space, ``_``, space and ``-`` do not count; å and ä are a, ö is o.
    """
    plain = unicodedata.normalize("NFKD", header.casefold())
    return re.sub(r"[\s_\-\ufeff]|[\u0300-\u036f]", "", plain)


def count_known(
    headers: Sequence[str], columns: Sequence[Column], aliases: Mapping[str, str]
) -> int:
    """Return how many of the headers stand for one of our columns."""
    known = _known(columns, aliases)
    return sum(header_key(header) in known for header in headers)


def count_required(
    headers: Sequence[str], columns: Sequence[Column], aliases: Mapping[str, str]
) -> int:
    """Return how many of the columns that must be there the headers name."""
    known = _known(columns, aliases)
    found = {known.get(header_key(header)) for header in headers}
    return sum(column.required and column.name in found for column in columns)


def match_headers(
    file: str, headers: Sequence[str], columns: Sequence[Column], aliases: Mapping[str, str]
) -> Matched:
    """Return which header stands for which of our columns.

    Args:
        file: Name of the file, for the error.
        headers: As they stand in the file.
        columns: What we look for.
        aliases: Another header -> our column's name (a profile).

    Raises:
        InputError: If no header is ours, if headers that must be there are missing (all are
            named), or if two match the same column.
    """
    known = _known(columns, aliases)
    found: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        name = known.get(header_key(header))
        if name:
            found.setdefault(name, []).append(place)
    if count_required(headers, columns, aliases) < sum(column.required for column in columns):
        _refuse_other_kind(file, headers, columns)
    _refuse_no_header(file, found, columns)
    _refuse_doubles(file, headers, found)
    _refuse_missing(file, headers, found, columns)
    ours = {place for places in found.values() for place in places}
    return Matched(
        places={name: places[0] for name, places in found.items()},
        ignored=tuple(header for place, header in enumerate(headers) if place not in ours),
    )


def _known(columns: Sequence[Column], aliases: Mapping[str, str]) -> dict[str, str]:
    ours = {header_key(column.heading): column.name for column in columns}
    return {header_key(alias): name for alias, name in aliases.items()} | ours


def _refuse_other_kind(file: str, headers: Sequence[str], columns: Sequence[Column]) -> None:
    wanted = next(
        (kind.name for kind in KINDS if kind.columns is columns), phrase("a table of this kind")
    )
    for kind in KINDS:
        needed = sum(column.required for column in kind.columns)
        if kind.columns is not columns and count_required(headers, kind.columns, {}) == needed:
            raise InputError(
                phrase(
                    "{file}: is {kind}, not {wanted}", file=file, kind=kind.name, wanted=wanted
                ),
                hint=kind.how,
            )


def _refuse_no_header(file: str, found: Mapping[str, object], columns: Sequence[Column]) -> None:
    # What stands in the first line instead is not shown: it may be a person, and one of
    # their cells may happen to be a word of ours.
    if len(found) < _HEADERS_OF_A_HEADER:
        needed = ", ".join(column.heading for column in columns if column.required)
        problem = phrase("{file}: the first line is not a header", file=file)
        ours = [phrase("of our columns it has only `{name}`", name=name) for name in found]
        raise InputError(
            joined([problem, *ours], "; "),
            hint=phrase(
                "it must name at least the columns {needed}; if its "
                "delimiter is none of `;`, `,` and tab, say it with "
                "--delimiter",
                needed=needed,
            ),
        )


def _refuse_doubles(file: str, headers: Sequence[str], found: Mapping[str, Sequence[int]]) -> None:
    doubles = [
        f"`{name}` ({', '.join(_shown(headers[place]) for place in places)})"
        for name, places in found.items()
        if len(places) > 1
    ]
    if doubles:
        raise InputError(
            phrase(
                "{file}: more than one header stands for {doubles}",
                file=file,
                doubles=", ".join(doubles),
            ),
            hint=phrase(
                "keep one of them; case, spaces, `_`, `-` and dots over letters do not count"
            ),
        )


def _refuse_missing(
    file: str,
    headers: Sequence[str],
    found: Mapping[str, object],
    columns: Sequence[Column],
) -> None:
    missing = [
        f"`{column.heading}`" for column in columns if column.required and column.name not in found
    ]
    if missing:
        raise InputError(
            phrase("{file}: column {column} is missing", file=file, column=missing[0])
            if len(missing) == 1
            else phrase("{file}: columns {columns} are missing", file=file, columns=missing),
            hint=_list(headers),
        )


def _list(headers: Sequence[str]) -> Phrase:
    shown = [_shown(header) for header in headers if header.strip()][:_FOUND_SHOWN]
    more = len([header for header in headers if header.strip()]) - len(shown)
    if more:
        return counted(
            "found: {headers} and {count} more",
            "found: {headers} and {count} more",
            more,
            headers=shown,
        )
    return phrase("found: {headers}", headers=shown)


def _shown(header: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in header).split())
    return text if len(text) <= _HEADER_SHOWN else f"{text[:_HEADER_SHOWN]}…"
