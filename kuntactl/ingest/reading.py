"""The export's cells read as facts of a client, column by column."""

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import polars as pl

from kuntactl.domain.postal import DOMESTIC, normal_postal_code
from kuntactl.ingest import values
from kuntactl.ingest.codes import citizenships, languages, municipality_codes
from kuntactl.ingest.columns import CLIENT_COLUMNS
from kuntactl.ingest.distinct import by_distinct
from kuntactl.ingest.identity import birth_date

FINNISH = "fi"
SWEDISH = "sv"
FINNISH_CITIZEN = "246"
FINLAND = "FI"
SERVICE_LANGUAGES = (FINNISH, SWEDISH)
EMPLOYMENT_CODES = frozenset(f"{code:02}" for code in range(10))
EMPLOYMENT_UNKNOWN = "z"
BENEFITS = frozenset({"01", "02", "03", "04", "06", "07"})
SERVICE_LINES = frozenset(f"{code:02}" for code in range(6))

BORN_BY_CODE = "born_by_code"  # Date in the identity code; null: no valid code
BORN_BY_CELL = "born_by_cell"  # Date in syntymaaika; null: blank, unknown or no date


def trim(rows: pl.DataFrame, loose: Collection[str]) -> pl.DataFrame:
    """Return the rows with every cell of the export trimmed, blank as null.

    Args:
        rows: The export's columns as text.
        loose: Those in which any cell needs it.
    """
    return rows.with_columns(
        values.trimmed(pl.col(column.name)).alias(column.name)
        for column in CLIENT_COLUMNS
        if column.name in loose
    )


def read_facts(cells: pl.DataFrame, *, on: date, loose: Collection[str]) -> pl.DataFrame:
    """Return the cells with what they mean beside them.

    Args:
        cells: Trimmed text under the export's names.
        on: The decision day: its year's municipalities count.
        loose: The columns in which any cell has space that one line does not have.

    Returns:
        ``cells``, and beside them the columns of ``domain.schema.Clients`` other than
        ``file`` and ``row``, ``born_by_code``, ``born_by_cell`` and for each column of dates
        ``is_day`` of it. A cell that cannot be read is null there; the blanks that mean
        something are filled.
    """
    cell = pl.col
    by_value = _by_value(on)
    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        read = threads.map(lambda name: by_distinct(cells[name], by_value[name]), by_value)
        facts = pl.concat([cells, *read], how="horizontal")
    return facts.with_columns(
        birth_date(cell("henkilotunnus")).alias(BORN_BY_CODE),
        **{
            fact: values.one_line(cell(column)) if column in loose else cell(column)
            for column, fact in _LINES.items()
        },
    ).with_columns(
        pl.coalesce(BORN_BY_CODE, BORN_BY_CELL).alias("born"),
        _service_language().alias("service_language"),
        pl.when(cell("country").is_in(list(DOMESTIC)))
        .then(_POSTAL_CODE_AT_HOME)
        .otherwise("postinumero")
        .alias("postal_code"),
        cell("asiakasnumero").alias("client_id"),
        cell("henkilotunnus").alias("identity_code"),
        cell("te_toimisto").alias("office_code"),
        cell("vastuuvirkailija").alias("officer_id"),
        cell("sahkoposti").alias("email"),
    )


# Our column -> the fact that is the same text on one line.
_LINES = {
    "sukunimi": "family_name",
    "etunimet": "given_names",
    "lahiosoite": "street",
    "postitoimipaikka": "post_office",
    "osoitelisa": "address_extra",
    "yhteysosoite": "contact_address",
    "puhelin": "phone",
}
_POSTAL_CODE_AT_HOME = "postal_code_at_home"
_SERVICE_LANGUAGE_NAMED = "service_language_named"


def is_day(column: str) -> str:
    """Return the name of the fact that a cell of the column is a day, or a word for one."""
    return f"{column}_is_day"


def _by_value(on: date) -> Mapping[str, Mapping[str, pl.Expr]]:
    """Return by column the facts that rest on its text alone, each over that column."""

    def code(column: str, known: Iterable[str], *, digits: int = 2) -> pl.Expr:
        return values.one_of(values.padded(pl.col(column), digits=digits), known)

    begins, ends = "tyonhaku_alkoi", "tyonhaku_paattyi"
    postal_code = pl.col("postinumero")
    return {
        **_of_days("syntymaaika", BORN_BY_CELL),
        **_of_days(begins, "search_from"),
        ends: _of_days(ends, "search_to", end=True)[ends]
        | {"search_open": values.open_ended(pl.col(ends))},
        **_of_days("tyottomyys_alkoi", "unemployed_from"),
        "aidinkieli": {"mother_tongue": _language(pl.col("aidinkieli"))},
        "asiointikieli": {_SERVICE_LANGUAGE_NAMED: _by_list(pl.col("asiointikieli"), languages())},
        "kansalaisuus": {
            "citizenship": _citizenship(code("kansalaisuus", citizenships(), digits=3))
        },
        "kotikunta": {"municipality": _by_list(pl.col("kotikunta"), municipality_codes(on.year))},
        "turvakielto": {"protected": values.flag(pl.col("turvakielto"))},
        "tyollisyyskoodi": {"employment_code": code("tyollisyyskoodi", EMPLOYMENT_CODES)},
        "etuus": {"benefit": code("etuus", BENEFITS)},
        "ansiopaivarahaoikeus": {"earnings_right": values.flag(pl.col("ansiopaivarahaoikeus"))},
        "tyomarkkinatukipaivat": {
            "support_days": values.whole_number(pl.col("tyomarkkinatukipaivat"))
        },
        "palvelulinja": {"service_line": code("palvelulinja", SERVICE_LINES)},
        "postinumero": {_POSTAL_CODE_AT_HOME: normal_postal_code(postal_code)},
        "maa": {"country": pl.col("maa").str.to_uppercase().fill_null(FINLAND)},
    }


def _of_days(column: str, fact: str, *, end: bool = False) -> dict[str, dict[str, pl.Expr]]:
    text = pl.col(column)
    return {
        column: {
            fact: values.known_day(text),
            is_day(column): values.is_known_day(text, end=end),
        }
    }


def _language(text: pl.Expr) -> pl.Expr:
    """Return the mother tongue; blank means Finnish, as in the register."""
    return pl.when(text.is_null()).then(pl.lit(FINNISH)).otherwise(_by_list(text, languages()))


def _service_language() -> pl.Expr:
    """Return fi or sv; blank means Swedish for Swedish speakers, else Finnish."""
    text, named = pl.col("asiointikieli"), pl.col(_SERVICE_LANGUAGE_NAMED)
    by_tongue = (
        pl.when(pl.col("mother_tongue") == SWEDISH)
        .then(pl.lit(SWEDISH))
        .otherwise(pl.lit(FINNISH))
    )
    return (
        pl.when(text.is_null())
        .then(by_tongue)
        .when(named.is_in(list(SERVICE_LANGUAGES)))
        .then(named)
    )


def _citizenship(code: pl.Expr) -> pl.Expr:
    """Return three digits; blank means Finnish, as in the register."""
    return pl.when(pl.col("kansalaisuus").is_null()).then(pl.lit(FINNISH_CITIZEN)).otherwise(code)


def _by_list(text: pl.Expr, known: Mapping[str, str]) -> pl.Expr:
    return (
        values.one_line(text)
        .str.to_lowercase()
        .replace_strict(known, default=None, return_dtype=pl.String)
    )
