"""The lists that come back filled in, as workbooks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from kuntactl.domain.types import AreaId, Language
from kuntactl.domain.wording import Words
from kuntactl.report.listbook import Blank, ListBook, list_workbook
from kuntactl.report.lists import REJECTED_COLUMNS

_REJECTED = ListBook(
    title=Words(fi="Hylätyt rivit", sv="Underkända rader", en="Rejected rows"),
    file="rejected.csv",
    narrow=frozenset({"sha256"}),
    blanks=(
        Blank(
            column="corrected",
            unless_blank="column",
            note=Words(
                fi="Kirjoita tähän oikea arvo. Jos solun kuuluu olla tyhjä, kirjoita (tyhjä). "
                "Anna tiedosto sitten valitsimella --corrections. Harmaan rivin voi korjata "
                "vain viennissä.",
                sv="Skriv det rätta värdet här. Om cellen ska vara tom, skriv (tom). Lämna sedan "
                "in filen med --corrections. En grå rad kan bara rättas i exporten.",
                en="Write the right value here. If the cell must be blank, write (blank). Then "
                "hand the file in with --corrections. A grey line can be mended in the export "
                "only.",
            ),
        ),
    ),
)

_WHERE = Words(
    fi="Kotikunta ei ole tiedossa: jos asiakas kuuluu kohderyhmään, kerro, mihin alueeseen.",
    sv="Hemkommunen är inte känd: om kunden hör till målgruppen, ange vilket område.",
    en="The home municipality is not known: if the client belongs, say to which area.",
)
_WHO = Words(
    fi="Kuka asian on selvittänyt.", sv="Vem som har utrett saken.", en="Who has found it out."
)
_WHY = Words(
    fi="Mihin vastaus perustuu.", sv="Vad svaret grundar sig på.", en="What the answer rests on."
)
_REVIEW = ListBook(
    title=Words(fi="Tarkistettavat", sv="Ska kontrolleras", en="To be checked"),
    file="review.csv",
    blanks=(
        Blank(
            column="kuuluu",
            choices=("K", "E"),
            note=Words(
                fi="K = kuuluu kohderyhmään, E = ei kuulu. Täytä myös kuka ja peruste, ja anna "
                "tiedosto valitsimella --reviewed.",
                sv="K = hör till målgruppen, E = hör inte till. Fyll också i kuka (vem) och "
                "peruste (grund), och lämna in filen med --reviewed.",
                en="K = belongs to the target group, E = does not. Fill in kuka (who) and "
                "peruste (the reason), too, and hand the file in with --reviewed.",
            ),
        ),
        Blank(column="kuka", note=_WHO),
        Blank(column="peruste", note=_WHY),
    ),
)


def rejected_workbook(rejected: pl.DataFrame, *, language: Language, on: date) -> bytes:
    """Return rejected.xlsx: the lines of rejected.csv, each with a cell for the right value.

    Args:
        rejected: Schema ``Rejected``; it already hides what may not be shown.
        language: Of the sheet's title and notes; the columns have one name in each language.
        on: The day of the decision.
    """
    lines = rejected.select(
        *REJECTED_COLUMNS, pl.lit(None, pl.String).alias("corrected"), "sha256"
    )
    return list_workbook(_REJECTED, lines, language=language, on=on)


def review_workbook(
    questions: pl.DataFrame, *, areas: Sequence[AreaId], language: Language, on: date
) -> bytes:
    """Return review.xlsx: the lines and columns of review.csv.

    Args:
        questions: As ``lists.review_list`` returns them.
        areas: Those to choose from where no home municipality tells the area.
        language: Of the sheet's title and notes.
        on: The day of the decision.
    """
    where = Blank(column="area", note=_WHERE, choices=tuple(areas), where_blank=True)
    book = replace(_REVIEW, blanks=(where, *_REVIEW.blanks))
    return list_workbook(book, questions, language=language, on=on)
