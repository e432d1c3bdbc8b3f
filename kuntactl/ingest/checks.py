"""The checks that an exported row must pass, as a table of records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from kuntactl.domain.wording import Words
from kuntactl.ingest import values
from kuntactl.ingest.identity import is_artificial
from kuntactl.ingest.reading import BORN_BY_CELL, BORN_BY_CODE, EMPLOYMENT_UNKNOWN
from kuntactl.ingest.records import CELLS_FOUND

# From this day a client may be without a home municipality: holders of temporary protection
# (Act 1269/2020 as changed by HE 295/2022).
HOME_MUNICIPALITY_OPTIONAL_FROM = date(2023, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must not be wrong with a row."""

    code: str  # as CONTRACT section 2 names it
    column: str | None  # whose cell is shown; none: the row as a whole
    fails: pl.Expr  # Boolean over ``reading.read_facts``; null passes
    message: Words  # {name} stands for the row's value of that column: never personal data
    of_ragged: bool = False  # whether a row of the wrong width is looked at


def checks(*, on: date, reject_artificial: bool) -> tuple[Check, ...]:
    """Return every check, in the order in which a row's problems are listed."""
    return (
        *_of_the_row(),
        *_of_the_person(on=on, reject_artificial=reject_artificial),
        *_of_the_municipality(on=on),
        *_of_the_dates(),
        *_of_the_codes(),
    )


def _of_the_row() -> Iterator[Check]:
    yield Check(
        code="row_ragged",
        column=None,
        fails=pl.col(CELLS_FOUND) > 0,
        of_ragged=True,
        message=Words(
            fi="rivillä on {cells_found} solua ja otsikossa {width}; niitä pitää olla yhtä monta",
            sv="raden har {cells_found} celler och rubriken {width}; de ska vara lika många",
            en="the row has {cells_found} cells and the header {width}; they must be as many",
        ),
    )
    yield Check(
        code="row_ragged",
        column=None,
        fails=pl.col(CELLS_FOUND) == 0,
        of_ragged=True,
        message=Words(
            fi="rivin lainausmerkit eivät täsmää; lainattu solu alkaa ja päättyy lainausmerkkiin",
            sv="radens citattecken går inte jämnt ut; en citerad cell börjar och slutar "
            "med citattecken",
            en="the quotes in the row do not pair; a quoted cell begins and ends with a quote",
        ),
    )
    yield Check(
        code="row_repeated",
        column=None,
        fails=pl.col("repeats").is_not_null(),
        message=Words(
            fi="sama rivi on jo aiemmin: {repeats}; jätä yksi",
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
        code="client_id_conflict",
        column="asiakasnumero",
        fails=pl.col("conflicts").is_not_null(),
        message=Words(
            fi="samalla asiakasnumerolla on rivejä, joiden tiedot eroavat: {conflicts}; "
            "jätä oikea",
            sv="samma kundnummer finns på rader med olika uppgifter: {conflicts}; "
            "behåll den rätta",
            en="rows with this client number differ: {conflicts}; keep the right one",
        ),
    )


def _of_the_person(*, on: date, reject_artificial: bool) -> Iterator[Check]:
    code, born = pl.col("identity_code"), pl.coalesce(BORN_BY_CODE, BORN_BY_CELL)
    yield Check(
        code="name_missing",
        column="sukunimi",
        fails=pl.col("family_name").is_null() & pl.col("given_names").is_null(),
        message=Words(
            fi="sekä sukunimi että etunimet puuttuvat; toinen niistä tarvitaan",
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
            en="the personal identity code is wrong: its form, date, individual number or "
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
            en="birth date and identity code disagree; mend the wrong one, or leave the birth "
            "date blank",
        ),
    )
    yield Check(
        code="birth_date_in_future",
        column="henkilotunnus",
        fails=born > on,
        message=Words(
            fi=f"syntymäaika on päivän {_finnish(on)} jälkeen",
            sv=f"födelsetiden är efter den {_finnish(on)}",
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
            fi="kotikunta puuttuu; anna kuntanumero tai nimi, ulkomailla 200",
            sv="hemkommunen saknas; ange kommunnummer eller namn, utomlands 200",
            en="the home municipality is missing; give its code or name, abroad 200",
        ),
    )
    yield Check(
        code="municipality_unknown",
        column="kotikunta",
        fails=~blank & pl.col("municipality").is_null(),
        message=Words(
            fi=f"kotikuntaa ei ollut vuonna {on.year}; anna kuntanumero (esim. 638) tai nimi",
            sv=f"hemkommunen fanns inte år {on.year}; ange kommunnummer (t.ex. 638) eller namn",
            en=f"there was no such municipality in {on.year}; give its code (such as 638) or name",
        ),
    )


def _of_the_dates() -> Iterator[Check]:
    for column in ("syntymaaika", "tyonhaku_alkoi", "tyonhaku_paattyi", "tyottomyys_alkoi"):
        text = pl.col(column)
        ends = column == "tyonhaku_paattyi"
        yield Check(
            code="date_invalid",
            column=column,
            fails=text.is_not_null() & ~values.is_known_day(text, end=ends),
            message=Words(
                fi="päivää ei ole tai sitä ei voi lukea; kirjoita 1.3.2021 tai 2021-03-01",
                sv="dagen finns inte eller går inte att läsa; skriv 1.3.2021 eller 2021-03-01",
                en="there is no such day, or it cannot be read; write 1.3.2021 or 2021-03-01",
            ),
        )


def _unread(column: str, fact: str) -> pl.Expr:
    return pl.col(column).is_not_null() & pl.col(fact).is_null()


def _of_the_codes() -> Iterator[Check]:
    employment = pl.col("tyollisyyskoodi")
    yield Check(
        code="employment_code_unknown",
        column="tyollisyyskoodi",
        fails=_unread("tyollisyyskoodi", "employment_code")
        & (employment.str.to_lowercase() != EMPLOYMENT_UNKNOWN),
        message=Words(
            fi="työllisyyskoodia ei ole; käytössä ovat 00–09, ja tyhjä tai z on tuntematon",
            sv="sysselsättningskoden finns inte; koderna är 00–09, och tomt eller z är okänt",
            en="there is no such employment code; it is 00–09, and blank or z is unknown",
        ),
    )
    yield Check(
        code="number_invalid",
        column="tyomarkkinatukipaivat",
        fails=_unread("tyomarkkinatukipaivat", "support_days"),
        message=Words(
            fi=f"päivien määrä on kokonaisluku väliltä 0–{values.MOST_DAYS}",
            sv=f"antalet dagar är ett heltal från 0 till {values.MOST_DAYS}",
            en=f"the number of days is a whole number from 0 to {values.MOST_DAYS}",
        ),
    )
    yield Check(
        code="flag_invalid",
        column="turvakielto",
        fails=pl.col("protected").is_null(),
        message=Words(
            fi="turvakielto on K tai E; tyhjä ei tarkoita, ettei sitä ole",
            sv="spärrmarkeringen är K eller E; tomt betyder inte att den saknas",
            en="the non-disclosure flag is K or E; blank does not mean that there is none",
        ),
    )
    yield Check(
        code="flag_invalid",
        column="ansiopaivarahaoikeus",
        fails=_unread("ansiopaivarahaoikeus", "earnings_right"),
        message=Words(
            fi="oikeus ansiopäivärahaan on K tai E; tyhjä on tuntematon",
            sv="rätten till inkomstrelaterad dagpenning är K eller E; tomt är okänt",
            en="the right to earnings-related allowance is K or E; blank is unknown",
        ),
    )
    yield Check(
        code="benefit_unknown",
        column="etuus",
        fails=_unread("etuus", "benefit"),
        message=Words(
            fi="etuuslajia ei ole; käytössä ovat 01, 02, 03, 04, 06 ja 07",
            sv="förmånsslaget finns inte; koderna är 01, 02, 03, 04, 06 och 07",
            en="there is no such benefit; it is 01, 02, 03, 04, 06 or 07",
        ),
    )
    yield Check(
        code="language_unknown",
        column="aidinkieli",
        fails=_unread("aidinkieli", "mother_tongue"),
        message=Words(
            fi="äidinkieltä ei ole kielikoodeissa (ISO 639); muu kieli on 98, tuntematon 99",
            sv="modersmålet finns inte bland språkkoderna (ISO 639); annat språk är 98, okänt 99",
            en="the mother tongue is no code of ISO 639; another language is 98, unknown is 99",
        ),
    )
    yield Check(
        code="language_unknown",
        column="asiointikieli",
        fails=_unread("asiointikieli", "service_language"),
        message=Words(
            fi="asiointikieli on fi tai sv",
            sv="kontaktspråket är fi eller sv",
            en="the language of service is fi or sv",
        ),
    )
    yield Check(
        code="citizenship_unknown",
        column="kansalaisuus",
        fails=_unread("kansalaisuus", "citizenship"),
        message=Words(
            fi="kansalaisuutta ei ole maakoodeissa; se on kolme numeroa (ISO 3166-1), Suomi 246",
            sv="medborgarskapet finns inte bland landskoderna; det är tre siffror (ISO 3166-1), "
            "Finland 246",
            en="the citizenship is no country code: three digits (ISO 3166-1), Finland is 246",
        ),
    )
    yield Check(
        code="service_line_unknown",
        column="palvelulinja",
        fails=_unread("palvelulinja", "service_line"),
        message=Words(
            fi="palvelulinjaa ei ole; käytössä ovat 00–05",
            sv="servicelinjen finns inte; koderna är 00–05",
            en="there is no such service line; it is 00–05",
        ),
    )


BROKEN_BYTES = Words(
    fi="solussa on tavuja, jotka eivät ole tekstiä; tarkista tiedoston merkistö",
    sv="cellen har byte som inte är text; kontrollera filens teckenkodning",
    en="the cell has bytes that are no text; check the encoding of the file",
)


def _finnish(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
