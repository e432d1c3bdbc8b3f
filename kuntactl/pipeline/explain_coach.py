"""Tell why one client has the coach they have, and who else there would be."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.pipeline.assign import staff_of
from kuntactl.pipeline.assignments import shown_alternatives, shown_assignments
from kuntactl.pipeline.decided import Decided
from kuntactl.pipeline.order import SplitOrder
from kuntactl.pipeline.request import Request, Talk
from kuntactl.pipeline.scene import set_scene
from kuntactl.pipeline.words import vocabulary_of
from kuntactl.report.split_list import assignments_list
from kuntactl.report.vocabulary import Vocabulary

_COACH = Words(fi="Omavalmentaja", sv="Egen coach", en="Coach")
_NOBODY = Words(fi="ei ole", sv="finns inte", en="none")
_WHY = Words(fi="syyt", sv="orsaker", en="reasons")
_WEIGHT = Words(
    fi="työmäärä: {} tapaamista kuussa",
    sv="arbetsmängd: {} möten i månaden",
    en="weight: {} meetings a month",
)
_NEXT = {
    "second": Words(fi="seuraavaksi paras", sv="näst bäst", en="next best"),
    "third": Words(fi="kolmanneksi paras", sv="tredje bäst", en="third best"),
}
_BINDS = Words(fi="esteenä", sv="hinder", en="what binds")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachExplained:
    """One client's coach with reasons, as the split of today makes it."""

    assignment: pl.DataFrame  # schema Assignments, one row
    alternatives: pl.DataFrame  # schema Alternatives; no row: there was no choice
    names: dict[str, str]  # of coaches by id
    vocabulary: Vocabulary

    def as_dict(self) -> dict[str, Any]:
        """Return it for ``--json``, in codes."""
        others = self.alternatives.drop("client_id").to_dicts()
        return {**self.assignment.drop("client_id").to_dicts()[0], **(others[0] if others else {})}

    def lines(self, language: Language) -> list[str]:
        """Return it in words."""
        listed = assignments_list(
            self.assignment, self.alternatives, vocabulary=self.vocabulary, language=language
        )
        row = listed.row(0, named=True)
        weight = f"{row['weight']:.2f}"
        if language is not Language.EN:
            weight = weight.replace(".", ",")
        return [
            f"{_COACH.in_language(language)}: {self._named(row['coach_id'], language)}",
            f"  {_WHY.in_language(language)}: {'; '.join(row['why'])}",
            f"  {_WEIGHT.in_language(language).format(weight)}",
            *(
                f"  {words.in_language(language)}: {self._named(row[f'{name}_coach'], language)}: "
                f"{'; '.join(row[f'{name}_price'])}"
                for name, words in _NEXT.items()
                if row[f"{name}_coach"] is not None
            ),
            *([f"  {_BINDS.in_language(language)}: {row['binds']}"] if row["binds"] else []),
        ]

    def _named(self, coach_id: str | None, language: Language) -> str:
        if coach_id is None:
            return _NOBODY.in_language(language)
        name = self.names.get(coach_id)
        return f"{coach_id} ({name})" if name else coach_id


def explain_coach(
    client_id: str,
    decided: Decided,
    request: Request,
    split: SplitOrder,
    *,
    register: str | None,
    talk: Talk,
) -> CoachExplained | None:
    """Return why the client has their coach; none: they are not among those shared out.

    Args:
        client_id: The client's number.
        decided: The exports and the decisions by rule.
        request: The day, and the answers of a person.
        split: The coaches, and the ties.
        register: Whose members keep their coaches, as a path or URL; none: all come today.
        talk: Hears what is odd about the coaches.

    Raises:
        InputError: If the coaches or the ties are missing, unreadable or wrong.
        RegisterError: If there is no such register, or it cannot be read.
        RegisterBusyError: If another run holds the register.
    """
    coaches, ties = staff_of(split, decided, request=request, talk=talk)
    with set_scene(decided, request, ties=ties, register=register) as scene:
        found = scene.solved(scene.members, coaches).made(0)
    clients = decided.ingested.accepted
    is_client = pl.col("client_id") == client_id
    assignment = shown_assignments(found.frame, clients=clients).filter(is_client)
    if assignment.is_empty():
        return None
    return CoachExplained(
        assignment=assignment,
        alternatives=shown_alternatives(
            found.alternatives, clients=clients, coaches=coaches
        ).filter(is_client),
        names={str(coach.id): coach.name for coach in coaches},
        vocabulary=vocabulary_of(decided.chosen),
    )
