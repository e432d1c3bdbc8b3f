"""Check templates of letters before anybody is written to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kuntactl.domain.areas import load_areas
from kuntactl.domain.own import NO_OWN, OwnSettings
from kuntactl.domain.types import (
    REASONS,
    EnvelopeSize,
    Language,
    LetterKind,
    LetterLanguage,
    LetterReason,
    Team,
)
from kuntactl.eligibility.explain import ground_words
from kuntactl.eligibility.rules import Chosen, choose
from kuntactl.errors import LetterError, SettingsError
from kuntactl.files.private import replace_file
from kuntactl.letters.check import Tried, faults_of_names, try_template
from kuntactl.letters.compose import BASE
from kuntactl.letters.finding import FAULTS, Finding
from kuntactl.letters.languages import Speech, speech_of
from kuntactl.letters.letter import Letter
from kuntactl.letters.marked import marked
from kuntactl.letters.parity import differences
from kuntactl.letters.press import Press
from kuntactl.letters.preview import Sample, sample_letter
from kuntactl.letters.window import ENVELOPES
from kuntactl.locale import counted, phrase
from kuntactl.typeset.pictures import as_png
from kuntactl.typeset.written import page_count

_NAME = re.compile(r"([a-z]+)\.([a-z]{2,3})\.html")
_BETWEEN_AREAS = (LetterReason.TO_AREA, LetterReason.FROM_AREA)
_TEAMS = (Team.YOUNG, Team.IMMIGRANTS, Team.GENERAL)  # the young first: their letters say most


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOrder:
    """Which templates to check, and for which envelopes."""

    templates: tuple[str, ...] = ()  # file names; none: all that there are
    folder: Path | None = None  # the user's own, whose files replace ours
    envelopes: tuple[EnvelopeSize, ...] = (EnvelopeSize.C5,)
    own: OwnSettings = NO_OWN  # whose areas the letters are of, beside ours


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTemplates:
    """What is wrong with the templates."""

    templates: tuple[str, ...]  # those asked for
    findings: tuple[Finding, ...]
    tried: Mapping[str, Tried]  # by template; those that could be tried on paper

    @property
    def only_advice(self) -> bool:
        """Whether letters come out right with these templates as they are."""
        return all(FAULTS[finding.code].is_advice for finding in self.findings)


def check_templates(order: CheckOrder) -> CheckedTemplates:
    """Return what is wrong with templates, tried with made-up letters that say all and little.

    The language versions of a letter are held against each other, whichever was asked for.

    Raises:
        SettingsError: If a template or the folder is not there.
    """
    press = Press(order.folder)  # one for all: it reads templates and style sheets once
    composer = press.composer
    found = composer.found()
    asked = order.templates or (BASE, *found)
    names = {name: list(faults_of_names(name, composer)) for name in asked}
    kinds = {match[1] for match in map(_NAME.fullmatch, asked) if match}
    tried = {
        name: trial
        for name in found
        if (match := _NAME.fullmatch(name)) and match[1] in kinds
        if (trial := _try(match, order, press=press, says_only=name not in asked))
    }
    findings = [finding for name in asked for finding in names[name]]
    for name in asked:
        findings += tried[name].findings if name in tried else ()
    for kind in sorted(kinds):
        versions = [
            trial.version
            for name, trial in tried.items()
            if trial.version and name.startswith(f"{kind}.")
        ]
        findings += [one for one in differences(versions) if one.template in asked]
    return CheckedTemplates(templates=tuple(asked), findings=_once(findings), tried=tried)


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings without those that only another situation shows once more."""
    first = {replace(finding, situation=""): finding for finding in reversed([*findings])}
    return tuple(reversed(first.values()))


def draw_page(
    checked: CheckedTemplates,
    order: CheckOrder,
    *,
    page: int | None,
    out: Path,
    dry_run: bool = False,
) -> tuple[str, str, int]:
    """Draw a page of a letter with its faults in red; return template, situation and page.

    Args:
        checked: What ``check_templates`` found; the first letter with a fault on paper is
            drawn, or the first letter if there is none.
        order: What was checked.
        page: From 1; none: the first with a fault.
        out: The PNG file to write.
        dry_run: Whether to write nothing.

    Raises:
        LetterError: If no letter could be set.
        SettingsError: If the letter has no such page.
        DeliveryError: If the file cannot be written.
    """
    letters = [
        (name, situation)
        for name in checked.templates
        if name in checked.tried
        for situation in checked.tried[name].pages
    ]
    if not letters:
        raise LetterError(
            phrase("no letter of these templates could be set, so there is no picture")
        )
    on_paper = [one for one in checked.findings if one.place]
    offending = next(
        (one for one in on_paper if page in {None, one.page}), on_paper[0] if on_paper else None
    )
    template, situation = (offending.template, offending.situation) if offending else letters[0]
    number = page or (offending.page if offending else None) or 1
    pdf = checked.tried[template].pages[situation]
    if number > page_count(pdf):
        raise SettingsError(
            phrase("no page {number}", number=number),
            hint=counted(
                "the letter has {count} page", "the letter has {count} pages", page_count(pdf)
            ),
        )
    picture = marked(
        pdf,
        page=number,
        findings=[
            one for one in on_paper if (one.template, one.situation) == (template, situation)
        ],
        envelopes=[ENVELOPES[size] for size in order.envelopes],
    )
    if not dry_run:
        replace_file(out, as_png(picture))
    return template, situation, number


def _try(name: re.Match[str], order: CheckOrder, *, press: Press, says_only: bool) -> Tried | None:
    """Return how the template did on paper; none: it is of a kind we do not know."""
    kind, language = name.groups()
    if kind not in set(LetterKind):
        return None
    service = next((one for one in (Language.FI, Language.SV) if one == language), None)
    envelope = (
        LetterLanguage(service=service)
        if service
        else LetterLanguage(service=Language.FI, second=language)
    )
    return try_template(
        name[0],
        _samples(LetterKind(kind), envelope, order),
        press=press,
        envelopes=[ENVELOPES[size] for size in order.envelopes],
        says_only=says_only,
    )


def _samples(
    kind: LetterKind, lang: LetterLanguage, order: CheckOrder
) -> Mapping[str, list[Letter]]:
    """Return letters of every area, office and team, by what they tell of."""
    trials = [*_all_chosen(order.own)]
    speech = speech_of(order.folder)
    reasons: Sequence[LetterReason | None] = REASONS[kind] or (None,)
    return {
        reason.value if reason else "": [
            letter
            for chosen in trials
            for letter in _letters(
                chosen, Sample(kind=kind, lang=lang, reason=reason), speech=speech
            )
        ]
        for reason in reasons
    }


def _letters(chosen: tuple[Chosen, ...], sample: Sample, *, speech: Speech) -> Iterator[Letter]:
    """Yield letters of the areas of one trial, on its first day."""
    areas = [choice.area for choice in chosen]
    grounds = ground_words(chosen)
    for at, area in enumerate(areas):
        other = areas[at - 1] if sample.reason in _BETWEEN_AREAS else None
        for team in _TEAMS:
            for municipality in area.municipalities:
                of_client = replace(
                    sample, other_area=other, municipality=municipality, team=team, grounds=grounds
                )
                yield sample_letter(area, of_client, on=area.trial.begins, speech=speech)


def _all_chosen(own: OwnSettings) -> Iterable[tuple[Chosen, ...]]:
    """Yield for each trial its areas that have rules, on its first day."""
    # What has no end is no trial, and its letters cannot tell when it ends.
    trials = [area.trial for area in load_areas(own.areas).values() if area.trial.ends]
    for begins in sorted({trial.begins for trial in trials}):
        yield choose(on=begins, own=own)
