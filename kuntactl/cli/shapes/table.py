"""Which shape each command prints with ``--json``, and the JSON Schema of all of them."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from kuntactl.cli.shapes import facts, letters, outcomes, program, register, runs, split
from kuntactl.cli.shapes.base import File

SHAPES: Mapping[str, Any] = {
    "check": runs.Checked,
    "run": runs.Ran,
    "explain": split.Explained,
    "close": runs.Closed,
    "decide": runs.Decided,
    "assign": runs.Assigned,
    "what-if": split.Weighed,
    "return": runs.Returned,
    "letters preview": File,
    "letters check": letters.CheckedTemplates,
    "letters proof": runs.Proof,
    "letters verify": letters.VerifiedLetters,
    "letters reprint": letters.Reprinted,
    "unseal": list[str],
    "register show": register.RegisterShown | register.RunShown,
    "register log": list[register.CommandGiven],
    "register history": list[register.Event],
    "register members": list[register.Member],
    "register verify": list[register.RegisterFault],
    "register backup": File,
    "register export": list[str],
    "register upgrade": register.RegisterNamed,
    "register delete": register.RegisterDeleted,
    "purge": register.Purged,
    "outcomes": outcomes.Outcomes,
    "areas list": list[facts.AreaListed],
    "areas show": facts.AreaShown,
    "rules list": list[facts.RulesShown],
    "rules show": facts.RulesShown,
    "rules docs": facts.Page,
    "rules lint": list[facts.LintFinding],
    "rules diff": facts.RulesDiff,
    "rules equity": facts.RulesEquity,
    "sample": list[File],
    "doctor": list[program.Looked],
    "config show": program.Config,
    "completion": program.Completion,
    "reference": program.Reference,
}


def schema() -> dict[str, Any]:
    """Return one JSON Schema: under ``properties`` what each command prints, by its words."""
    adapters = [(name, "validation", TypeAdapter(shape)) for name, shape in SHAPES.items()]
    of_commands, shared = TypeAdapter.json_schemas(
        adapters,  # type: ignore[arg-type]  # a list of triples, as it says
        title="What kuntactl prints with --json",
        description="Made by `make docs` from the shapes themselves. Each property is a command; "
        "it prints a value of that property's schema.",
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **{key: value for key, value in shared.items() if key != "$defs"},
        "type": "object",
        "properties": {name: of_commands[name, "validation"] for name in SHAPES},
        "$defs": shared["$defs"],
    }


def check(command: str, printed: str) -> None:
    """Hold what a command printed against its shape.

    Args:
        command: Its words: ``letters check``.
        printed: JSON.

    Raises:
        KeyError: If the command has no shape.
        ValueError: If it is not JSON of the shape.
    """
    TypeAdapter(SHAPES[command]).validate_json(printed, strict=True)
