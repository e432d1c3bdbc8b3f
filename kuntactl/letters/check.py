"""Whether a template of a letter can be trusted with a batch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kuntactl.errors import LetterError
from kuntactl.letters.compose import BASE, Composer
from kuntactl.letters.fields import Fields
from kuntactl.letters.finding import Finding
from kuntactl.letters.letter import Letter
from kuntactl.letters.master import NotStampedError, html_of, pattern_of
from kuntactl.letters.paper import faults_on_paper, printed_fields
from kuntactl.letters.parity import Version
from kuntactl.letters.plain_language import hard_to_read, sentences_of
from kuntactl.letters.press import Press
from kuntactl.letters.template_names import Slip, Used
from kuntactl.letters.widest import bare_letter, widest_letter
from kuntactl.letters.window import Envelope
from kuntactl.typeset.render import LaidOut
from kuntactl.typeset.seen import Mark, marks_of

_RECIPIENT = "recipient"  # stands in the first language of the envelope only


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A template that was tried with made-up letters."""

    findings: tuple[Finding, ...]
    version: Version | None  # what it says when it says all; none: it could not be set
    pages: Mapping[str, bytes]  # the letters as PDF, by the situation that findings name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """One made-up letter, and the part of it that is looked at."""

    template: str
    situation: str
    letter: Letter
    envelopes: Sequence[Envelope]
    says_all: bool  # all its values are there, and as wide as they come

    def values(self, used: frozenset[str]) -> dict[str, Any]:
        """Return the fields that the last part of the envelope prints and that have a value."""
        own, is_first = self.letter.fields[-1], len(self.letter.fields) == 1
        return {
            name: getattr(own, name)
            for name in Fields.__dataclass_fields__
            if f"f.{name}" in used and getattr(own, name)
            if is_first or name != _RECIPIENT
        }


def faults_of_names(template: str, composer: Composer) -> Iterator[Finding]:
    """Yield what is no Jinja, and names that nobody declared, with their lines.

    Raises:
        SettingsError: If the template, or one that it includes, is not there.
    """
    names, slips = composer.names_of(template)
    for slip in slips:
        yield _at(template, slip, "wrong_syntax", slip.message)
    for used in names:
        if not used.is_declared:
            yield _at(template, used, "undeclared_name", used.name)


def try_template(
    template: str,
    samples: Mapping[str, Sequence[Letter]],
    *,
    press: Press,
    envelopes: Sequence[Envelope],
    says_only: bool = False,
) -> Tried:
    """Return what is wrong with letters of a template that say all, and that say little.

    Args:
        template: Whose part stands last in the samples.
        samples: Letters of every area, office and team, by what they tell of; not empty.
        press: Lays them out, and knows which fields the template uses.
        envelopes: Those that the letters will be posted in.
        says_only: Whether only what it says is asked, not what is wrong with it.
    """
    used = _fields_used(template, press.composer)
    findings: list[Finding] = []
    pages: dict[str, bytes] = {}
    texts, given, printed = [], set[str](), set[str]()
    for trial in _trials(template, samples, envelopes):
        if says_only and not trial.says_all:
            continue
        try:
            laid = press.lay_out(trial.letter)
            marks = _own_marks(laid, trial.letter, press)
            if not says_only:
                pages[trial.situation] = press.write([laid])
        except LetterError as error:
            findings.append(_cannot_be_set(trial, error))
            continue
        findings += faults_on_paper(
            marks, template=template, situation=trial.situation, envelopes=envelopes
        )
        if trial.says_all and not says_only:
            findings += _not_stamped(trial, press)
        if trial.says_all:
            values = trial.values(used)
            given |= values.keys()
            printed |= printed_fields(marks, values)
            findings += _long_sentences(trial, press.composer)
            texts.append(" ".join(mark.text for mark in marks))
    # A field is printed by one sort of a letter and not by another; it must be by one of them.
    findings += [_not_printed(template, name) for name in sorted(given - printed) if texts]
    version = Version(template=template, fields=used, text="\n".join(texts))
    return Tried(
        findings=() if says_only else tuple(findings),
        version=version if texts else None,
        pages=pages,
    )


def _trials(
    template: str, samples: Mapping[str, Sequence[Letter]], envelopes: Sequence[Envelope]
) -> Iterator[_Trial]:
    for sort, letters in samples.items():
        for name, letter in (
            ("widest", widest_letter(letters)),
            ("bare", bare_letter(letters[0])),
        ):
            yield _Trial(
                template=template,
                situation=f"{name}, {sort}" if sort else name,
                letter=letter,
                envelopes=envelopes,
                says_all=name == "widest",
            )


def _own_marks(laid: LaidOut, letter: Letter, press: Press) -> Sequence[Mark]:
    """Return the marks of the last part: each language begins a page."""
    marks = marks_of(laid)
    if len(letter.choices) == 1:
        return marks
    before = press.lay_out(
        Letter(letter_id=letter.letter_id, choices=letter.choices[:-1], fields=letter.fields[:-1])
    )
    return [mark for mark in marks if mark.page > before.pages]


def _fields_used(template: str, composer: Composer) -> frozenset[str]:
    """Return the client's own lines that a template prints, with those around the text."""
    names = {used.name for name in (template, BASE) for used in composer.names_of(name)[0]}
    return frozenset(name for name in names if name.startswith("f."))


def _long_sentences(trial: _Trial, composer: Composer) -> Iterator[Finding]:
    """Yield that the last part of a letter is hard to read, if it is."""
    html = html_of(trial.letter.choices, trial.letter.fields, composer=composer)
    sentences = sentences_of(html).get(trial.letter.choices[-1].language, ())
    words = hard_to_read(sentences)
    if words is not None:
        yield Finding(
            template=trial.template,
            code="long_sentences",
            element="",
            detail=str(words),
            situation=trial.situation,
        )


def _at(template: str, place: Slip | Used, code: str, detail: str) -> Finding:
    return Finding(
        template=template, code=code, element=f"{place.file}: line {place.line}", detail=detail
    )


def _not_stamped(trial: _Trial, press: Press) -> Iterator[Finding]:
    """Yield why letters of this layout have to be laid out one by one."""
    try:
        press.master(pattern_of(trial.letter))
    except NotStampedError as error:
        yield Finding(
            template=trial.template,
            code="not_stamped",
            element="",
            detail=str(error),
            situation=trial.situation,
        )


def _not_printed(template: str, name: str) -> Finding:
    return Finding(template=template, code="not_printed", element=f"f.{name}")


def _cannot_be_set(trial: _Trial, error: LetterError) -> Finding:
    problem = error.problem.removeprefix(f"letter {trial.letter.letter_id}: ")
    return Finding(
        template=trial.template,
        code="cannot_be_set",
        element="",
        detail=problem,
        situation=trial.situation,
    )
