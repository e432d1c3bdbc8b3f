"""What the shell offers when a word is completed: ids of areas, rules, profiles, clients, runs."""

from collections.abc import Callable

import typer

_FEWEST_LETTERS = 2  # of a client number: a list of all clients is nobody's to see
_MOST_CLIENTS = 20


def area_ids(incomplete: str) -> list[str]:
    """Return the areas whose id begins so."""
    from kuntactl.domain.areas import load_areas

    return [str(area) for area in load_areas() if area.startswith(incomplete)]


def rule_ids(incomplete: str) -> list[str]:
    """Return the rule sets whose id begins so."""
    from kuntactl.eligibility.rules import load_rules

    return [str(rules) for rules in load_rules() if rules.startswith(incomplete)]


def profile_ids(incomplete: str) -> list[str]:
    """Return the profiles whose id begins so."""
    from kuntactl.ingest.profile import profile_names

    return [name for name in profile_names() if name.startswith(incomplete)]


def client_ids(context: typer.Context, incomplete: str) -> list[str]:
    """Return members of the register on the command line whose number begins so.

    Offered after two characters, and twenty at most; nothing where there is no register.
    """
    from kuntactl.pipeline.looking import numbers_like

    if len(incomplete) < _FEWEST_LETTERS:
        return []
    return _of_register(context, lambda place: numbers_like(place, incomplete, most=_MOST_CLIENTS))


def run_ids(context: typer.Context, incomplete: str) -> list[str]:
    """Return the runs of the register on the command line whose number begins so, newest first."""
    from kuntactl.pipeline.runs_shown import run_numbers

    numbers = _of_register(context, lambda place: [*map(str, reversed(run_numbers(place)))])
    return [number for number in numbers if number.startswith(incomplete)]


def _of_register(context: typer.Context, find: Callable[[str], list[str]]) -> list[str]:
    """Return what is found in the register on the command line; nothing where there is none."""
    from kuntactl.errors import KuntactlError

    given = context.params.get("register") or context.lookup_default("register")
    if given is None:
        return []
    try:
        return find(str(given))
    except KuntactlError:
        return []  # a word is completed: the command itself says what is wrong
