"""Why a client has the coach they have, or none: codes and words."""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from kuntactl.assignment.problem import NOBODY, Bools, Ints, Problem
from kuntactl.domain.wording import Words


class Reason(StrEnum):
    """One reason; a client's reasons stand in this order."""

    PINNED = "pinned"
    KEPT_COACH = "kept_coach"
    MOVED = "moved"
    FORMER_OFFICER = "former_officer"
    SWEDISH = "swedish"
    MOTHER_TONGUE = "mother_tongue"
    LANGUAGE = "language"
    TEAM = "team"
    MUNICIPALITY = "municipality"
    BALANCE = "balance"
    RULED_OUT = "ruled_out"
    PIN_LOST = "pin_lost"
    COACH_GONE = "coach_gone"
    NO_COACH_IN_AREA = "no_coach_in_area"
    NO_COACH_FOR_MUNICIPALITY = "no_coach_for_municipality"
    MUNICIPALITY_UNKNOWN = "municipality_unknown"
    COACHES_RULED_OUT = "coaches_ruled_out"
    COACHES_FULL = "coaches_full"
    SEARCH_START_UNKNOWN = "search_start_unknown"
    SEARCH_ENDED = "search_ended"
    LIGHT_LANE = "light_lane"


WORDS: Mapping[Reason, Words] = {
    Reason.PINNED: Words(
        fi="asiakas pysyy tällä valmentajalla, kuten on sovittu",
        sv="kunden stannar hos coachen enligt överenskommelse",
        en="the client stays with this coach, as agreed",
    ),
    Reason.MOVED: Words(
        fi="omavalmentaja vaihtui, jotta työ jakautuu tasaisemmin",
        sv="den egna coachen byttes för att arbetet ska fördelas jämnare",
        en="the coach was changed to share the work more evenly",
    ),
    Reason.RULED_OUT: Words(
        fi="jokin valmentaja on suljettu pois",
        sv="någon coach har uteslutits",
        en="a coach is ruled out",
    ),
    Reason.PIN_LOST: Words(
        fi="sovittu valmentaja ei voi enää palvella asiakasta",
        sv="den överenskomna coachen kan inte längre betjäna kunden",
        en="the coach agreed on can no longer serve the client",
    ),
    Reason.COACH_GONE: Words(
        fi="aiempi omavalmentaja ei enää palvele asiakasta",
        sv="den tidigare egna coachen betjänar inte längre kunden",
        en="the coach they had no longer serves the client",
    ),
    Reason.COACHES_RULED_OUT: Words(
        fi="kaikki valmentajat, jotka palvelevat kotikunnassa, on suljettu pois",
        sv="alla coacher som ger service i hemkommunen har uteslutits",
        en="every coach who serves the home municipality is ruled out",
    ),
    Reason.KEPT_COACH: Words(
        fi="sama omavalmentaja kuin ennenkin",
        sv="samma egna coach som förut",
        en="the same coach as before",
    ),
    Reason.FORMER_OFFICER: Words(
        fi="valmentaja oli asiakkaan vastuuvirkailija TE-toimistossa",
        sv="coachen var kundens ansvariga tjänsteman på arbets- och näringsbyrån",
        en="the coach was the client's officer at the TE Office",
    ),
    Reason.SWEDISH: Words(
        fi="ruotsinkielinen palvelu kaksikielisessä kunnassa",
        sv="service på svenska i en tvåspråkig kommun",
        en="service in Swedish in a bilingual municipality",
    ),
    Reason.MOTHER_TONGUE: Words(
        fi="valmentaja puhuu asiakkaan äidinkieltä",
        sv="coachen talar kundens modersmål",
        en="the coach speaks the client's mother tongue",
    ),
    Reason.LANGUAGE: Words(
        fi="valmentaja puhuu asiakkaan asiointikieltä",
        sv="coachen talar kundens kontaktspråk",
        en="the coach speaks the client's language of service",
    ),
    Reason.TEAM: Words(
        fi="valmentajan tiimi palvelee asiakkaan ryhmää",
        sv="coachens team betjänar kundens grupp",
        en="the coach's team serves the client's group",
    ),
    Reason.MUNICIPALITY: Words(
        fi="valmentaja palvelee asiakkaan kotikunnassa",
        sv="coachen ger service i kundens hemkommun",
        en="the coach serves in the client's home municipality",
    ),
    Reason.BALANCE: Words(
        fi="valinnalla tasattiin valmentajien työmääriä",
        sv="valet jämnade ut coachernas arbetsmängd",
        en="the choice evened out the coaches' workload",
    ),
    Reason.NO_COACH_IN_AREA: Words(
        fi="alueella ei ole yhtään omavalmentajaa",
        sv="det finns ingen coach i området",
        en="the area has no coach",
    ),
    Reason.NO_COACH_FOR_MUNICIPALITY: Words(
        fi="kukaan valmentajista ei palvele asiakkaan kotikunnassa",
        sv="ingen av coacherna betjänar kundens hemkommun",
        en="no coach serves the client's home municipality",
    ),
    Reason.MUNICIPALITY_UNKNOWN: Words(
        fi="kotikunta ei ole tiedossa, eikä kukaan valmentajista palvele koko alueella",
        sv="hemkommunen är inte känd, och ingen av coacherna betjänar hela området",
        en="the home municipality is not known, and no coach serves the whole area",
    ),
    Reason.COACHES_FULL: Words(
        fi="kaikkien asiakkaalle sopivien valmentajien asiakasmäärä on täynnä",
        sv="alla coacher som passar för kunden har fullt",
        en="every coach who could take the client is full",
    ),
    Reason.SEARCH_START_UNKNOWN: Words(
        fi="työnhaun alkamispäivä ei ole tiedossa, joten työmäärä on oletus",
        sv="jobbsökningens startdatum är inte känt, så arbetsmängden är ett antagande",
        en="the start of the job search is not known, so the workload is an assumption",
    ),
    Reason.SEARCH_ENDED: Words(
        fi="työnhaku on päättynyt, joten asiakas ei kuormita valmentajaa",
        sv="jobbsökningen har avslutats, så kunden belastar inte coachen",
        en="the job search has ended, so the client weighs nothing",
    ),
    Reason.LIGHT_LANE: Words(
        fi="asiakkaalla on jo toimiva suunnitelma, joten omavalmentajaa ei tarvita aluksi",
        sv="kunden har redan en fungerande plan, så en egen coach behövs inte i början",
        en="the client has a good plan already, so no coach is needed at first",
    ),
}


def reasons(problem: Problem, coach: Ints, *, assumed: Bools) -> list[list[str]]:
    """Return the reasons of each client, in the order of ``Reason``; never an empty list.

    Args:
        problem: The area.
        coach: The coach of each client, or NOBODY.
        assumed: Whether the client's weight rests on an unknown start of the search.
    """
    columns = {
        **_of_placed(problem, coach),
        **_of_left(problem, coach),
        Reason.RULED_OUT: _some_ruled_out(problem),
        Reason.PIN_LOST: problem.pin_lost,
        Reason.COACH_GONE: problem.coach_gone,
        Reason.SEARCH_START_UNKNOWN: assumed,
    }
    table = np.column_stack([columns.get(reason, np.zeros(len(coach), bool)) for reason in Reason])
    codes = np.array([reason.value for reason in Reason], dtype=object)
    return [codes[row].tolist() for row in table]


def _some_ruled_out(problem: Problem) -> Bools:
    of_kind: Bools = np.asarray(problem.pairs.banned.any(axis=1), dtype=np.bool_)
    return of_kind[problem.kind]


def _of_placed(problem: Problem, coach: Ints) -> dict[Reason, Bools]:
    pairs, kind = problem.pairs, problem.kind
    placed = coach != NOBODY
    to = np.where(placed, coach, 0)
    found = {
        Reason.PINNED: problem.fixed,
        Reason.KEPT_COACH: (problem.pinned == to) & ~problem.fixed,
        Reason.MOVED: (problem.pinned != NOBODY) & (problem.pinned != to),
        Reason.FORMER_OFFICER: problem.own == to,
        Reason.SWEDISH: pairs.swedish[kind, to],
        Reason.MOTHER_TONGUE: pairs.mother_tongue[kind, to],
        Reason.LANGUAGE: pairs.service_language[kind, to],
        Reason.TEAM: pairs.team[kind, to],
        Reason.MUNICIPALITY: pairs.local[kind, to],
    }
    found = {reason: holds & placed for reason, holds in found.items()}
    nothing = ~np.logical_or.reduce(list(found.values()))
    return {**found, Reason.BALANCE: placed & (nothing | _gave_way(problem, to))}


def _gave_way(problem: Problem, to: Ints) -> Bools:
    """Return who would have had a better match, had loads and limits allowed it."""
    pairs, kind = problem.pairs, problem.kind
    worth = np.where(pairs.allowed, pairs.points, -1)
    best: Ints = worth.max(axis=1)
    better = best[kind] > worth[kind, to]
    lost_officer = (problem.own != NOBODY) & (problem.own != to)
    kept_officer = (problem.own != NOBODY) & (problem.own == to)
    gave_way: Bools = (problem.pinned == NOBODY) & (lost_officer | (better & ~kept_officer))
    return gave_way


def _of_left(problem: Problem, coach: Ints) -> dict[Reason, Bools]:
    left = coach == NOBODY
    served: Bools = np.asarray(problem.pairs.allowed.any(axis=1), dtype=np.bool_)
    nobody_serves = ~served[problem.kind]
    ruled_out = nobody_serves & _some_ruled_out(problem)
    unknown = np.array([home is None for home in problem.kind_municipality])[problem.kind]
    return {
        Reason.NO_COACH_FOR_MUNICIPALITY: left & nobody_serves & ~unknown & ~ruled_out,
        Reason.MUNICIPALITY_UNKNOWN: left & nobody_serves & unknown & ~ruled_out,
        Reason.COACHES_RULED_OUT: left & ruled_out,
        Reason.COACHES_FULL: left & ~nobody_serves,
    }
