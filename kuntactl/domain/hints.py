"""Hints that name what was meant by a word that is not known."""

from collections.abc import Sequence
from difflib import get_close_matches

MOST_NAMED = 12  # in a hint; of more only the nearest are named
_NEAREST = 5


def nearest(word: str, *, known: Sequence[str], what: str, listed: str | None = None) -> str:
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
        return f"did you mean {' or '.join(f'`{one}`' for one in meant)}?"
    if len(known) <= MOST_NAMED:
        return f"{what}: {', '.join(known)}"
    near = get_close_matches(said, known, n=_NEAREST, cutoff=0)
    where = f"; `{listed}` shows all" if listed else ""
    return f"the nearest of {len(known)} {what}: {', '.join(near)}{where}"
