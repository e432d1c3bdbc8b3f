"""The codes of a run in words, gathered from the rooms that own them."""

from collections.abc import Sequence

from kuntactl.assignment.alternatives import BIND_WORDS, PRICE_WORDS
from kuntactl.assignment.explain import WORDS as REASON_WORDS
from kuntactl.eligibility.rules import Chosen
from kuntactl.letters.address import PROBLEM_WORDS
from kuntactl.report.vocabulary import Vocabulary


def vocabulary_of(chosen: Sequence[Chosen]) -> Vocabulary:
    """Return what the codes of these areas' rules, of assignments and of letters mean."""
    criteria = [one for choice in chosen for one in choice.version.criteria]
    return Vocabulary(
        conditions={one.code: one.text for one in criteria if one.kind == "condition"},
        grounds={one.code: one.text for one in criteria if one.kind == "ground"},
        missing={one.code: one.missing for one in criteria},
        reasons={reason.value: words for reason, words in REASON_WORDS.items()},
        prices={price.value: words for price, words in PRICE_WORDS.items()},
        binds={bind.value: words for bind, words in BIND_WORDS.items()},
        undeliverable=PROBLEM_WORDS,
    )
