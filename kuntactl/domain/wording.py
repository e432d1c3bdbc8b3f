"""Words in the languages of the product: a text that lacks one of them cannot be made."""

from dataclasses import dataclass

from kuntactl.domain.types import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One text in Finnish, Swedish and English."""

    fi: str
    sv: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the text in ``language``."""
        return {Language.FI: self.fi, Language.SV: self.sv, Language.EN: self.en}[language]

    def in_every_language(self) -> dict[str, str]:
        """Return the text by language, for ``--json``."""
        return {language.value: self.in_language(language) for language in Language}


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A proper name in Finnish and Swedish; English text uses the Finnish name."""

    fi: str
    sv: str

    def in_language(self, language: Language) -> str:
        """Return the name as a text in ``language`` writes it."""
        return self.sv if language is Language.SV else self.fi
