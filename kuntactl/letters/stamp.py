"""One client's letter from its master, laid out whole."""

from collections.abc import Sequence

from kuntactl.letters.fields import Fields
from kuntactl.letters.master import Master
from kuntactl.typeset.render import LaidOut, Typesetter


def stamp(master: Master, fields: Sequence[Fields], *, typesetter: Typesetter) -> LaidOut:
    """Return the letter on its pages.

    Args:
        master: The letter with its choices made.
        fields: The client's own lines, one record a language, in the master's order.
        typesetter: Lays the page out.

    Raises:
        LetterError: If the letter cannot be laid out as the template asks.
    """
    return typesetter.lay_out(master.html(fields))
