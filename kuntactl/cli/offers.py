"""What the shell offers when a word is completed: ids of areas, rule sets, profiles, clients."""

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
    from kuntactl.errors import KuntactlError
    from kuntactl.pipeline.looking import numbers_like

    given = context.params.get("register") or context.lookup_default("register")
    if given is None or len(incomplete) < _FEWEST_LETTERS:
        return []
    try:
        return numbers_like(str(given), incomplete, most=_MOST_CLIENTS)
    except KuntactlError:
        return []  # a word is completed: the command itself says what is wrong
