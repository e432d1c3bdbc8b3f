"""Languages that a user's own templates add to the letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from kuntactl.domain.settings import read_setting
from kuntactl.domain.trials import Trial
from kuntactl.domain.types import Language, LetterKind, TrialId
from kuntactl.domain.wording import Words
from kuntactl.errors import LetterError, SettingsError
from kuntactl.locale import phrase
from kuntactl.typeset.fonts import missing_characters

_NOTICE = Words(fi="Ilmoitus", sv="Meddelande", en="Notice")
_REFERENCE = Words(fi="Viite", sv="Referens", en="Reference")


class TrialWords(BaseModel):
    """How a trial is called in a language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str  # in running text
    act: str  # name and number of the Act


class OwnWords(BaseModel):
    """The words of a language that are not in its templates (``<language>.toml``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str  # the language, ISO 639
    notice: str  # what kind of document a letter is
    reference: str  # label of the letter's id
    grounds: Mapping[str, str]  # by code, as said to the client
    trials: Mapping[TrialId, TrialWords]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What letters say in Finnish, Swedish, English, and in a user's own languages.

    In a language of the user's own the words come from its file, and a word that the file
    lacks stops the run: no letter is half in another language. Proper names are those of the
    language of service; days are written 1.3.2021. What an area's file says in words, such as
    opening hours, is left out: the part in the language of service says it.
    """

    own: Mapping[str, OwnWords]  # by language
    kinds: Mapping[str, frozenset[LetterKind]]  # of which the language has a template

    def require(self, language: str) -> None:
        """Make sure that letters can speak the language.

        Raises:
            SettingsError: If it is neither one of ours nor of the user's own.
        """
        if language not in {*Language, *self.own}:
            raise SettingsError(
                phrase("no letter template in the language `{language}`", language=language),
                hint=phrase(
                    "--templates adds one with <kind>.<language>.html and <language>.toml"
                ),
            )

    def words(self, words: Words | None, language: str) -> str | None:
        """Return words of ours in the language; none in a language of the user's own."""
        if words is None or language in self.own:
            return None
        return words.in_language(Language(language))

    def notice(self, language: str) -> str:
        """Return what kind of document a letter is."""
        own = self.own.get(language)
        return own.notice if own else _NOTICE.in_language(Language(language))

    def reference(self, language: str) -> str:
        """Return the label of the letter's id."""
        own = self.own.get(language)
        return own.reference if own else _REFERENCE.in_language(Language(language))

    def trial(self, trial: Trial, language: str) -> TrialWords:
        """Return how the trial is called.

        Raises:
            LetterError: If the user's file does not say it.
        """
        own = self.own.get(language)
        if own is None:
            return TrialWords(
                name=trial.name.in_language(Language(language)),
                act=trial.act.in_language(Language(language)),
            )
        if trial.id not in own.trials:
            raise LetterError(
                phrase(
                    "{language}.toml: no words for the trial `{id}`",
                    language=language,
                    id=trial.id,
                ),
                hint=phrase("add [trials.{id}] with `name` and `act`", id=trial.id),
            )
        return own.trials[trial.id]

    def grounds(
        self, codes: Sequence[str], words: Mapping[str, Words], language: str
    ) -> tuple[str, ...]:
        """Return the grounds as said to the client; those that no letter says are left out.

        Args:
            codes: Of the grounds that hold.
            words: How letters say the grounds, by code.
            language: Of the letter.

        Raises:
            LetterError: If the user's file lacks a ground.
        """
        own = self.own.get(language)
        said = [code for code in codes if code in words]
        if own is None:
            return tuple(words[code].in_language(Language(language)) for code in said)
        for code in said:
            if code not in own.grounds:
                raise LetterError(
                    phrase(
                        "{language}.toml: no words for the ground `{code}`",
                        language=language,
                        code=code,
                    ),
                    hint=phrase("add under [grounds]: {code} = ...", code=code),
                )
        return tuple(own.grounds[code] for code in said)


NO_OWN_LANGUAGE = Speech(own={}, kinds={})


def speech_of(templates: Path | None) -> Speech:
    """Return what letters can say with the user's own templates.

    A language is added by a template ``<kind>.<language>.html`` and the words
    ``<language>.toml`` beside it.

    Raises:
        SettingsError: If a file of words is wrong.
        LetterError: If there is none beside a template, or our fonts lack a character.
    """
    kinds: dict[str, set[LetterKind]] = {}
    for kind in LetterKind:
        for template in templates.glob(f"{kind}.*.html") if templates else ():
            language = template.name.split(".")[1]
            if language not in set(Language):
                kinds.setdefault(language, set()).add(kind)
    return Speech(
        own={language: _own_words(Path(templates or "."), language) for language in sorted(kinds)},
        kinds={language: frozenset(of) for language, of in sorted(kinds.items())},
    )


def _own_words(folder: Path, language: str) -> OwnWords:
    file = folder / f"{language}.toml"
    if not file.is_file():
        raise LetterError(
            phrase(
                "{file}: not there, but templates in `{language}` are",
                file=file.name,
                language=language,
            ),
            hint=phrase(
                "it holds the words of the grounds and trials: see docs/letter-language.md"
            ),
        )
    words = read_setting(file, OwnWords)
    for text in _texts(words.model_dump()):
        for character in sorted(missing_characters(text)):
            raise LetterError(
                phrase(
                    "{file}: our fonts lack the character U+{ord:04X}",
                    file=file.name,
                    ord=ord(character),
                ),
                hint=phrase("letters can be in the Latin, Greek and Cyrillic alphabets"),
            )
    return words


def _texts(words: Mapping[str, object]) -> list[str]:
    found: list[str] = []
    for value in words.values():
        found += _texts(value) if isinstance(value, Mapping) else [str(value)]
    return found
