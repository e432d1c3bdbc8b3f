"""The commands in the order in which help shows them: the daily ones, then the rest by theme."""

from typing import Any

from kuntactl.cli.everywhere import offer_everywhere
from kuntactl.cli.language import add_to_all
from kuntactl.cli.spoken import Sections, SpokenGroup

THEMES: Sections = (
    ("Every day", ("check", "run", "explain", "close")),
    ("Step by step", ("decide", "assign", "what-if", "return")),
    ("Letters", ("letters", "unseal")),
    ("What is remembered", ("register", "purge")),
    ("What came of it", ("outcomes",)),
    ("Facts and rules", ("areas", "rules", "sample")),
    ("This program", ("doctor", "config", "completion", "reference")),
)


class Themed(SpokenGroup):
    """A group whose help parts its commands by theme; each takes the options of every command."""

    def __init__(self, **given: Any) -> None:
        """Take the commands, and give each of them the options of every command."""
        super().__init__(**given)
        add_to_all(self)
        offer_everywhere(self)

    def sections(self) -> Sections:
        """Return the themes."""
        return THEMES
