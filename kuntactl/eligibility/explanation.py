"""What an explanation says: the outcome, each criterion with its answer, what was seen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kuntactl.domain.municipalities import ABROAD, municipalities_of
from kuntactl.domain.types import AreaId, ClientId, DecidedBy, Language, MunicipalityCode, Outcome
from kuntactl.domain.wording import Name, Words
from kuntactl.eligibility.facts import day_in_words, facts_in_words
from kuntactl.eligibility.nearest import Turns
from kuntactl.eligibility.rules import Chosen, Criterion

OUTCOMES = {
    Outcome.ELIGIBLE: Words(
        fi="kuuluu kohderyhmään", sv="hör till målgruppen", en="belongs to the target group"
    ),
    Outcome.NOT_ELIGIBLE: Words(
        fi="ei kuulu kohderyhmään",
        sv="hör inte till målgruppen",
        en="does not belong to the target group",
    ),
    Outcome.REVIEW: Words(fi="tarkistettava", sv="ska kontrolleras", en="a person must decide"),
    Outcome.OUTSIDE: Words(
        fi="valittujen alueiden ulkopuolella",
        sv="utanför de valda områdena",
        en="outside the chosen areas",
    ),
}
_HOLDS = {
    True: Words(fi="kyllä", sv="ja", en="yes"),
    False: Words(fi="ei", sv="nej", en="no"),
    None: Words(fi="ei tiedossa", sv="inte känt", en="unknown"),
}
_WIDTH = 12  # of the column with the answers, so that the texts stand in line
_HEADINGS = {
    "condition": Words(
        fi="Ehdot, joiden kaikkien on täytyttävä:",
        sv="Villkor som alla ska uppfyllas:",
        en="Conditions, all of which must hold:",
    ),
    "ground": Words(
        fi="Perusteet, joista vähintään yhden on täytyttävä:",
        sv="Grunder, varav minst en ska uppfyllas:",
        en="Grounds, at least one of which must hold:",
    ),
}
_ANSWERS = Words(
    fi="Mitä puuttuva tieto ratkaisisi:",
    sv="Vad den uppgift som saknas skulle avgöra:",
    en="What each missing fact would make of it:",
)
_CHANGES = Words(
    fi="Lähimmät muutokset, joilla tulos olisi toinen:",
    sv="De närmaste ändringarna som skulle ge ett annat resultat:",
    en="The nearest changes that would turn the outcome:",
)
_NO_CHANGE = Words(
    fi="Yhden tai kahden tunnetun tiedon muutos ei muuttaisi tulosta.",
    sv="Att en eller två kända uppgifter ändrades skulle inte ändra resultatet.",
    en="No change of one or two known facts would turn the outcome.",
)
NO_HOME = Words(
    fi="kotikunta ei ole tiedossa",
    sv="hemkommunen är inte känd",
    en="the home municipality is not known",
)
_FEW = 5  # areas that are named one by one
_AREAS = Words(fi="{count} aluetta", sv="{count} områden", en="{count} areas")
_ABROAD = Words(fi="ulkomailla", sv="utomlands", en="abroad")
_SOURCE = Words(fi="lähde", sv="källa", en="source")
_UNVERIFIED = Words(fi="vahvistamatta", sv="inte bekräftat", en="unverified")
_ANSWER = Words(
    fi="Käsittelijän vastaus ({who}): {reason}.",
    sv="En persons svar ({who}): {reason}.",
    en="A person's answer ({who}): {reason}.",
)
_ANSWER_ALONE = Words(  # its words were purged
    fi="Käsittelijän vastaus; vastaajan nimi ja perustelu on poistettu.",
    sv="En persons svar; namnet och motiveringen har raderats.",
    en="A person's answer; the name and the reason were purged.",
)
_REASON = Words(fi="Syy", sv="Orsak", en="Reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One criterion put to one client."""

    criterion: Criterion
    holds: bool | None  # none: the facts do not tell
    seen: Mapping[str, Any]  # the facts it rests on, as columns of Clients

    def as_dict(self) -> dict[str, Any]:
        """Return the finding for ``--json``; dates in ISO form, texts in every language."""
        return {
            "code": self.criterion.code,
            "kind": self.criterion.kind,
            "holds": self.holds,
            "seen": {name: _for_json(value) for name, value in self.seen.items()},
            "text": self.criterion.text.in_every_language(),
            "source": self.criterion.source.in_every_language(),
            "unverified": _in_every_language(self.criterion.unverified),
        }

    def lines(self, language: Language) -> Iterator[str]:
        """Yield the answer with the rule, what was seen, the source."""
        indent = " " * (_WIDTH + 2)
        answer = _HOLDS[self.holds].in_language(language)
        yield f"  {answer:<{_WIDTH}}{self.criterion.text.in_language(language)}"
        seen = facts_in_words(self.criterion.when.facts, self.seen, language)
        if seen:
            yield indent + seen
        source = f"{_SOURCE.in_language(language)}: {self.criterion.source.in_language(language)}"
        yield f"{indent}{self.criterion.code}; {source}"
        if self.criterion.unverified:
            yield indent + _doubt_in_words(self.criterion.unverified, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one client was decided as they were; of a protected one no municipality."""

    client_id: ClientId
    on: date
    outcome: Outcome
    decided_by: DecidedBy
    answer: Mapping[str, Any] | None  # belongs, who, reason, when a person decided
    protected: bool
    municipality: MunicipalityCode | None  # none: blank, or not shown
    chosen: Chosen | None  # the area and rules; none: outside, or municipality blank
    areas: Mapping[AreaId, Name]  # all that were chosen
    missing: tuple[str, ...]  # codes
    findings: tuple[Finding, ...]  # conditions, then grounds
    turns: Turns  # nothing for who is outside

    def as_dict(self) -> dict[str, Any]:
        """Return the explanation for ``--json``."""
        version = self.chosen.version if self.chosen else None
        return {
            "client_id": self.client_id,
            "on": self.on.isoformat(),
            "outcome": self.outcome.value,
            "decided_by": self.decided_by.value,
            "answer": dict(self.answer) if self.answer else None,
            "protected": self.protected,
            "municipality": self.municipality,
            "area": self.chosen.area.id if self.chosen else None,
            "areas": list(self.areas),
            "rules": self.chosen.rules.id if self.chosen else None,
            "rules_from": version.begins.isoformat() if version else None,
            "rules_to": version.ends.isoformat() if version and version.ends else None,
            "rules_source": version.source.in_every_language() if version else None,
            "rules_unverified": _in_every_language(version.unverified if version else None),
            "missing": list(self.missing),
            "criteria": [finding.as_dict() for finding in self.findings],
            "changes": [change.as_dict() for change in self.turns.changes],
            "answers": [answer.as_dict() for answer in self.turns.answers],
        }

    def lines(self, language: Language) -> list[str]:
        """Return the explanation for a terminal."""
        outcome = OUTCOMES[self.outcome].in_language(language)
        head = Words(fi="Asiakas", sv="Kund", en="Client").in_language(language)
        lines = [f"{head} {self.client_id}: {outcome}", self._why(language)]
        if self.chosen is not None:
            lines += self._rules_in_words(self.chosen, language)
        for kind, heading in _HEADINGS.items():
            of_kind = [one for one in self.findings if one.criterion.kind == kind]
            if of_kind:
                lines += ["", heading.in_language(language)]
                lines += [line for one in of_kind for line in one.lines(language)]
        return [*lines, *self._turns_in_words(language)]

    def _turns_in_words(self, language: Language) -> Iterator[str]:
        """Yield what each missing fact would make of the outcome, and what would turn it."""
        for heading, changes in ((_ANSWERS, self.turns.answers), (_CHANGES, self.turns.changes)):
            if changes:
                yield ""
                yield heading.in_language(language)
            for change in changes:
                outcome = OUTCOMES[change.outcome].in_language(language)
                yield f"  {change.in_words(language)}: {outcome}"
        if self.chosen is not None and not self.turns.changes:
            yield ""
            yield _NO_CHANGE.in_language(language)

    def _why(self, language: Language) -> str:
        """Return one sentence that says what the outcome follows from."""
        if self.answer is not None:
            said = _ANSWER if self.answer["who"] else _ANSWER_ALONE
            reason = self.answer["reason"].rstrip(".")
            return said.in_language(language).format(who=self.answer["who"], reason=reason)
        if self.outcome is Outcome.OUTSIDE:
            return self._outside(language)
        if self.outcome is Outcome.REVIEW:
            unknown = [one.criterion.missing for one in self.findings if one.holds is None]
            missing = "; ".join(words.in_language(language) for words in unknown or [NO_HOME])
            return f"{_REASON.in_language(language)}: {missing}."
        return self._by_rule().in_language(language)

    def _by_rule(self) -> Words:
        if self.outcome is Outcome.ELIGIBLE:
            return Words(
                fi="Kaikki ehdot ja ainakin yksi peruste täyttyvät.",
                sv="Alla villkor och minst en grund uppfylls.",
                en="All conditions and at least one ground hold.",
            )
        if any(one.criterion.kind == "condition" and one.holds is False for one in self.findings):
            return Words(
                fi="Ainakin yksi ehto ei täyty.",
                sv="Minst ett villkor uppfylls inte.",
                en="At least one condition does not hold.",
            )
        return Words(
            fi="Yksikään peruste ei täyty.",
            sv="Ingen grund uppfylls.",
            en="No ground holds.",
        )

    def _outside(self, language: Language) -> str:
        said = Words(
            fi="Kotikunta{home} ei kuulu mihinkään valituista alueista ({areas}).",
            sv="Hemkommunen{home} hör inte till något av de valda områdena ({areas}).",
            en="The home municipality{home} is in none of the chosen areas ({areas}).",
        )
        home = ""
        if self.municipality is not None:
            home = f" {_municipality_in_words(self.municipality, language, on=self.on)}"
        return said.in_language(language).format(home=home, areas=self._chosen_areas(language))

    def _chosen_areas(self, language: Language) -> str:
        if len(self.areas) > _FEW:
            return _AREAS.in_language(language).format(count=len(self.areas))
        return ", ".join(sorted(name.in_language(language) for name in self.areas.values()))

    def _rules_in_words(self, chosen: Chosen, language: Language) -> list[str]:
        area = Words(fi="Alue", sv="Område", en="Area").in_language(language)
        rules = Words(fi="Säännöt", sv="Regler", en="Rules").in_language(language)
        day = Words(fi="Tarkastelupäivä", sv="Granskningsdag", en="Day").in_language(language)
        home = ""
        if self.municipality is not None:
            words = Words(fi="kotikunta", sv="hemkommun", en="home municipality")
            name = _municipality_in_words(self.municipality, language, on=self.on)
            home = f", {words.in_language(language)} {name}"
        version = chosen.version
        ends = day_in_words(version.ends, language) if version.ends else ""
        days = f"{day_in_words(version.begins, language)}–{ends}"
        doubt = [_doubt_in_words(version.unverified, language)] if version.unverified else []
        return [
            f"{area}: {chosen.area.name.in_language(language)}{home}",
            f"{day}: {day_in_words(self.on, language)}",
            f"{rules}: {chosen.rules.name.in_language(language)} ({chosen.rules.id}, {days})",
            f"{_SOURCE.in_language(language)}: {version.source.in_language(language)}",
            *doubt,
        ]


def _municipality_in_words(code: MunicipalityCode, language: Language, *, on: date) -> str:
    if code in ABROAD:
        return f"{_ABROAD.in_language(language)} ({code})"
    known = municipalities_of(on.year).get(code)
    return f"{known.name.in_language(language)} ({code})" if known else code


def _for_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _in_every_language(words: Words | None) -> dict[str, str] | None:
    return None if words is None else words.in_every_language()


def _doubt_in_words(doubt: Words, language: Language) -> str:
    return f"{_UNVERIFIED.in_language(language)}: {doubt.in_language(language)}"
