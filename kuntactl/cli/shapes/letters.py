"""What the commands about letters print."""

from kuntactl.cli.shapes.base import Shape


class Place(Shape):
    """Where on the paper, in mm from the top left."""

    left: float
    top: float
    right: float
    bottom: float


class TemplateFinding(Shape):
    """Something wrong with a template, or worth knowing."""

    template: str
    code: str
    element: str
    what: str
    page: int | None
    mm: Place | None
    situation: str
    """The made-up letter in which it shows."""
    cure: str


class CheckedTemplates(Shape):
    """``letters check``."""

    templates: list[str]
    findings: list[TemplateFinding]


class LettersOfArea(Shape):
    """The letters of an area that were looked at."""

    letters: int
    print_runs: int
    sealed: int
    """Files that were not looked into."""


class MadeAgain(Shape):
    """Letters that were made once more."""

    run: int
    letters: list[str]


class LetterFault(Shape):
    """Something that is not as the lists say."""

    area: str
    letter_id: str | None
    file: str
    code: str
    message: str


class VerifiedLetters(Shape):
    """``letters verify``."""

    areas: dict[str, LettersOfArea]
    sample: MadeAgain | None
    faults: list[LetterFault]


class LeftOut(Shape):
    """A letter that is not in the print run."""

    letter_id: str
    reason: str


class Reprinted(Shape):
    """``letters reprint``."""

    file: str
    letters: list[str]
    pages: int
    left_out: list[LeftOut]
