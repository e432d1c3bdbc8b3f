"""How values of a fact read in words, for changes that would turn a decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.eligibility.facts import day_in_words
from kuntactl.eligibility.values import Cell, Edge

HOME = "municipality"  # the home municipality, by the area that it is in
_FEW = 5  # areas that are named one by one
_ONE_OF_AREAS = Words(
    fi="kotikunta jollakin {count} alueesta",
    sv="hemkommun i något av {count} områden",
    en="home municipality in one of {count} areas",
)
_OR = Words(fi="tai", sv="eller", en="or")
_NO_END = Words(
    fi="työnhaulla ei ole päättymispäivää",
    sv="jobbsökningen har inget slutdatum",
    en="job search without an end",
)
_UNKNOWN = Words(fi="ei tiedossa", sv="inte känt", en="not known")
_RIGHT = {
    True: Words(
        fi="oikeus ansiopäivärahaan",
        sv="rätt till inkomstrelaterad dagpenning",
        en="a right to an earnings-related allowance",
    ),
    False: Words(
        fi="ei oikeutta ansiopäivärahaan",
        sv="ingen rätt till inkomstrelaterad dagpenning",
        en="no right to an earnings-related allowance",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranges:
    """How a run of days or numbers reads: with an end, with a beginning, with both."""

    up_to: Words
    since: Words
    between: Words


_RANGES: Mapping[str, _Ranges] = {
    "born": _Ranges(
        up_to=Words(
            fi="syntynyt viimeistään {last}",
            sv="född senast {last}",
            en="born on or before {last}",
        ),
        since=Words(
            fi="syntynyt aikaisintaan {first}",
            sv="född tidigast {first}",
            en="born on or after {first}",
        ),
        between=Words(
            fi="syntynyt {first}–{last}", sv="född {first}–{last}", en="born {first}–{last}"
        ),
    ),
    "search_from": _Ranges(
        up_to=Words(
            fi="työnhaku alkanut viimeistään {last}",
            sv="jobbsökningen börjat senast {last}",
            en="job search from {last} or earlier",
        ),
        since=Words(
            fi="työnhaku alkaa aikaisintaan {first}",
            sv="jobbsökningen börjar tidigast {first}",
            en="job search from {first} or later",
        ),
        between=Words(
            fi="työnhaku alkanut {first}–{last}",
            sv="jobbsökningen börjat {first}–{last}",
            en="job search from a day in {first}–{last}",
        ),
    ),
    "search_to": _Ranges(
        up_to=Words(
            fi="työnhaun viimeinen päivä viimeistään {last}",
            sv="jobbsökningens sista dag senast {last}",
            en="job search to {last} or earlier",
        ),
        since=Words(
            fi="työnhaun viimeinen päivä aikaisintaan {first}",
            sv="jobbsökningens sista dag tidigast {first}",
            en="job search to {first} or later",
        ),
        between=Words(
            fi="työnhaun viimeinen päivä {first}–{last}",
            sv="jobbsökningens sista dag {first}–{last}",
            en="job search to a day in {first}–{last}",
        ),
    ),
    "unemployed_from": _Ranges(
        up_to=Words(
            fi="työttömyys alkanut viimeistään {last}",
            sv="arbetslösheten börjat senast {last}",
            en="unemployed from {last} or earlier",
        ),
        since=Words(
            fi="työttömyys alkanut aikaisintaan {first}",
            sv="arbetslösheten börjat tidigast {first}",
            en="unemployed from {first} or later",
        ),
        between=Words(
            fi="työttömyys alkanut {first}–{last}",
            sv="arbetslösheten börjat {first}–{last}",
            en="unemployed from a day in {first}–{last}",
        ),
    ),
    "support_days": _Ranges(
        up_to=Words(
            fi="työmarkkinatukipäiviä enintään {last}",
            sv="högst {last} dagar med arbetsmarknadsstöd",
            en="at most {last} days of labour market support",
        ),
        since=Words(
            fi="työmarkkinatukipäiviä vähintään {first}",
            sv="minst {first} dagar med arbetsmarknadsstöd",
            en="at least {first} days of labour market support",
        ),
        between=Words(
            fi="työmarkkinatukipäiviä {first}–{last}",
            sv="{first}–{last} dagar med arbetsmarknadsstöd",
            en="{first}–{last} days of labour market support",
        ),
    ),
}
_CODES = {
    "employment_code": Words(
        fi="työllisyyskoodi {codes}",
        sv="sysselsättningskod {codes}",
        en="employment code {codes}",
    ),
    HOME: Words(
        fi="kotikunta alueella {codes}",
        sv="hemkommun i området {codes}",
        en="home municipality in the area {codes}",
    ),
    "benefit": Words(fi="etuus {codes}", sv="förmån {codes}", en="benefit {codes}"),
    "citizenship": Words(
        fi="kansalaisuus {codes}", sv="medborgarskap {codes}", en="citizenship {codes}"
    ),
    "mother_tongue": Words(
        fi="äidinkieli {codes}", sv="modersmål {codes}", en="mother tongue {codes}"
    ),
}
_OTHERS = {
    "citizenship": Words(
        fi="kansalaisuus muu kuin {codes}",
        sv="annat medborgarskap än {codes}",
        en="citizenship other than {codes}",
    ),
    "mother_tongue": Words(
        fi="äidinkieli muu kuin {codes}",
        sv="annat modersmål än {codes}",
        en="mother tongue other than {codes}",
    ),
}


def values_in_words(cells: Sequence[Cell], language: Language) -> str:
    """Return what the cells of one fact hold together, as the start of a sentence's condition.

    Args:
        cells: Known cells of one axis; of days and numbers, neighbours in their order.
        language: In which to say it.
    """
    fact = cells[0].fact
    said = []
    ranged = [cell for cell in cells if cell.is_run]
    if ranged:
        said.append(_range_in_words(fact, ranged[0].first, ranged[-1].last, language))
    coded = [cell for cell in cells if cell.codes]
    if coded:
        said.append(_codes_in_words(fact, coded, language))
    said += [_RIGHT[cell.flag].in_language(language) for cell in cells if cell.flag is not None]
    for cell in cells:
        if cell.other_than:
            others = _either(cell.other_than, language)
            said.append(_fill(_OTHERS[fact], language, codes=others))
        if cell.no_end:
            said.append(_NO_END.in_language(language))
        if not cell.known:
            said.append(f"{fact}: {_UNKNOWN.in_language(language)}")
    return f" {_OR.in_language(language)} ".join(said)


def _codes_in_words(fact: str, cells: Sequence[Cell], language: Language) -> str:
    """Return what the codes are, areas by their names; of many areas only how many."""
    if fact == HOME and len(cells) > _FEW:
        return _fill(_ONE_OF_AREAS, language, count=str(len(cells)))
    codes = [
        name
        for cell in cells
        for name in ((cell.name.in_language(language),) if cell.name else cell.codes)
    ]
    return _fill(_CODES[fact], language, codes=_either(sorted(codes), language))


def _range_in_words(fact: str, first: Edge | None, last: Edge | None, language: Language) -> str:
    ranges = _RANGES[fact]
    words = ranges.since if last is None else ranges.up_to if first is None else ranges.between
    return _fill(words, language, first=_edge(first, language), last=_edge(last, language))


def _edge(edge: Edge | None, language: Language) -> str:
    return day_in_words(edge, language) if isinstance(edge, date) else str(edge)


def _fill(words: Words, language: Language, **values: str) -> str:
    return words.in_language(language).format(**values)


def _either(codes: Sequence[str], language: Language) -> str:
    """Return ``01, 04 or 06``."""
    *before, last = codes
    return f"{', '.join(before)} {_OR.in_language(language)} {last}" if before else last


def values_as_dict(cells: Sequence[Cell]) -> dict[str, Any]:
    """Return the same for ``--json``: the fact with those of the keys that apply."""
    ranged = [cell for cell in cells if cell.is_run]
    facts: dict[str, Any] = {"fact": cells[0].fact}
    if ranged:
        facts |= {"from": _iso(ranged[0].first), "to": _iso(ranged[-1].last)}
    codes = sorted(code for cell in cells for code in cell.codes)
    flags = [cell.flag for cell in cells if cell.flag is not None]
    others = [code for cell in cells for code in cell.other_than]
    told = {
        "codes": codes,
        "other_than": others,
        "values": flags,
        "no_end": any(cell.no_end for cell in cells),
        "unknown": any(not cell.known for cell in cells),
    }
    return facts | {key: value for key, value in told.items() if value}


def _iso(edge: Edge | None) -> str | int | None:
    return edge.isoformat() if isinstance(edge, date) else edge


def label(cells: Sequence[Cell], *, on: date) -> str:
    """Return the values as a rule file writes them: ``completed_years 25, support_days from 201``.

    The label is the same on every day: births are told by age, other days by their distance.
    """
    return ", ".join(_label(cell, on=on) for cell in cells)


def _label(cell: Cell, *, on: date) -> str:
    if not cell.is_run:
        return f"{cell.fact} {_label_of_codes(cell)}"
    if cell.fact == "born":  # the youngest is born last
        limits = [_years(cell.last, on=on), _years(cell.first, on=on)]
        return f"completed_years {_between(*limits)}"
    return f"{cell.fact} {_between(_distance(cell.first, on=on), _distance(cell.last, on=on))}"


def _label_of_codes(cell: Cell) -> str:
    if cell.flag is not None:
        return "yes" if cell.flag else "no"
    if cell.other_than:
        return f"other than {' '.join(cell.other_than)}"
    return "no end" if cell.no_end else " ".join(cell.codes) or "unknown"


def _years(born: Edge | None, *, on: date) -> str | None:
    if not isinstance(born, date):
        return None
    return str(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def _distance(edge: Edge | None, *, on: date) -> str | None:
    if edge is None:
        return None
    return f"day{(edge - on).days:+d}" if isinstance(edge, date) else str(edge)


def _between(first: str | None, last: str | None) -> str:
    if first == last and first is not None:
        return first
    if first is None:
        return f"up to {last}"
    return f"from {first}" if last is None else f"{first} to {last}"
