"""The drift of an area's counts in words, for its report."""

from collections.abc import Mapping
from functools import cache

from kuntactl.domain.ages import AGE_GROUPS
from kuntactl.domain.drift import BY_PERSON, NOT_SHOWN, AreaDrift, DriftBy, DriftCell
from kuntactl.domain.municipalities import LISTED_YEARS, municipalities_of
from kuntactl.domain.wording import Words
from kuntactl.report.figures import OUTCOMES, DriftFigures, DriftLine
from kuntactl.report.short import GROUNDS, short_name
from kuntactl.report.tally import PERSON
from kuntactl.report.texts import TEXTS
from kuntactl.report.vocabulary import Vocabulary, words_for

_BY: Mapping[DriftBy, Words] = {
    DriftBy.OUTCOME: TEXTS["outcome"],
    DriftBy.MUNICIPALITY: TEXTS["municipality"],
    DriftBy.GROUND: TEXTS["ground"],
    DriftBy.AGE: TEXTS["age"],
}


def drift_figures(drift: AreaDrift, *, vocabulary: Vocabulary) -> DriftFigures:
    """Return the counts that differ, in words.

    Args:
        drift: Of one area.
        vocabulary: With the grounds of its rules.
    """
    words = _words(vocabulary)
    return DriftFigures(
        run=drift.run,
        day=drift.day,
        lines=tuple(_line(cell, words[cell.by]) for cell in drift.changes),
        same=len(drift.cells) - len(drift.changes),
    )


def in_words(by: DriftBy, key: str) -> tuple[Words, Words]:
    """Return what is counted, and under which key; the key itself where it has no words."""
    return _BY[by], words_for(key, _known()[by])


def _line(cell: DriftCell, words: Mapping[str, Words]) -> DriftLine:
    return DriftLine(
        by=_BY[cell.by],
        words=words_for(cell.key, words),
        before=cell.before,
        now=cell.now,
        change=cell.change,
    )


@cache
def _known() -> Mapping[DriftBy, Mapping[str, Words]]:
    return _words(Vocabulary())


def _words(vocabulary: Vocabulary) -> Mapping[DriftBy, Mapping[str, Words]]:
    places = {
        str(code): Words(fi=place.name.fi, sv=place.name.sv, en=place.name.fi)
        for year in LISTED_YEARS
        for code, place in municipalities_of(year).items()
    }
    grounds = {
        code: short_name(code, GROUNDS, vocabulary.grounds)
        for code in (*vocabulary.grounds, *GROUNDS)
    }
    return {
        DriftBy.OUTCOME: {key: TEXTS[key] for key in OUTCOMES},
        DriftBy.MUNICIPALITY: places | {NOT_SHOWN: TEXTS["non_disclosure"]},
        DriftBy.GROUND: grounds | {BY_PERSON: PERSON},
        DriftBy.AGE: {group.id: group.words for group in AGE_GROUPS},
    }
