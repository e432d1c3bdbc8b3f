"""A shard of letters to their PDFs, in this process or in another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

from kuntactl.domain.letter_places import letter_place
from kuntactl.errors import LetterError
from kuntactl.letters.compose import Composer, template_folders, template_name
from kuntactl.letters.impersonal import require_impersonal
from kuntactl.letters.letter import Letter
from kuntactl.letters.master import (
    Master,
    NotStampedError,
    Pattern,
    html_of,
    make_master,
    pattern_of,
)
from kuntactl.letters.naming import naming
from kuntactl.letters.printing import Engine, Job
from kuntactl.letters.proof import prove
from kuntactl.letters.sheets import padded
from kuntactl.letters.stamp import Stamped, stamp
from kuntactl.letters.whole import Unusual, Whole
from kuntactl.typeset.form import Form
from kuntactl.typeset.limit import limited
from kuntactl.typeset.overlay import overlaid
from kuntactl.typeset.pdf_run import Filled, write_run
from kuntactl.typeset.render import LaidOut, Typesetter

# A page must have a tag, so a space that nobody sees is its text.
_BLANK = (
    '<html lang="fi"><head><title>–</title><style>@page { size: A4 }</style></head>'
    "<body><p>&#160;</p></body></html>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Letters that are printed together: one area, kind and language."""

    area: str
    letters: tuple[Letter, ...]
    bundle: str | None  # file name of the print run; none: letters handed over one by one

    def file_of(self, letter_id: str) -> PurePosixPath:
        """Return where one of its letters goes, relative to the folder of the run."""
        return PurePosixPath(self.area, letter_place(letter_id, protected=self.bundle is None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A shard with all that a process needs to print it."""

    shard: Shard
    job: Job
    keys: Mapping[Pattern, str]  # of its letters that are to be stamped
    masters: Mapping[str, Master]  # by key


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetter:
    """One letter as a file of its own."""

    letter_id: str
    pages: int
    pdf: bytes
    stamped: bool


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
        self.composer = Composer(folders)
        self._typesetter = Typesetter(folders)
        self._kept: dict[str, Master] = {}

    @cached_property
    def blank(self) -> LaidOut:
        """The back of a sheet on which nothing is printed."""
        return self._typesetter.lay_out(_BLANK)

    def lay_out(self, letter: Letter) -> LaidOut:
        """Return one letter on its pages.

        Raises:
            SettingsError: If a template is not there.
            LetterError: If it cannot be laid out; the message names the letter.
        """
        html = self.html(letter)
        with naming(letter.letter_id), limited():
            return self._typesetter.lay_out(html)

    def html(self, letter: Letter) -> str:
        """Return the HTML of one letter.

        Raises:
            SettingsError: If a template is not there.
            LetterError: If a template is wrong, or puts a person into the metadata; the message
                names the letter.
        """
        with naming(letter.letter_id), limited():
            for choices in letter.choices:
                self.composer.require(template_name(choices.kind, choices.language))
            html = html_of(letter.choices, letter.fields, composer=self.composer)
            require_impersonal(html, letter, composer=self.composer)
        return html

    def write(self, documents: Sequence[LaidOut], over: Sequence[Sequence[bytes]] = ()) -> bytes:
        """Return the letters one after the other as one PDF.

        Args:
            documents: The letters.
            over: For each letter and page what is drawn behind its content; none: nothing is.

        Raises:
            LetterError: If there is a character that the fonts lack.
        """
        return self._typesetter.write(documents, over)

    def form(self, laid: LaidOut) -> Form:
        """Return a letter as the objects of its PDF.

        Raises:
            LetterError: If there is a character that the fonts lack.
        """
        return self._typesetter.form(laid)

    def kept(self, key: str, master: Master) -> Master:
        """Return the master that this press got first under a key: it remembers more."""
        return self._kept.setdefault(key, master)

    def master(self, pattern: Pattern) -> Master:
        """Return the proven master of a pattern.

        Raises:
            SettingsError: If a template is not there.
            NotStampedError: If its letters have to be laid out whole; the text says why.
        """
        try:
            with limited():
                master = make_master(pattern, composer=self.composer, typesetter=self._typesetter)
        except LetterError as error:
            raise NotStampedError(error.problem) from error
        prove(master, pattern, composer=self.composer, typesetter=self._typesetter)
        return master


def print_shard(task: Task) -> PrintedShard:
    """Return every letter of a shard as a PDF, and all of them as a print run.

    Letters that have a master are stamped, as far as their texts allow; the others are laid out
    whole, once, and their pages go into both files.

    Raises:
        SettingsError: If a template is not there.
        LetterError: If a letter cannot be laid out; the message names it.
    """
    press = press_of_process(task.job.templates)
    clock = task.job.printing.clock
    start = clock()
    if task.job.printing.engine is Engine.WHOLE:
        letters, bind = _whole(task, press)
    else:
        letters, bind = _stamped(task, press)
    before_print_run = clock()
    print_run = bind() if task.shard.bundle else None
    end = clock()
    return PrintedShard(
        letters=tuple(letters),
        print_run=print_run,
        seconds=end - start,
        seconds_of_print_run=end - before_print_run,
    )


_Printed = tuple[Sequence[PrintedLetter], Callable[[], bytes]]  # and what makes the print run


def _stamped(task: Task, press: Press) -> _Printed:
    letters = task.shard.letters
    made = [_made(letter, task, press) for letter in letters]
    contents = [
        one.deflated(overlaid(task.job.printing.overlay, letter.letter_id, one.pages))
        for letter, one in zip(letters, made, strict=True)
    ]
    printed = [
        PrintedLetter(
            letter_id=letter.letter_id,
            pages=one.pages,
            pdf=one.file(own),
            stamped=isinstance(one, Stamped),
        )
        for letter, one, own in zip(letters, made, contents, strict=True)
    ]

    def bind() -> bytes:
        if not all(one.form.is_joinable for one in made):
            return _whole(task, press)[1]()
        filled = [
            Filled(form=one.form, contents=own) for one, own in zip(made, contents, strict=True)
        ]
        if task.job.printing.sides > 1:
            back = Whole(form=press.form(press.blank))
            filled = padded(
                filled,
                [one.pages for one in made],
                sides=task.job.printing.sides,
                blank=Filled(form=back.form, contents=back.deflated([b""])),
            )
        return write_run(filled, frozenset().union(*(one.rare for one in made)))

    return printed, bind


def _made(letter: Letter, task: Task, press: Press) -> Stamped | Whole | Unusual:
    key = task.keys.get(pattern_of(letter)) if task.keys else None
    stamped = stamp(press.kept(key, task.masters[key]), letter.fields) if key else None
    if stamped:
        return stamped
    laid = press.lay_out(letter)
    with naming(letter.letter_id):
        form = press.form(laid)
    return Whole(form=form) if form.is_plain else Unusual(laid=laid, form=form, write=press.write)


def _whole(task: Task, press: Press) -> _Printed:
    """Return the letters as WeasyPrint alone makes them."""
    letters = task.shard.letters
    laid = [press.lay_out(letter) for letter in letters]
    over = [
        overlaid(task.job.printing.overlay, letter.letter_id, one.pages)
        for letter, one in zip(letters, laid, strict=True)
    ]
    printed = [
        PrintedLetter(
            letter_id=letter.letter_id,
            pages=one.pages,
            pdf=press.write([one], [extra]),
            stamped=False,
        )
        for letter, one, extra in zip(letters, laid, over, strict=True)
    ]

    def bind() -> bytes:
        pages = [one.pages for one in laid]
        sides = task.job.printing.sides
        return press.write(
            padded(laid, pages, sides=sides, blank=press.blank),
            padded(over, pages, sides=sides, blank=(b"",)),
        )

    return printed, bind


@cache
def press_of_process(templates: Path | None) -> Press:
    """Return the press that this process keeps."""
    return Press(templates)
