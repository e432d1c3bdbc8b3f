"""A shard of letters to their PDFs, in this process or in another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from kuntactl.errors import LetterError, SettingsError
from kuntactl.letters.compose import Composer, template_folders
from kuntactl.letters.fields import Choices
from kuntactl.letters.master import Master, make_master
from kuntactl.letters.plan import Letter
from kuntactl.letters.stamp import stamp
from kuntactl.typeset.render import LaidOut, Typesetter

Clock = Callable[[], float]  # seconds, from any beginning


def no_clock() -> float:
    """Return the time of somebody who does not measure."""
    return 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Letters that are printed together: one area, kind and language."""

    area: str
    letters: tuple[Letter, ...]
    bundle: str | None  # file name of the print run; none: letters handed over one by one

    def file_of(self, letter_id: str) -> PurePosixPath:
        """Return where one of its letters goes, relative to the folder of the run."""
        folder = "letters" if self.bundle else "protected"
        return PurePosixPath(self.area, folder, f"{letter_id}.pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetter:
    """One letter as a file of its own."""

    letter_id: str
    pages: int
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedShard:
    """The letters of a shard, in its order."""

    letters: tuple[PrintedLetter, ...]
    print_run: bytes | None  # the same letters one after the other
    seconds: float  # for all of it, in the process that did it
    seconds_of_print_run: float  # of these


class Press:
    """Lays out and writes letters; templates, style sheets and fonts are read once."""

    def __init__(self, templates: Path | None) -> None:
        """Print from the user's templates, and from ours where they have none.

        Raises:
            SettingsError: If the user's folder is not there.
            LetterError: If the style sheet of the fonts cannot be read.
        """
        folders = template_folders(templates)
        self._composer = Composer(folders)
        self._typesetter = Typesetter(folders)
        self._masters: dict[tuple[Choices, ...], Master] = {}

    def lay_out(self, letter: Letter) -> LaidOut:
        """Return one letter on its pages.

        Raises:
            SettingsError: If a template is not there.
            LetterError: If it cannot be laid out; the message names the letter.
        """
        try:
            return stamp(self._master(letter.choices), letter.fields, typesetter=self._typesetter)
        except LetterError as error:
            raise LetterError(
                f"letter {letter.letter_id}: {error.problem}", hint=error.hint
            ) from error
        except SettingsError:
            raise
        except Exception as error:  # WeasyPrint raises whatever goes wrong inside
            raise LetterError(
                f"letter {letter.letter_id}: cannot be laid out ({type(error).__name__})"
            ) from error

    def write(self, documents: Sequence[LaidOut]) -> bytes:
        """Return the letters one after the other as one PDF.

        Raises:
            LetterError: If there is a character that the fonts lack.
        """
        return self._typesetter.write(documents)

    def print_shard(self, shard: Shard, *, clock: Clock = no_clock) -> PrintedShard:
        """Return every letter as a PDF, and all of them as a print run.

        Each letter is laid out once; its pages go into both files.

        Raises:
            SettingsError: If a template is not there.
            LetterError: If a letter cannot be laid out; the message names it.
        """
        start = clock()
        laid = [self.lay_out(letter) for letter in shard.letters]
        letters = tuple(
            PrintedLetter(letter_id=letter.letter_id, pages=page.pages, pdf=self.write([page]))
            for letter, page in zip(shard.letters, laid, strict=True)
        )
        before_print_run = clock()
        print_run = self.write(laid) if shard.bundle else None
        end = clock()
        return PrintedShard(
            letters=letters,
            print_run=print_run,
            seconds=end - start,
            seconds_of_print_run=end - before_print_run,
        )

    def _master(self, choices: tuple[Choices, ...]) -> Master:
        if choices not in self._masters:
            self._masters[choices] = make_master(choices, composer=self._composer)
        return self._masters[choices]


def print_shard(shard: Shard, templates: Path | None, clock: Clock) -> PrintedShard:
    """Return the shard printed in this process, by a press that the process keeps.

    Raises:
        SettingsError: If a template is not there.
        LetterError: If a letter cannot be laid out; the message names it.
    """
    return _press_of_process(templates).print_shard(shard, clock=clock)


@cache
def _press_of_process(templates: Path | None) -> Press:
    return Press(templates)
