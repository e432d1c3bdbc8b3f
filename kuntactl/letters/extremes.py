"""The letters of a run that are furthest from the ordinary, to be looked at before all others."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from kuntactl.domain.types import Language, LetterStatus
from kuntactl.domain.wording import Words
from kuntactl.letters.letter import Letter
from kuntactl.letters.plan import Plan
from kuntactl.letters.window import ADDRESS_SIZE
from kuntactl.typeset.fonts import text_width

MOST_OF_A_SORT = 60  # a sort of difference with more than this is shown by the first so many
_RAREST = 20  # characters
_EVERYDAY = frozenset("abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ0123456789 -.,/'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme:
    """A way in which a letter is far from the ordinary."""

    code: str
    words: Words  # with {detail}


EXTREMES: Mapping[str, Extreme] = {
    extreme.code: extreme
    for extreme in (
        Extreme(
            code="longest_name",
            words=Words(fi="pisin nimi", sv="längsta namnet", en="longest name"),
        ),
        Extreme(
            code="widest_line",
            words=Words(
                fi="levein osoiterivi", sv="bredaste adressraden", en="widest address line"
            ),
        ),
        Extreme(
            code="most_lines",
            words=Words(
                fi="eniten osoiterivejä: {detail}",
                sv="flest adressrader: {detail}",
                en="most address lines: {detail}",
            ),
        ),
        Extreme(
            code="longest_coach",
            words=Words(
                fi="pisin omavalmentajan nimi",
                sv="längsta coachnamnet",
                en="longest name of a coach",
            ),
        ),
        Extreme(
            code="no_coach",
            words=Words(fi="ei omavalmentajaa", sv="ingen egen coach", en="no coach"),
        ),
        Extreme(
            code="kind",
            words=Words(
                fi="kirje ja kieli: {detail}",
                sv="brev och språk: {detail}",
                en="letter and language: {detail}",
            ),
        ),
        Extreme(
            code="grounds",
            words=Words(fi="perusteet: {detail}", sv="grunder: {detail}", en="grounds: {detail}"),
        ),
        Extreme(
            code="municipality",
            words=Words(fi="kunta: {detail}", sv="kommun: {detail}", en="municipality: {detail}"),
        ),
        Extreme(
            code="layout",
            words=Words(fi="asettelu {detail}", sv="layout {detail}", en="layout {detail}"),
        ),
        Extreme(
            code="rare_letter",
            words=Words(
                fi="harvinainen merkki: {detail}",
                sv="ovanligt tecken: {detail}",
                en="rare character: {detail}",
            ),
        ),
        Extreme(
            code="refused",
            words=Words(
                fi="tekstit eivät mahdu valmiiseen asetteluun (näitä {detail})",
                sv="texterna ryms inte i den färdiga layouten (sådana finns {detail})",
                en="texts do not fit the finished layout (of these {detail})",
            ),
        ),
        Extreme(
            code="most_pages",
            words=Words(
                fi="eniten sivuja: {detail}", sv="flest sidor: {detail}", en="most pages: {detail}"
            ),
        ),
    )
}
_GROUPS = ("kind", "grounds", "municipality", "layout")  # columns of the frame, and codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a letter is in the pack."""

    code: str  # a key of EXTREMES
    detail: str = ""


def extremes_of(
    planned: Plan, clients: pl.DataFrame, *, refused: Sequence[str] = ()
) -> Mapping[str, list[Reason]]:
    """Return the letters to look at, by id in the order of the run, each with why.

    Letters under non-disclosure are never among them, nor are those that cannot be sent. Which
    letter stands for a group follows from the letters alone; one that is there already for
    another reason is taken first.

    Args:
        planned: The letters of the run.
        clients: ``domain.schema.Clients``; their names, which may go over several lines.
        refused: Letters whose texts do not fit the layout that others of them have; the first
            of them is shown.
    """
    rows = _rows(planned, clients)
    if rows.is_empty():
        return {}
    chosen: dict[str, list[Reason]] = {}
    shown = rows.filter(pl.col("letter_id").is_in([*refused]))["letter_id"]
    whole = [(one, _why("refused", str(len(shown)))) for one in shown[:1]]
    for letter_id, reason in (*_furthest(rows), *_rarest(rows), *whole):
        chosen.setdefault(letter_id, []).append(reason)
    for code in _GROUPS:
        for letter_id, reason in _of_each(rows, code, chosen=set(chosen)):
            chosen.setdefault(letter_id, []).append(reason)
    order = [letter_id for letter_id in rows["letter_id"] if letter_id in chosen]
    return {letter_id: chosen[letter_id] for letter_id in order}


def _rows(planned: Plan, clients: pl.DataFrame) -> pl.DataFrame:
    """Return what tells the letters apart, one row a letter that goes into a print run."""
    layouts: dict[Any, int] = {}
    names = clients.select(
        "client_id",
        name=pl.concat_str("given_names", "family_name", separator=" ", ignore_nulls=True),
    )
    rows = planned.rows.filter(pl.col("status") == LetterStatus.WRITTEN.value).join(
        names, on="client_id", how="left", maintain_order="left"
    )
    return pl.DataFrame(
        [
            _row(planned.letters[row["letter_id"]], row, layouts)
            for row in rows.iter_rows(named=True)
        ],
        schema=_SCHEMA,
    )


_SCHEMA: dict[str, Any] = {
    "letter_id": pl.String,
    "name": pl.String,
    "lines": pl.List(pl.String),
    "coach": pl.String,
    "has_coach": pl.Boolean,
    "text": pl.String,  # all that is the client's own
    **dict.fromkeys(_GROUPS, pl.String),
}


def _row(letter: Letter, row: Mapping[str, Any], layouts: dict[Any, int]) -> dict[str, Any]:
    own, choices = letter.fields[0], letter.choices[0]
    reason = f" {row['reason']}" if row.get("reason") else ""
    office = choices.office.name if choices.office else "–"
    layout = layouts.setdefault(letter.choices, len(layouts) + 1)
    return {
        "letter_id": letter.letter_id,
        "name": row["name"],
        "lines": own.recipient,
        "coach": own.coach_name,
        "has_coach": choices.has_coach,
        "text": " ".join([*own.recipient, own.coach_name or "", own.coach_email or ""]),
        "kind": f"{row['kind']}{reason} {row['lang']}",
        "grounds": ", ".join(own.grounds),
        "municipality": f"{row['area']}: {own.municipality}" if own.municipality else None,
        "layout": f"{layout} ({row['area']}, {office}, {choices.team})",
    }


def _furthest(rows: pl.DataFrame) -> Iterator[tuple[str, Reason]]:
    """Yield the letters with the longest, the widest and the most."""
    yield _first(rows.sort(pl.col("name").str.len_chars(), descending=True)), _why("longest_name")
    lines = rows.select("letter_id", line="lines").explode("line")
    longest = lines.sort(pl.col("line").str.len_chars(), descending=True).head(50)
    widths = [text_width(line, size=ADDRESS_SIZE) for line in longest["line"]]
    yield longest["letter_id"][widths.index(max(widths))], _why("widest_line")
    count = pl.col("lines").list.len()
    yield (
        _first(rows.sort(count, descending=True)),
        _why("most_lines", str(rows.select(count.max()).item())),
    )
    coached = rows.drop_nulls("coach")
    if coached.height:
        longest_coach = coached.sort(pl.col("coach").str.len_chars(), descending=True)
        yield _first(longest_coach), _why("longest_coach")
    alone = rows.filter(~pl.col("has_coach"))
    if alone.height:
        yield _first(alone), _why("no_coach")


def _rarest(rows: pl.DataFrame) -> Iterator[tuple[str, Reason]]:
    """Yield a letter for each of the characters that stand in the fewest letters."""
    characters = (
        rows.select("letter_id", character=pl.col("text").str.split(""))
        .explode("character")
        .filter(~pl.col("character").is_in([*_EVERYDAY, ""]))
        .group_by("character", maintain_order=True)
        .agg(pl.col("letter_id").first(), letters=pl.col("letter_id").n_unique())
        .sort("letters", "character")
        .head(_RAREST)
    )
    for character, letter_id, _ in characters.iter_rows():
        name = unicodedata.name(character, f"U+{ord(character):04X}")
        yield letter_id, _why("rare_letter", f"{character} ({name})")


def _of_each(rows: pl.DataFrame, code: str, *, chosen: set[str]) -> Iterator[tuple[str, Reason]]:
    """Yield a letter for each value of a column, one that is chosen already if there is one."""
    is_chosen = pl.col("letter_id").is_in(sorted(chosen))
    groups = (
        rows.drop_nulls(code)
        .filter(pl.col(code) != "")
        .with_columns(is_chosen=is_chosen)
        .sort("is_chosen", descending=True, maintain_order=True)
        .group_by(code, maintain_order=True)
        .agg(pl.col("letter_id").first())
        .sort(code)
        .head(MOST_OF_A_SORT)
    )
    for detail, letter_id in groups.iter_rows():
        yield letter_id, _why(code, detail)


def _first(rows: pl.DataFrame) -> str:
    letter_id: str = rows["letter_id"][0]
    return letter_id


def _why(code: str, detail: str = "") -> Reason:
    return Reason(code=code, detail=detail)


def in_words(reasons: Sequence[Reason], language: Language) -> list[str]:
    """Return the reasons as a person reads them."""
    return [
        EXTREMES[reason.code].words.in_language(language).format(detail=reason.detail)
        for reason in reasons
    ]
