"""Short names of criteria and rejections, for tables and charts."""

from collections.abc import Mapping

from kuntactl.domain.wording import Words
from kuntactl.report.vocabulary import words_for

GROUNDS: Mapping[str, Words] = {
    "no_earnings_related_right": Words(
        fi="ei oikeutta ansiopäivärahaan",
        sv="inte rätt till inkomstrelaterad dagpenning",
        en="no right to earnings-related allowance",
    ),
    "under_30": Words(fi="alle 30-vuotias", sv="under 30 år", en="under 30 years old"),
    "immigrant": Words(
        fi="muu kuin Suomen kansalaisuus",
        sv="annat medborgarskap än finskt",
        en="citizenship other than Finnish",
    ),
    "foreign_language": Words(
        fi="äidinkieli muu kuin suomi, ruotsi tai saame",
        sv="annat modersmål än finska, svenska eller samiska",
        en="mother tongue other than Finnish, Swedish or Sámi",
    ),
    "receives_kela_benefit": Words(
        fi="saa peruspäivärahaa tai työmarkkinatukea",
        sv="får grunddagpenning eller arbetsmarknadsstöd",
        en="receives basic allowance or labour market support",
    ),
    "not_over_30_on_earnings_related": Words(
        fi="ei saa ansiopäivärahaa tai on alle 30-vuotias",
        sv="får inte inkomstrelaterad dagpenning eller är under 30 år",
        en="receives no earnings-related allowance or is under 30",
    ),
    "under_25_unemployed_over_6_months": Words(
        fi="alle 25-vuotias, työttömänä yli 6 kuukautta",
        sv="under 25 år, arbetslös i mer än 6 månader",
        en="under 25, unemployed for more than 6 months",
    ),
    "from_25_support_over_200_days": Words(
        fi="25 vuotta täyttänyt, työmarkkinatukea yli 200 päivältä",
        sv="har fyllt 25 år, arbetsmarknadsstöd för mer än 200 dagar",
        en="25 or older, labour market support for more than 200 days",
    ),
    "over_25_support_over_200_days": Words(
        fi="yli 25-vuotias, työmarkkinatukea yli 200 päivältä",
        sv="över 25 år, arbetsmarknadsstöd för mer än 200 dagar",
        en="over 25, labour market support for more than 200 days",
    ),
}

FAILED: Mapping[str, Words] = {
    "job_search_in_force": Words(
        fi="työnhaku ei ole voimassa",
        sv="jobbsökningen är inte i kraft",
        en="job search is not in force",
    ),
    "unemployed_or_in_service": Words(
        fi="ei kuulu kohderyhmään työllisyyskoodin mukaan",
        sv="hör inte till målgruppen enligt sysselsättningskoden",
        en="not in the target group by the employment code",
    ),
}

MISSING: Mapping[str, Words] = {
    "home_municipality": Words(
        fi="kotikunta ei ole tiedossa",
        sv="hemkommunen är inte känd",
        en="the home municipality is not known",
    ),
}

REJECTIONS: Mapping[str, Words] = {
    "row_ragged": Words(
        fi="rivillä on väärä määrä soluja",
        sv="raden har fel antal celler",
        en="the row has the wrong number of cells",
    ),
    "bytes_undecodable": Words(
        fi="solun merkkejä ei voi lukea",
        sv="cellens tecken kan inte läsas",
        en="the characters of a cell cannot be read",
    ),
    "client_id_missing": Words(
        fi="asiakasnumero puuttuu", sv="kundnumret saknas", en="the client number is missing"
    ),
    "client_id_in_exponent_form": Words(
        fi="pyöristetty asiakasnumero", sv="avrundat kundnummer", en="rounded client number"
    ),
    "client_id_conflict": Words(
        fi="sama asiakasnumero, eri tiedot",
        sv="samma kundnummer, olika uppgifter",
        en="same client number, different facts",
    ),
    "row_repeated": Words(
        fi="sama rivi toistuu", sv="samma rad upprepas", en="the same row once more"
    ),
    "name_missing": Words(fi="nimi puuttuu", sv="namnet saknas", en="the name is missing"),
    "identity_code_missing": Words(
        fi="henkilötunnus puuttuu",
        sv="personbeteckningen saknas",
        en="the identity code is missing",
    ),
    "identity_code_invalid": Words(
        fi="henkilötunnus on virheellinen",
        sv="personbeteckningen är felaktig",
        en="the identity code is not valid",
    ),
    "identity_code_artificial": Words(
        fi="keinotekoinen henkilötunnus",
        sv="konstgjord personbeteckning",
        en="artificial identity code",
    ),
    "birth_date_conflict": Words(
        fi="syntymäaika ei vastaa henkilötunnusta",
        sv="födelsetiden motsvarar inte personbeteckningen",
        en="the birth date does not match the identity code",
    ),
    "birth_date_in_future": Words(
        fi="syntymäaika on tulevaisuudessa",
        sv="födelsetiden ligger i framtiden",
        en="the birth date is in the future",
    ),
    "municipality_missing": Words(
        fi="kotikunta puuttuu", sv="hemkommunen saknas", en="the home municipality is missing"
    ),
    "municipality_unknown": Words(
        fi="tuntematon kotikunta",
        sv="okänd hemkommun",
        en="unknown home municipality",
    ),
    "employment_code_unknown": Words(
        fi="tuntematon työllisyyskoodi",
        sv="okänd sysselsättningskod",
        en="unknown employment code",
    ),
    "date_invalid": Words(
        fi="virheellinen päivämäärä", sv="felaktigt datum", en="a date that is not a date"
    ),
    "number_invalid": Words(
        fi="virheellinen luku", sv="felaktigt tal", en="a number that is not a number"
    ),
    "flag_invalid": Words(
        fi="kyllä- tai ei-tieto puuttuu tai on virheellinen",
        sv="ja- eller nej-uppgiften saknas eller är felaktig",
        en="a yes or no is missing or not valid",
    ),
    "benefit_unknown": Words(fi="tuntematon etuus", sv="okänd förmån", en="unknown benefit"),
    "language_unknown": Words(fi="tuntematon kieli", sv="okänt språk", en="unknown language"),
    "citizenship_unknown": Words(
        fi="tuntematon kansalaisuus", sv="okänt medborgarskap", en="unknown citizenship"
    ),
    "service_line_unknown": Words(
        fi="tuntematon palvelulinja", sv="okänd servicelinje", en="unknown service line"
    ),
}

WARNINGS: Mapping[str, Words] = {
    "identity_code_shared": Words(
        fi="sama henkilötunnus usealla asiakasnumerolla",
        sv="samma personbeteckning under flera kundnummer",
        en="one identity code under several client numbers",
    ),
    "text_garbled": Words(
        fi="nimessä tai osoitteessa väärin luettu kirjain",
        sv="en felläst bokstav i namnet eller adressen",
        en="a letter read wrong in a name or address",
    ),
}


def short_name(code: str, short: Mapping[str, Words], long: Mapping[str, Words]) -> Words:
    """Return the short name, else the long one, else the code itself."""
    return short.get(code) or words_for(code, long)


def short_names(short: Mapping[str, Words], long: Mapping[str, Words]) -> Mapping[str, Words]:
    """Return each code of either table with its short name, else the long one."""
    return {
        code: short_name(code, short, long)
        for code in (*long, *(code for code in short if code not in long))
    }
