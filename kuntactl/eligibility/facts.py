"""How the facts that decisions rest on read in words, for the one who asks why."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kuntactl.domain.codes import BENEFITS, EMPLOYMENT
from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words

Row = Mapping[str, Any]  # one row of Clients, and ``completed_years``

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_in_words(day: date, language: Language) -> str:
    """Return ``1.3.2021`` in Finnish and Swedish, ``1 March 2021`` in English."""
    if language is Language.EN:
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def facts_in_words(facts: tuple[str, ...], row: Row, language: Language) -> str:
    """Return what the row says of the facts, parted by commas."""
    return ", ".join(
        said
        for fact in facts
        if (said := _SEEN[fact](row).in_language(language).format(**_values(row, language)))
    )


def _values(row: Row, language: Language) -> dict[str, str]:
    """Return each fact of the row as it reads in the language; unknown ones are left out."""
    values = {
        name: day_in_words(value, language) if isinstance(value, date) else str(value)
        for name, value in row.items()
        if value is not None
    }
    for name, names in (("employment_code", EMPLOYMENT), ("benefit", BENEFITS)):
        if row.get(name) in names:
            values[name] += f" ({names[row[name]].in_language(language)})"
    return values


def _known_or_not(fact: str, known: Words, unknown: Words) -> Callable[[Row], Words]:
    return lambda row: unknown if row[fact] is None else known


def _end_of_search(row: Row) -> Words:
    if row["search_open"]:
        return Words(fi="ei päättymispäivää", sv="inget slutdatum", en="no end")
    if row["search_to"] is None:
        return Words(
            fi="päättymispäivä ei ole tiedossa",
            sv="slutdatumet är inte känt",
            en="end not known",
        )
    return Words(fi="viimeinen päivä {search_to}", sv="sista dag {search_to}", en="to {search_to}")


def _right(row: Row) -> Words:
    if row["earnings_right"] is None:
        return Words(
            fi="tietoa oikeudesta ansiopäivärahaan ei ole",
            sv="ingen uppgift om rätten till inkomstrelaterad dagpenning",
            en="right to an earnings-related allowance not recorded",
        )
    if row["earnings_right"]:
        return Words(
            fi="oikeus ansiopäivärahaan: kyllä",
            sv="rätt till inkomstrelaterad dagpenning: ja",
            en="right to an earnings-related allowance: yes",
        )
    return Words(
        fi="oikeus ansiopäivärahaan: ei",
        sv="rätt till inkomstrelaterad dagpenning: nej",
        en="right to an earnings-related allowance: no",
    )


_SEEN: Mapping[str, Callable[[Row], Words]] = {
    "search_from": _known_or_not(
        "search_from",
        Words(
            fi="työnhaku alkoi {search_from}",
            sv="jobbsökningen började {search_from}",
            en="job search from {search_from}",
        ),
        Words(
            fi="työnhaun alkamispäivä ei ole tiedossa",
            sv="jobbsökningens startdatum är inte känt",
            en="start of job search not known",
        ),
    ),
    "search_to": _end_of_search,
    "search_open": lambda _: Words(fi="", sv="", en=""),  # said with search_to
    "employment_code": _known_or_not(
        "employment_code",
        Words(
            fi="työllisyyskoodi {employment_code}",
            sv="sysselsättningskod {employment_code}",
            en="employment code {employment_code}",
        ),
        Words(
            fi="työllisyyskoodi ei ole tiedossa",
            sv="sysselsättningskoden är inte känd",
            en="employment code not known",
        ),
    ),
    "earnings_right": _right,
    "benefit": _known_or_not(
        "benefit",
        Words(fi="etuus {benefit}", sv="förmån {benefit}", en="benefit {benefit}"),
        Words(fi="etuus ei ole tiedossa", sv="förmånen är inte känd", en="benefit not known"),
    ),
    "born": lambda _: Words(
        fi="syntynyt {born}: {completed_years} vuotta",
        sv="född {born}: {completed_years} år",
        en="born {born}: {completed_years} years",
    ),
    "citizenship": lambda _: Words(
        fi="kansalaisuus {citizenship}",
        sv="medborgarskap {citizenship}",
        en="citizenship {citizenship}",
    ),
    "mother_tongue": lambda _: Words(
        fi="äidinkieli {mother_tongue}",
        sv="modersmål {mother_tongue}",
        en="mother tongue {mother_tongue}",
    ),
    "unemployed_from": _known_or_not(
        "unemployed_from",
        Words(
            fi="työttömyys alkoi {unemployed_from}",
            sv="arbetslösheten började {unemployed_from}",
            en="unemployed from {unemployed_from}",
        ),
        Words(
            fi="työttömyyden alkamispäivä ei ole tiedossa",
            sv="det är inte känt när arbetslösheten började",
            en="start of unemployment not known",
        ),
    ),
    "support_days": _known_or_not(
        "support_days",
        Words(
            fi="työmarkkinatukipäiviä {support_days}",
            sv="dagar med arbetsmarknadsstöd: {support_days}",
            en="days of labour market support: {support_days}",
        ),
        Words(
            fi="työmarkkinatukipäivien määrä ei ole tiedossa",
            sv="antalet dagar med arbetsmarknadsstöd är inte känt",
            en="days of labour market support not known",
        ),
    ),
}
