"""Hints that name what was meant by a word that is not known."""

from collections.abc import Sequence
from difflib import get_close_matches

from kuntactl.locale import Phrase, phrase

MOST_NAMED = 12  # in a hint; of more only the nearest are named
_NEAREST = 5


def nearest(word: str, *, known: Sequence[str], what: Phrase, listed: str | None = None) -> Phrase:
    """Return a hint that names the words meant, else all that there are, or the nearest of them.

    Meant are those that the word begins, else those that hold it, else the one most like it.

    Args:
        word: What was written.
        known: The words that there are.
        what: Their name, in the plural.
        listed: The command that lists them all; none: there is none.
    """
    said = word.casefold()
    begun = [one for one in known if said and one.startswith(said)]
    all_but_equal = get_close_matches(said, begun, n=1, cutoff=0.85)
    holding = [one for one in known if said and said in one.split("-")]
    alike = get_close_matches(said, known, n=1, cutoff=0.6)
    meant = all_but_equal or begun or holding or alike
    if meant:
        return phrase("did you mean {words}?", words=_any_of([f"`{one}`" for one in meant]))
    if len(known) <= MOST_NAMED:
        return phrase("{what}: {words}", what=what, words=known)
    near = get_close_matches(said, known, n=_NEAREST, cutoff=0)
    if listed:
        return phrase(
            "the nearest of {number} {what}: {words}; `{command}` shows all",
            number=len(known),
            what=what,
            words=near,
            command=listed,
        )
    return phrase(
        "the nearest of {number} {what}: {words}", number=len(known), what=what, words=near
    )


def _any_of(words: Sequence[str]) -> Phrase | str:
    if len(words) == 1:
        return words[0]
    return phrase("{words} or {last}", words=_any_of(words[:-1]), last=words[-1])
