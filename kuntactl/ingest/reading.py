"""The export's cells read as facts of a client, column by column."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from kuntactl.ingest import values
from kuntactl.ingest.codes import citizenships, languages, municipality_codes
from kuntactl.ingest.columns import CLIENT_COLUMNS
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


def trim(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with every cell of the export trimmed, blank as null."""
    return rows.with_columns(
        values.trimmed(pl.col(column.name)).alias(column.name) for column in CLIENT_COLUMNS
    )


def read_facts(cells: pl.DataFrame, *, on: date) -> pl.DataFrame:
    """Return the cells with what they mean beside them.

    Args:
        cells: Trimmed text under the export's names.
        on: The decision day: its year's municipalities count.

    Returns:
        ``cells``, and beside them the columns of ``domain.schema.Clients`` other than
        ``file`` and ``row``, ``born_by_code`` and ``born_by_cell``. A cell that cannot be
        read is null there; the blanks that mean something are filled.
    """
    cell = pl.col
    return (
        cells.with_columns(
            birth_date(cell("henkilotunnus")).alias(BORN_BY_CODE),
            values.known_day(cell("syntymaaika")).alias(BORN_BY_CELL),
            _language(cell("aidinkieli")).alias("mother_tongue"),
            _by_list(cell("kotikunta"), municipality_codes(on.year)).alias("municipality"),
            values.flag(cell("turvakielto")).alias("protected"),
            **_search(),
            **_situation(),
        )
        .with_columns(
            pl.coalesce(BORN_BY_CODE, BORN_BY_CELL).alias("born"),
            _service_language().alias("service_language"),
            _citizenship().alias("citizenship"),
            **_address(),
        )
        .with_columns(
            cell("asiakasnumero").alias("client_id"),
            cell("henkilotunnus").alias("identity_code"),
            values.one_line(cell("sukunimi")).alias("family_name"),
            values.one_line(cell("etunimet")).alias("given_names"),
            cell("te_toimisto").alias("office_code"),
            cell("vastuuvirkailija").alias("officer_id"),
            cell("sahkoposti").alias("email"),
            values.one_line(cell("puhelin")).alias("phone"),
        )
    )


def _search() -> dict[str, pl.Expr]:
    begins, ends = pl.col("tyonhaku_alkoi"), pl.col("tyonhaku_paattyi")
    return {
        "search_from": values.known_day(begins),
        "search_to": values.known_day(ends),
        "search_open": values.open_ended(ends),
        "unemployed_from": values.known_day(pl.col("tyottomyys_alkoi")),
    }


def _situation() -> dict[str, pl.Expr]:
    def code(column: str, known: frozenset[str]) -> pl.Expr:
        return values.one_of(values.padded(pl.col(column), digits=2), known)

    return {
        "employment_code": code("tyollisyyskoodi", EMPLOYMENT_CODES),
        "benefit": code("etuus", BENEFITS),
        "earnings_right": values.flag(pl.col("ansiopaivarahaoikeus")),
        "support_days": values.whole_number(pl.col("tyomarkkinatukipaivat")),
        "service_line": code("palvelulinja", SERVICE_LINES),
    }


def _address() -> dict[str, pl.Expr]:
    postal_code, country = pl.col("postinumero"), pl.col("maa").str.to_uppercase()
    at_home = country.is_null() | (country == FINLAND)
    restored = pl.coalesce(values.padded(postal_code, digits=5), postal_code)
    return {
        "street": values.one_line(pl.col("lahiosoite")),
        "postal_code": pl.when(at_home).then(restored).otherwise(postal_code),
        "post_office": values.one_line(pl.col("postitoimipaikka")),
        "address_extra": values.one_line(pl.col("osoitelisa")),
        "country": country.fill_null(FINLAND),
        "contact_address": values.one_line(pl.col("yhteysosoite")),
    }


def _language(text: pl.Expr) -> pl.Expr:
    """Return the mother tongue; blank means Finnish, as in the register."""
    return pl.when(text.is_null()).then(pl.lit(FINNISH)).otherwise(_by_list(text, languages()))


def _service_language() -> pl.Expr:
    """Return fi or sv; blank means Swedish for Swedish speakers, else Finnish."""
    text = pl.col("asiointikieli")
    named = _by_list(text, languages())
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


def _citizenship() -> pl.Expr:
    """Return three digits; blank means Finnish, as in the register."""
    text = pl.col("kansalaisuus")
    return (
        pl.when(text.is_null())
        .then(pl.lit(FINNISH_CITIZEN))
        .otherwise(values.one_of(values.padded(text, digits=3), citizenships()))
    )


def _by_list(text: pl.Expr, known: Mapping[str, str]) -> pl.Expr:
    return (
        values.one_line(text)
        .str.to_lowercase()
        .replace_strict(known, default=None, return_dtype=pl.String)
    )
