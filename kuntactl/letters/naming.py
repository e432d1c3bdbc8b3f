"""The name of a letter in whatever goes wrong while it is laid out."""

from collections.abc import Iterator
from contextlib import contextmanager

from kuntactl.errors import LetterError, SettingsError
from kuntactl.locale import phrase


@contextmanager
def naming(letter_id: str) -> Iterator[None]:
    """Name the letter in whatever goes wrong with it.

    Raises:
        SettingsError: As it is.
        LetterError: For all else.
    """
    try:
        yield
    except LetterError as error:
        raise LetterError(
            phrase("letter {letter_id}: {problem}", letter_id=letter_id, problem=error.problem),
            hint=error.hint,
        ) from error
    except SettingsError:
        raise
    except Exception as error:  # WeasyPrint raises whatever goes wrong inside
        raise LetterError(
            phrase(
                "letter {letter_id}: cannot be laid out ({name})",
                letter_id=letter_id,
                name=type(error).__name__,
            )
        ) from error
