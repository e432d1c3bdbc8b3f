"""A letter laid out once, in which only the client's own lines are open."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kuntactl.errors import LetterError
from kuntactl.letters.compose import Composer, template_name
from kuntactl.letters.fields import Choices, Fields, Part
from kuntactl.letters.letter import Letter
from kuntactl.letters.marker import MARKER, Marks, Own, Shape, outside_text, pieces, shape_of
from kuntactl.locale import phrase
from kuntactl.typeset.boxes import MARGIN_BOX, Place
from kuntactl.typeset.form import Form
from kuntactl.typeset.pdf_file import Shell, shell_of
from kuntactl.typeset.render import Typesetter
from kuntactl.typeset.slots import Sheet, Slot, sheets_of, slots_of
from kuntactl.typeset.subset import REPERTOIRE

_MOST_SHELLS = 200  # kept by a master: one for each set of rare characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What letters have in common whose layout differs in the texts of their lines only."""

    choices: tuple[Choices, ...]  # one a language, in the order of printing
    shape: Shape

    def html(self, composer: Composer, fields: Sequence[Fields]) -> str:
        """Return the HTML of a letter.

        Raises:
            SettingsError: If a template is not there.
            LetterError: If a template is wrong.
        """
        return html_of(self.choices, fields, composer=composer)


def pattern_of(letter: Letter) -> Pattern:
    """Return what a letter has in common with others of the same layout."""
    return Pattern(choices=letter.choices, shape=shape_of(letter.fields))


class NotStampedError(Exception):
    """A template that cannot be stamped exactly; the text names the element and says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An open line and what it says."""

    slot: Slot
    words: tuple[str | Own, ...]
    language: str  # ISO 639

    @property
    def own(self) -> tuple[Own, ...]:
        """The client's texts in it."""
        return tuple(word for word in self.words if isinstance(word, Own))


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """What letters of a pattern share; it holds nothing personal."""

    form: Form
    lines: tuple[Line, ...]  # in the order of drawing
    sheets: tuple[Sheet, ...]
    places: tuple[Mapping[tuple[float, float], Place], ...] = ()  # of each page's text
    _forms: dict[frozenset[int], Form] = field(default_factory=dict, repr=False)
    _shells: dict[tuple[frozenset[int], frozenset[str]], Shell] = field(
        default_factory=dict, repr=False
    )

    def form_without(self, gone: frozenset[int]) -> Form:
        """Return the letter without the tags of some lines, by their numbers."""
        if gone not in self._forms:
            marks: dict[int, set[int]] = {}
            for number in gone:
                slot = self.lines[number].slot
                marks.setdefault(slot.page, set()).add(slot.run.mark)
            self._forms[gone] = self.form.without(
                {page: frozenset(of_page) for page, of_page in marks.items()}
            )
        return self._forms[gone]

    def shell(self, gone: frozenset[int], extra: frozenset[str]) -> Shell:
        """Return the file of a letter but for its pages.

        Args:
            gone: Numbers of the lines that it does not have.
            extra: Characters beyond our repertoire.
        """
        key = gone, extra
        if key in self._shells:
            return self._shells[key]
        if len(self._shells) > _MOST_SHELLS:
            self._shells.clear()
        self._shells[key] = shell_of(self.form_without(gone), extra)
        return self._shells[key]

    def __getstate__(self) -> tuple[Form, tuple[Line, ...], tuple[Sheet, ...]]:
        """Leave behind what can be made again."""
        return self.form, self.lines, self.sheets

    def __setstate__(self, state: tuple[Form, tuple[Line, ...], tuple[Sheet, ...]]) -> None:
        """Take the same up again."""
        for name, value in zip(("form", "lines", "sheets"), state, strict=True):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "places", ())
        object.__setattr__(self, "_forms", {})
        object.__setattr__(self, "_shells", {})


def html_of(choices: Sequence[Choices], fields: Sequence[Fields], *, composer: Composer) -> str:
    """Return the HTML of one client's letter.

    Args:
        choices: One a language, in the order of printing.
        fields: One a language, in the same order.
        composer: Fills the templates.

    Raises:
        SettingsError: If a template is not there.
        LetterError: If a template is wrong.
    """
    return composer.html(
        [
            Part(template=template_name(chosen.kind, chosen.language), c=chosen, f=own)
            for chosen, own in zip(choices, fields, strict=True)
        ]
    )


def open_html(pattern: Pattern, composer: Composer) -> tuple[str, Mapping[str, Own]]:
    """Return the HTML of a pattern with markers for the client's texts, and what they stand for.

    Raises:
        SettingsError: If a template is not there.
        NotStampedError: If a template looks at the text of a field.
    """
    marks = Marks()
    try:
        html = pattern.html(composer, marks.fields(pattern.shape))
    except LetterError as error:
        raise NotStampedError(
            phrase("{problem}: a field may be printed, not looked at", problem=error.problem)
        ) from error
    return html, marks.stands_for


def master_key(html: str) -> str:
    """Return what patterns with the same layout have in common."""
    return hashlib.sha256(html.encode()).hexdigest()


def make_master(pattern: Pattern, *, composer: Composer, typesetter: Typesetter) -> Master:
    """Return the master of a pattern, not yet proven.

    Raises:
        SettingsError: If a template is not there.
        LetterError: If it cannot be laid out at all.
        NotStampedError: If a line cannot be stamped.
    """
    html, stands_for = open_html(pattern, composer)
    for marker in outside_text(html):
        raise NotStampedError(
            phrase(
                "f.{stands_for} stands in an attribute or a style sheet",
                stands_for=stands_for[marker].name,
            )
        )
    laid = typesetter.lay_out(html)
    if any(MARKER.search(text) for text in laid.said_of_itself):
        raise NotStampedError(phrase("the title or a bookmark tells a text of the client's own"))
    form = typesetter.form(laid)
    if not form.is_plain:
        raise NotStampedError(
            phrase(
                "the page asks for more than plain letters: ligatures, small "
                "capitals or other figures"
            )
        )
    slots = tuple(slots_of(form, MARKER))
    lines = tuple(_line(slot, stands_for, pattern) for slot in slots)
    _require_all(lines, stands_for, form)
    bare = replace(form, pages=tuple(page.bare() for page in form.pages))
    return Master(
        form=bare,
        lines=lines,
        sheets=sheets_of(form, slots),
        places=tuple(page.places for page in form.pages),
    )


def rare(texts: Iterable[str]) -> frozenset[str]:
    """Return the characters beyond our repertoire."""
    return frozenset().union(*texts) - REPERTOIRE


def _line(slot: Slot, stands_for: Mapping[str, Own], pattern: Pattern) -> Line:
    words = tuple(
        piece if isinstance(piece, str) else stands_for[piece[0]] for piece in pieces(slot.text)
    )
    line = Line(
        slot=slot,
        words=words,
        language=pattern.choices[
            next(word.part for word in words if isinstance(word, Own))
        ].language,
    )
    names = sorted({f"f.{own.name}" for own in line.own})
    if slot.element == MARGIN_BOX:
        raise NotStampedError(
            phrase(
                "{margin_box}: {names} stands where the width follows the text",
                margin_box=MARGIN_BOX,
                names=names,
            )
        )
    if slot.lines != 1:
        raise NotStampedError(
            phrase(
                "{element}: {names} stands in text of several lines",
                element=slot.element,
                names=names,
            )
        )
    shown = slot.show(slot.text, line.language)
    if shown is None or shown.glyphs != slot.run.glyphs:
        raise NotStampedError(
            phrase(
                "{element}: {names} is set with spacing or features that are not plain",
                element=slot.element,
                names=names,
            )
        )
    return line


def _require_all(lines: Iterable[Line], stands_for: Mapping[str, Own], form: Form) -> None:
    found = {marker[0] for line in lines for marker in MARKER.finditer(line.slot.text)}
    texts = [place for page in form.pages for place in page.places.values()]
    for marker, own in stands_for.items():
        if marker in found:
            continue
        for place in texts:
            if marker in place.text:
                raise NotStampedError(
                    phrase(
                        "{element}: f.{own} is drawn with more than its letters",
                        element=place.element,
                        own=own.name,
                    )
                )
        raise NotStampedError(
            phrase(
                "f.{own} is changed before it is printed, or printed elsewhere than on the page",
                own=own.name,
            )
        )
