"""A letter with all its choices made, in which only the fields are open."""

from collections.abc import Sequence
from dataclasses import dataclass

from kuntactl.letters.compose import Composer, template_name
from kuntactl.letters.fields import Choices, Fields, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """What all letters with the same choices share; it holds nothing personal."""

    choices: tuple[Choices, ...]  # one a language, in the order of printing
    composer: Composer

    def html(self, fields: Sequence[Fields]) -> str:
        """Return the HTML of one client's letter.

        Args:
            fields: One a language, in the order of ``choices``.

        Raises:
            SettingsError: If a template is not there.
            LetterError: If a template is wrong.
        """
        return self.composer.html(
            [
                Part(template=template_name(choices.kind, choices.language), c=choices, f=own)
                for choices, own in zip(self.choices, fields, strict=True)
            ]
        )


def make_master(choices: tuple[Choices, ...], *, composer: Composer) -> Master:
    """Return the master of a combination of choices.

    Raises:
        SettingsError: If a template is not there.
        LetterError: If the syntax of a template is wrong.
    """
    for choice in choices:
        composer.require(template_name(choice.kind, choice.language))
    return Master(choices=choices, composer=composer)
