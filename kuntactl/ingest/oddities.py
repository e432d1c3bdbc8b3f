"""What is accepted and looks odd, for a person to look at."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from kuntactl.domain.types import Language
from kuntactl.domain.uniqueness import is_repeated
from kuntactl.domain.wording import Words
from kuntactl.ingest.check import filled

_NUMBERS_SHOWN = 5  # of other clients with the same identity code, in a message
_WRITTEN = (
    *("family_name", "given_names", "street", "post_office", "address_extra"),
    "contact_address",
)
# The letters of Finnish and Swedish beyond a-z take two bytes in UTF-8, of which the first is
# an à in Windows-1252, and the second no plain letter: "MÃ¤ki". No name is spelt so.
_FIRST_BYTE = "Ã"
_SECOND_BYTES = set(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")) - set("ŠŒŽšœžŸ")
_IN_TWO_PIECES = f"{_FIRST_BYTE}[{''.join(sorted(_SECOND_BYTES))}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Oddity:
    """One thing that may be wrong with a client who is accepted."""

    code: str
    message: Words  # {name} stands for a column of what was found: never personal data
    find: Callable[[pl.DataFrame], pl.DataFrame]  # of the accepted: who has it

    def lines(self, rows: pl.DataFrame, language: Language) -> pl.DataFrame:
        """Return ``order`` and the columns of ``Warnings`` for each row that has it."""
        return self.find(rows).select(
            "order",
            pl.col("file").cast(pl.String),
            *("row", "client_id"),
            code=pl.lit(self.code),
            message=filled(self.message.in_language(language)),
        )


def odd_by_themselves(accepted: pl.DataFrame, *, language: Language) -> pl.DataFrame:
    """Return a line for each thing that looks odd in a row by itself.

    Args:
        accepted: ``order`` and the columns of ``domain.schema.Clients``.
        language: Of the messages.

    Returns:
        ``order`` and the columns of ``domain.schema.Warnings``.
    """
    return _GARBLED.lines(accepted, language)


def odd_together(accepted: pl.DataFrame, *, language: Language) -> pl.DataFrame:
    """Return a line for each thing that looks odd beside other rows, wherever they stand.

    Args:
        accepted: ``order``, ``file``, ``row``, ``client_id`` and ``identity_code`` of all.
        language: Of the messages.

    Returns:
        ``order`` and the columns of ``domain.schema.Warnings``.
    """
    return _SHARED.lines(accepted, language)


def _sharing(rows: pl.DataFrame) -> pl.DataFrame:
    """Return who has the identity code of another client, with ``others``."""
    shared = (
        rows.filter(is_repeated(rows["identity_code"]))
        .group_by("identity_code")
        .agg(pl.col("client_id").sort().head(_NUMBERS_SHOWN + 1).alias("numbers"))
    )
    return rows.join(shared, on="identity_code", maintain_order="left").with_columns(
        pl.col("numbers")
        .list.set_difference(pl.concat_list("client_id"))
        .list.sort()
        .list.head(_NUMBERS_SHOWN)
        .list.join(", ")
        .alias("others")
    )


def _garbled(rows: pl.DataFrame) -> pl.DataFrame:
    """Return whose name or address has a letter that was read as two."""
    # A million rows are looked through for one letter first: hardly any has it.
    some = rows.filter(pl.any_horizontal(pl.col(_WRITTEN).str.contains(_FIRST_BYTE, literal=True)))
    return some.filter(pl.any_horizontal(pl.col(_WRITTEN).str.contains(_IN_TWO_PIECES)))


_SHARED = _Oddity(
    code="identity_code_shared",
    message=Words(
        fi="sama henkilötunnus on myös asiakasnumerolla {others}",
        sv="samma personbeteckning finns också under kundnummer {others}",
        en="the same identity code also stands under client number {others}",
    ),
    find=_sharing,
)
_GARBLED = _Oddity(
    code="text_garbled",
    message=Words(
        fi="nimessä tai osoitteessa on kirjain, joka on luettu kahtena (ä näkyy muodossa Ã¤); "
        "tarkista tiedoston merkistö",
        sv="namnet eller adressen har en bokstav som lästs som två (ä syns som Ã¤); "
        "kontrollera filens teckenkodning",
        en="the name or address has a letter that was read as two (ä shows as Ã¤); check the "
        "encoding of the file",
    ),
    find=_garbled,
)
