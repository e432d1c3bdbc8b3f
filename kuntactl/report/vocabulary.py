"""What the codes of other rooms mean in words, handed in by those who own them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kuntactl.domain.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Codes in words; a code that is not there is shown as it is."""

    conditions: Mapping[str, Words] = field(default_factory=dict)  # of the rule set, in order
    grounds: Mapping[str, Words] = field(default_factory=dict)  # of the rule set, in order
    missing: Mapping[str, Words] = field(default_factory=dict)  # what is not known when unknown
    rejections: Mapping[str, Words] = field(default_factory=dict)
    warnings: Mapping[str, Words] = field(default_factory=dict)
    reasons: Mapping[str, Words] = field(default_factory=dict)  # of an assignment
    prices: Mapping[str, Words] = field(default_factory=dict)  # of another coach
    binds: Mapping[str, Words] = field(default_factory=dict)  # what keeps a client from one
    undeliverable: Mapping[str, Words] = field(default_factory=dict)

    @property
    def criteria(self) -> Mapping[str, Words]:
        """Conditions, then grounds, in the rule set's order."""
        return {**self.conditions, **self.grounds}


def words_for(code: str, known: Mapping[str, Words]) -> Words:
    """Return the code in words, or the code itself where nobody has said what it means."""
    return known.get(code) or Words(fi=code, sv=code, en=code)
