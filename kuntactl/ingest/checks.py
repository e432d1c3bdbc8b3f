"""The checks that an exported row must pass, as a table of records."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from kuntactl.domain.wording import Words
from kuntactl.ingest.check import Check
from kuntactl.ingest.code_checks import code_checks
from kuntactl.ingest.exponents import is_in_exponent_form
from kuntactl.ingest.identity import is_artificial
from kuntactl.ingest.plain import CELLS_FOUND
from kuntactl.ingest.reading import BORN_BY_CELL, BORN_BY_CODE, is_day

# From this day a client may be without a home municipality: holders of temporary protection
# (Act 1269/2020 as changed by HE 295/2022).
HOME_MUNICIPALITY_OPTIONAL_FROM = date(2023, 3, 1)


def checks(*, on: date, reject_artificial: bool) -> tuple[Check, ...]:
    """Return every check, in the order in which a row's problems are listed."""
    return (
        *_of_the_row(),
        *_of_the_person(on=on, reject_artificial=reject_artificial),
        *_of_the_municipality(on=on),
        *_of_the_dates(),
        *code_checks(),
    )


def _of_the_row() -> Iterator[Check]:
    number = pl.col("asiakasnumero")
    yield Check(
        code="row_ragged",
        column=None,
        fails=pl.col(CELLS_FOUND) > 0,
        of_ragged=True,
        message=Words(
            fi="rivillä on {cells_found} solua ja otsikossa {width}; niitä pitää olla yhtä monta",
            sv="raden har {cells_found} celler och rubrikraden {width}; de ska vara lika många",
            en="the row has {cells_found} cells and the header {width}; they must be as many",
        ),
    )
    yield Check(
        code="row_ragged",
        column=None,
        fails=pl.col(CELLS_FOUND) == 0,
        of_ragged=True,
        message=Words(
            fi="rivin lainausmerkit eivät täsmää; lainattu solu alkaa lainausmerkillä "
            "ja päättyy lainausmerkkiin",
            sv="citattecknen på raden bildar inte par; en citerad cell börjar och slutar "
            "med citattecken",
            en="the quotes in the row do not pair; a quoted cell begins and ends with a quote",
        ),
    )
    yield Check(
        code="row_repeated",
        column=None,
        fails=pl.col("repeats").is_not_null(),
        message=Words(
            fi="sama rivi on jo aiemmin: {repeats}; jätä vain yksi",
            sv="samma rad finns redan tidigare: {repeats}; behåll en",
            en="the same row came before: {repeats}; keep one",
        ),
    )
    yield Check(
        code="client_id_missing",
        column="asiakasnumero",
        fails=pl.col("client_id").is_null(),
        message=Words(
            fi="asiakasnumero puuttuu; jokaisella asiakkaalla on oltava sellainen",
            sv="kundnumret saknas; varje kund måste ha ett",
            en="the client number is missing; every client must have one",
        ),
    )
    yield Check(
        code="client_id_in_exponent_form",
        column="asiakasnumero",
        fails=is_in_exponent_form(number),
        message=Words(
            fi="taulukkolaskenta on pyöristänyt asiakasnumeron; kirjoita numero kokonaan, "
            "tekstinä",
            sv="ett kalkylprogram har avrundat kundnumret; skriv hela numret, som text",
            en="a spreadsheet has rounded the client number; write all of its digits, as text",
        ),
    )
    yield Check(
        code="client_id_conflict",
        column="asiakasnumero",
        fails=pl.col("conflicts").is_not_null() & ~is_in_exponent_form(number),
        message=Words(
            fi="samalla asiakasnumerolla on rivejä, joiden tiedot eroavat: {conflicts}; "
            "jätä vain oikea",
            sv="samma kundnummer finns på rader med olika uppgifter: {conflicts}; "
            "behåll den rätta",
            en="rows with this client number differ: {conflicts}; keep the right one",
        ),
    )


def _of_the_person(*, on: date, reject_artificial: bool) -> Iterator[Check]:
    code = pl.col("identity_code")
    yield Check(
        code="name_missing",
        column="sukunimi",
        fails=pl.col("family_name").is_null() & pl.col("given_names").is_null(),
        message=Words(
            fi="sekä sukunimi että etunimet puuttuvat; ainakin toinen tarvitaan",
            sv="både efternamn och förnamn saknas; det ena behövs",
            en="both family name and given names are missing; one of them is needed",
        ),
    )
    yield Check(
        code="identity_code_missing",
        column="henkilotunnus",
        fails=code.is_null(),
        message=Words(
            fi="henkilötunnus puuttuu",
            sv="personbeteckningen saknas",
            en="the personal identity code is missing",
        ),
    )
    yield Check(
        code="identity_code_invalid",
        column="henkilotunnus",
        fails=code.is_not_null() & pl.col(BORN_BY_CODE).is_null(),
        message=Words(
            fi="henkilötunnus on virheellinen: muoto, päivä, yksilönumero tai tarkistusmerkki "
            "ei täsmää",
            sv="personbeteckningen är felaktig: formen, datumet, individnumret eller "
            "kontrolltecknet stämmer inte",
            en="the personal identity code is wrong in its form, date, individual number or "
            "check character",
        ),
    )
    yield Check(
        code="birth_date_conflict",
        column="syntymaaika",
        fails=pl.col(BORN_BY_CELL) != pl.col(BORN_BY_CODE),
        message=Words(
            fi="syntymäaika ja henkilötunnus eivät täsmää; korjaa väärä tai jätä syntymäaika "
            "tyhjäksi",
            sv="födelsetiden och personbeteckningen stämmer inte överens; rätta den som är fel "
            "eller lämna födelsetiden tom",
            en="birth date and identity code disagree; correct the wrong one, or leave the birth "
            "date blank",
        ),
    )
    by_cell_alone = pl.col(BORN_BY_CODE).is_null() & (pl.col(BORN_BY_CELL) > on)
    for column, born_later in (
        ("henkilotunnus", pl.col(BORN_BY_CODE) > on),
        ("syntymaaika", by_cell_alone),
    ):
        yield Check(
            code="birth_date_in_future",
            column=column,
            fails=born_later,
            message=Words(
                fi=f"syntymäaika on myöhempi kuin {_finnish(on)}",
                sv=f"födelsetiden är efter {_finnish(on)}",
                en=f"the birth date is after {on}",
            ),
        )
    if reject_artificial:
        yield Check(
            code="identity_code_artificial",
            column="henkilotunnus",
            fails=pl.col(BORN_BY_CODE).is_not_null() & is_artificial(code),
            message=Words(
                fi="henkilötunnus on keinotekoinen (yksilönumero 900–999)",
                sv="personbeteckningen är konstgjord (individnummer 900–999)",
                en="the identity code is artificial (individual number 900–999)",
            ),
        )


def _of_the_municipality(*, on: date) -> Iterator[Check]:
    blank = pl.col("kotikunta").is_null()
    yield Check(
        code="municipality_missing",
        column="kotikunta",
        fails=blank & pl.lit(on < HOME_MUNICIPALITY_OPTIONAL_FROM),
        message=Words(
            fi="kotikunta puuttuu; anna kuntanumero tai nimi, ulkomailla asuvalle 200",
            sv="hemkommunen saknas; ange kommunnummer eller namn, utomlands 200",
            en="the home municipality is missing; give its code or name, abroad 200",
        ),
    )
    yield Check(
        code="municipality_unknown",
        column="kotikunta",
        fails=~blank & pl.col("municipality").is_null(),
        message=Words(
            fi=f"tällaista kuntaa ei ollut vuonna {on.year}; anna kuntanumero "
            "(esim. 638) tai nimi",
            sv=f"en sådan kommun fanns inte år {on.year}; ange kommunnummer (t.ex. 638) "
            "eller namn",
            en=f"there was no such municipality in {on.year}; give its code (such as 638) or name",
        ),
    )


def _of_the_dates() -> Iterator[Check]:
    for column in ("syntymaaika", "tyonhaku_alkoi", "tyonhaku_paattyi", "tyottomyys_alkoi"):
        yield Check(
            code="date_invalid",
            column=column,
            fails=pl.col(column).is_not_null() & ~pl.col(is_day(column)),
            message=Words(
                fi="päivää ei ole olemassa, tai sitä ei voi lukea; kirjoita 1.3.2021 "
                "tai 2021-03-01",
                sv="dagen finns inte eller går inte att läsa; skriv 1.3.2021 eller 2021-03-01",
                en="there is no such day, or it cannot be read; write 1.3.2021 or 2021-03-01",
            ),
        )


BROKEN_BYTES = Words(
    fi="solussa on muuta kuin tekstiä, tai taulukkolaskennan virhe tai laskematta jäänyt kaava; "
    "tarkista tiedoston merkistö tai kirjoita arvo",
    sv="cellen innehåller annat än text, eller ett fel eller en oräknad formel från ett "
    "kalkylprogram; kontrollera filens teckenkodning eller skriv värdet",
    en="the cell has bytes that are not text, or a spreadsheet's error or a formula that was not "
    "worked out; check the encoding of the file, or write the value",
)


def _finnish(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
