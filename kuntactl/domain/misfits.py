"""What does not fit, in the words of the library that looks, as phrases of ours."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kuntactl.locale import Phrase, phrase, template

# What pydantic says, its first letter small; the groups are the fields of our sentence. A
# sentence that is not here is shown as it is.
_KNOWN = (
    (r"field required", template("is missing")),
    (r"extra inputs are not permitted", template("there is no such key")),
    (r"input should be a valid string", template("input should be a text")),
    (r"input should be a valid integer.*", template("input should be a whole number")),
    (r"input should be a valid (number|decimal).*", template("input should be a number")),
    (r"input should be a valid boolean.*", template("input should be true or false")),
    (r"input should be a valid date.*", template("input should be a day, 2021-03-01")),
    (r"input should be a valid (dictionary|mapping).*", template("input should be a table")),
    (r"input should be a valid (list|tuple|set|frozenset).*", template("input should be a list")),
    (
        r"input should be greater than or equal to (?P<least>.+)",
        template("input should be {least} or more"),
    ),
    (r"input should be greater than (?P<least>.+)", template("input should be above {least}")),
    (
        r"input should be less than or equal to (?P<most>.+)",
        template("input should be {most} or less"),
    ),
    (r"input should be less than (?P<most>.+)", template("input should be below {most}")),
    (
        r"(?:tuple|list|string) should have at least (?P<least>\d+) items? .*",
        template("there must be at least {least}"),
    ),
    (r"string should match pattern .*", template("it is not written as it must be")),
    (
        r"input should be (?P<names>'.+') or (?P<last>'.+')",
        template("input should be {names} or {last}"),
    ),
    (r"input should be (?P<only>'.+')", template("input should be {only}")),
)


def in_our_words(fault: Mapping[str, Any]) -> Phrase:
    """Return a fault that pydantic found, as ``ValidationError.errors`` tells it."""
    return raised_by_us(fault) or known_fault(str(fault["msg"]))


def raised_by_us(fault: Mapping[str, Any]) -> Phrase | None:
    """Return the phrase that a check of ours raised within pydantic; none: it was not ours."""
    raised = fault.get("ctx", {}).get("error")
    said = raised.args[0] if isinstance(raised, ValueError) and raised.args else None
    return said if isinstance(said, Phrase) else None


def known_fault(sentence: str) -> Phrase:
    """Return a sentence of pydantic's as ours, or as it is where we have no word for it."""
    return recognised(sentence, _KNOWN) or phrase("{sentence}", sentence=_as_fragment(sentence))


def recognised(sentence: str, known: Sequence[tuple[str, str]]) -> Phrase | None:
    """Return the phrase of the first pattern that a library's sentence fits; none: of none.

    Args:
        sentence: As the library writes it.
        known: Patterns of whole sentences, the first letter small and without a full stop, each
            with our template; the groups of a pattern are the fields of its template.
    """
    fragment = _as_fragment(sentence)
    found = ((re.fullmatch(pattern, fragment), ours) for pattern, ours in known)
    return next((Phrase(ours, fits.groupdict()) for fits, ours in found if fits), None)


def _as_fragment(sentence: str) -> str:
    """Return a library's sentence as our errors are written: on one line, small, no full stop."""
    plain = " ".join(sentence.split()).removesuffix(".").replace("Value error, ", "")
    return plain[:1].lower() + plain[1:]
