"""The checks of cells that hold a code, a number or a flag."""

from collections.abc import Iterator

import polars as pl

from kuntactl.domain.wording import Words
from kuntactl.ingest import values
from kuntactl.ingest.check import Check
from kuntactl.ingest.reading import EMPLOYMENT_UNKNOWN


def _unread(column: str, fact: str) -> pl.Expr:
    return pl.col(column).is_not_null() & pl.col(fact).is_null()


def code_checks() -> Iterator[Check]:
    """Yield the checks, in the order in which a row's problems are listed."""
    employment = pl.col("tyollisyyskoodi")
    yield Check(
        code="employment_code_unknown",
        column="tyollisyyskoodi",
        fails=_unread("tyollisyyskoodi", "employment_code")
        & (employment.str.to_lowercase() != EMPLOYMENT_UNKNOWN),
        message=Words(
            fi="tällaista työllisyyskoodia ei ole; käytössä ovat 00–09, ja tyhjä tai z on "
            "tuntematon",
            sv="sysselsättningskoden finns inte; koderna är 00–09, och tomt eller z betyder okänd",
            en="there is no such employment code; it is 00–09, and blank or z is unknown",
        ),
    )
    yield Check(
        code="number_invalid",
        column="tyomarkkinatukipaivat",
        fails=_unread("tyomarkkinatukipaivat", "support_days"),
        message=Words(
            fi=f"päivien määrä on kokonaisluku väliltä 0–{values.MOST_DAYS}",
            sv=f"antalet dagar ska vara ett heltal från 0 till {values.MOST_DAYS}",
            en=f"the number of days must be a whole number from 0 to {values.MOST_DAYS}",
        ),
    )
    yield Check(
        code="flag_invalid",
        column="turvakielto",
        fails=pl.col("protected").is_null(),
        message=Words(
            fi="turvakiellon arvo on K tai E; tyhjä ei tarkoita, ettei turvakieltoa ole",
            sv="spärrmarkeringen ska vara K eller E; tomt betyder inte att den saknas",
            en="the non-disclosure flag must be K or E; blank does not mean that there is none",
        ),
    )
    yield Check(
        code="flag_invalid",
        column="ansiopaivarahaoikeus",
        fails=_unread("ansiopaivarahaoikeus", "earnings_right"),
        message=Words(
            fi="ansiopäivärahaoikeuden arvo on K tai E; tyhjä on tuntematon",
            sv="rätten till inkomstrelaterad dagpenning ska vara K eller E; tomt betyder okänd",
            en="the right to earnings-related allowance must be K or E; blank is unknown",
        ),
    )
    yield Check(
        code="benefit_unknown",
        column="etuus",
        fails=_unread("etuus", "benefit"),
        message=Words(
            fi="tällaista etuuslajia ei ole; käytössä ovat 01, 02, 03, 04, 06 ja 07",
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
            en="the mother tongue is not an ISO 639 code; another language is 98, unknown is 99",
        ),
    )
    yield Check(
        code="language_unknown",
        column="asiointikieli",
        fails=_unread("asiointikieli", "service_language"),
        message=Words(
            fi="asiointikieli on fi tai sv",
            sv="kontaktspråket ska vara fi eller sv",
            en="the language of service must be fi or sv",
        ),
    )
    yield Check(
        code="citizenship_unknown",
        column="kansalaisuus",
        fails=_unread("kansalaisuus", "citizenship"),
        message=Words(
            fi="kansalaisuutta ei ole maakoodeissa; koodissa on kolme numeroa "
            "(ISO 3166-1), esimerkiksi Suomi on 246",
            sv="medborgarskapet finns inte bland landskoderna; det är tre siffror (ISO 3166-1), "
            "Finland 246",
            en="the citizenship is not a country code: three digits (ISO 3166-1), Finland is 246",
        ),
    )
    yield Check(
        code="service_line_unknown",
        column="palvelulinja",
        fails=_unread("palvelulinja", "service_line"),
        message=Words(
            fi="tällaista palvelulinjaa ei ole; käytössä ovat 00–05",
            sv="servicelinjen finns inte; koderna är 00–05",
            en="there is no such service line; it is 00–05",
        ),
    )
