"""The commands in the order in which help shows them: the daily ones, then the rest by theme."""

from typing import Any

from typer.core import TyperGroup

THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Every day", ("check", "run", "explain", "close")),
    ("Step by step", ("decide", "assign", "what-if", "return")),
    ("Letters", ("letters", "unseal")),
    ("What is remembered", ("register", "purge")),
    ("What came of it", ("outcomes",)),
    ("Facts and rules", ("areas", "rules", "sample")),
    ("This program", ("doctor", "config", "completion", "reference")),
)


class Themed(TyperGroup):
    """A group whose help parts its commands by theme."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the same call for all
        """Write each theme with the first sentence of its commands, whole."""
        known = dict(self.commands)
        widest = max(map(len, known))
        for theme, names in THEMES:
            with formatter.section(theme):
                formatter.write_dl(
                    [
                        (name.ljust(widest), known[name].get_short_help_str(_WHOLE))
                        for name in names
                    ]
                )


_WHOLE = 500  # characters: no first sentence is cut
