"""What the commands about this program print."""

from typing import Any

from kuntactl.cli.shapes.base import Shape


class Looked(Shape):
    """What ``doctor`` found of one thing."""

    look: str
    is_well: bool
    detail: str
    cure: str | None
    """The command that mends it; null: nothing is to be mended."""


class OptionGiven(Shape):
    """An option that is given for all runs."""

    command: str
    option: str
    value: Any
    """Text, truth value or a list; a password is left out."""
    from_: str
    """The variable, or the file and its table."""


class Config(Shape):
    """``config show``."""

    file: str | None
    """Null: there is none."""
    options: list[OptionGiven]


class Completion(Shape):
    """``completion``."""

    shell: str
    script: str


class Record(Shape):
    """An argument or an option."""

    name: str
    text: str


class Command(Shape):
    """What a command says of itself."""

    command: str
    usage: str
    text: list[str]
    example: str | None
    arguments: list[Record]
    options: list[Record]


class Reference(Shape):
    """``reference``."""

    options: list[Record]
    """Of every command."""
    commands: list[Command]
