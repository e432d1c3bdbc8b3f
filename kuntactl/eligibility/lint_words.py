"""How a finding of the lint reads, in words for eyes or as data for scripts."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.eligibility.explanation import OUTCOMES
from kuntactl.eligibility.facts import day_in_words, facts_in_words
from kuntactl.eligibility.finding import LintFinding, MadeUp
from kuntactl.eligibility.rule_file import FindingKind
from kuntactl.eligibility.value_words import values_in_words

_KINDS: Mapping[FindingKind, Words] = {
    FindingKind.VALUE_NOT_COVERED: Words(
        fi="sääntö ei kerro, mitä näistä arvoista seuraa",
        sv="regeln säger inte vad som följer av dessa värden",
        en="the rule does not say what follows from these values",
    ),
    FindingKind.HOLE: Words(
        fi="nämä arvot eivät riitä, vaikka niiden molemmin puolin olevat riittävät",
        sv="dessa värden räcker inte, fast de på båda sidor om dem gör det",
        en="these values do not belong, though those on both sides of them do",
    ),
    FindingKind.NEVER_TRUE: Words(
        fi="ei täyty millään arvoilla",
        sv="uppfylls inte av några värden",
        en="holds for no values",
    ),
    FindingKind.NEVER_FALSE: Words(
        fi="täyttyy tai jää avoimeksi kaikilla arvoilla",
        sv="uppfylls eller förblir öppet oavsett värden",
        en="fails for no values",
    ),
    FindingKind.NEVER_DECIDES: Words(
        fi="ei koskaan ratkaise tulosta: ilman sitä kaikki tulokset ovat samat",
        sv="avgör aldrig resultatet: utan det är alla resultat desamma",
        en="never decides: without it all outcomes are the same",
    ),
    FindingKind.SAME_ANSWERS: Words(
        fi="antavat saman vastauksen kaikilla arvoilla",
        sv="ger samma svar oavsett värden",
        en="give the same answer for all values",
    ),
    FindingKind.GAP: Words(
        fi="kokeilu ottaa asiakkaita, mutta mikään versio ei ole voimassa",
        sv="försöket tar emot kunder men ingen version är i kraft",
        en="the trial takes clients, but no version is in force",
    ),
    FindingKind.DECLARED_NOT_FOUND: Words(
        fi="tiedostossa tiedossa olevaksi merkittyä ei löydy",
        sv="det som filen anger som känt finns inte",
        en="the file declares it as known, but it is not there",
    ),
}
_CLIENT = Words(fi="Keksitty asiakas", sv="Påhittad kund", en="Made-up client")
_KNOWN = Words(fi="Tiedossa", sv="Känt", en="Known")
_VERSIONS = Words(fi="Versiot", sv="Versioner", en="Versions")
_NO_RULES = Words(
    fi="säännöt eivät ole voimassa", sv="inga regler är i kraft", en="no rules are in force"
)


def finding_in_words(finding: LintFinding, language: Language) -> Iterator[str]:
    """Yield the finding as lines: where, what, who shows it, why it is there."""
    where = ", ".join(finding.criteria) or finding.value or ""
    yield f"{finding.rules}: {finding.kind.value}: {where}"
    yield f"  {_KINDS[finding.kind].in_language(language)}"
    if finding.cells:
        values = ", ".join(values_in_words([cell], language) for cell in finding.cells)
        yield f"  {values} ({finding.value})"
    elif finding.value and finding.criteria:
        yield f"  {finding.value}"
    if finding.versions:
        versions = ", ".join(one.isoformat() for one in finding.versions)
        yield f"  {_VERSIONS.in_language(language)}: {versions}"
    if finding.client is not None:
        yield f"  {_client_in_words(finding, finding.client, language)}"
    if finding.reason is not None:
        yield f"  {_KNOWN.in_language(language)}: {finding.reason.in_language(language)}"


def _client_in_words(finding: LintFinding, client: MadeUp, language: Language) -> str:
    outcome = OUTCOMES[client.outcome] if client.outcome else _NO_RULES
    born = client.row["born"]
    years = (
        client.on.year - born.year - ((client.on.month, client.on.day) < (born.month, born.day))
    )
    seen = facts_in_words(finding.facts, {**client.row, "completed_years": years}, language)
    who = f"{_CLIENT.in_language(language)} {client.row['identity_code']}"
    day = day_in_words(client.on, language)
    return f"{who}: {seen}: {day} {outcome.in_language(language)}"


def finding_as_dict(finding: LintFinding) -> dict[str, Any]:
    """Return the finding for ``--json``; ``known`` holds the reason that the file gives."""
    client = finding.client
    return {
        "rules": finding.rules,
        "finding": finding.kind.value,
        "criteria": list(finding.criteria),
        "value": finding.value,
        "versions": [one.isoformat() for one in finding.versions],
        "client": None
        if client is None
        else {
            "on": client.on.isoformat(),
            "outcome": client.outcome.value if client.outcome else None,
            "facts": {name: _for_json(value) for name, value in client.row.items()},
        },
        "known": finding.reason.in_every_language() if finding.reason else None,
        "text": _KINDS[finding.kind].in_every_language(),
    }


def _for_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
