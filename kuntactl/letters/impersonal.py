"""What a file tells of itself is the same for every client."""

import re
from dataclasses import replace

from kuntactl.errors import LetterError
from kuntactl.letters.compose import Composer
from kuntactl.letters.fields import Fields
from kuntactl.letters.letter import Letter
from kuntactl.letters.master import html_of
from kuntactl.locale import phrase

# Title, author, description, keywords: WeasyPrint makes the file's metadata of these.
_TELLS = re.compile(r"<title\b.*?</title>|<meta\b[^>]*>", re.DOTALL | re.IGNORECASE)


def require_impersonal(html: str, letter: Letter, *, composer: Composer) -> None:
    """Make sure that no title or other metadata of a letter holds a text about a person.

    The metadata must stay the same when somebody else's texts stand in the letter. Words that a
    name shares with a title are no fault.

    Raises:
        LetterError: If there is one; the message holds no value.
    """
    of_somebody = tuple(_of_somebody(own) for own in letter.fields)
    if _TELLS.findall(html_of(letter.choices, of_somebody, composer=composer)) != _TELLS.findall(
        html
    ):
        raise LetterError(
            phrase("the title or other metadata would hold a text of the client's own"),
            hint=phrase(
                "archives and search engines read it; let `page.title` name the matter only"
            ),
        )


def _of_somebody(own: Fields) -> Fields:
    """Return fields that have the shape of these, of nobody: a template may cut them up."""
    return replace(
        own,
        recipient=tuple(map(_masked, own.recipient)),
        grounds=tuple(map(_masked, own.grounds)),
        coach_name=own.coach_name and _masked(own.coach_name),
        coach_phone=own.coach_phone and _masked(own.coach_phone),
        coach_email=own.coach_email and _masked(own.coach_email),
    )


def _masked(text: str) -> str:
    return re.sub(r"\w", "X", text)
