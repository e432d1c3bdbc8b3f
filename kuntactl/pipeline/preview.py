"""Write one letter with sample values, to look at before a batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kuntactl.domain.areas import Area, find_area, load_areas
from kuntactl.domain.hints import nearest
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.own import NO_OWN, OwnSettings
from kuntactl.domain.types import (
    REASONS,
    AreaId,
    LetterKind,
    LetterLanguage,
    LetterReason,
    MunicipalityCode,
    Team,
)
from kuntactl.eligibility.explain import ground_words
from kuntactl.eligibility.rules import choose
from kuntactl.errors import SettingsError
from kuntactl.files.private import replace_file
from kuntactl.letters.preview import Sample, preview
from kuntactl.locale import counted, phrase
from kuntactl.pipeline.decided import refuse_without_letters
from kuntactl.typeset.pictures import as_png, picture_of
from kuntactl.typeset.written import page_count

_NOTICE = timedelta(days=30)  # a letter about the trial's end is of a day before it


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewOrder:
    """Which letter to look at."""

    area: str
    kind: LetterKind
    language: LetterLanguage
    municipality: str | None  # three digits; none: the first that fits
    team: Team
    on: date | None  # day of the event; none: ``today``, or the nearest day on which it can be
    today: date
    letter_date: date | None  # none: the day of the event; before the trial's end 30 days
    templates: Path | None
    page: int = 1  # of a picture, from 1
    resolution: int = 150  # of a picture, pixels an inch
    own: OwnSettings = NO_OWN
    reason: LetterReason | None = None  # none: the kind's first
    other_area: str | None = None  # moved to or from; none: another one of the trial


def write_preview(order: PreviewOrder, *, out: Path, dry_run: bool = False) -> int:
    """Write the letter as a PDF, or a page of it as a picture; return the size in bytes.

    Args:
        order: Which letter.
        out: The file; its ending says what is written: ``.png`` is a picture, else a PDF.
        dry_run: Whether to write nothing.

    Raises:
        SettingsError: If the area, the reason, the municipality, the template, the day or the
            page does not fit.
        LetterError: If the letter cannot be laid out.
        DeliveryError: If the file cannot be written.
    """
    letter = preview_letter(order)
    content = _picture(letter, order) if out.suffix.lower() == ".png" else letter
    if not dry_run:
        replace_file(out, content)
    return len(content)


def preview_letter(order: PreviewOrder) -> bytes:
    """Return the letter as a PDF.

    Raises:
        SettingsError: If the area, the reason, the municipality, the template or the day does
            not fit.
        LetterError: If the letter cannot be laid out.
    """
    areas = load_areas(order.own.areas)
    area = find_area(order.area, areas)
    reason = _reason(order)
    day = order.on or _nearest_day(area, order.kind, reason, today=order.today)
    chosen = choose(on=day, area_ids=[area.id], after_intake=True, own=order.own)
    refuse_without_letters(chosen)
    at_end = reason is LetterReason.TRIAL_END and order.on is None
    other_area = _other_area(order, area, reason, areas)
    fitting = _municipalities(area, other_area, reason, areas, on=day)
    sample = Sample(
        kind=order.kind,
        reason=reason,
        other_area=other_area,
        lang=order.language,
        municipality=_municipality(order.municipality, fitting),
        team=order.team,
        grounds=dict(list(ground_words(chosen).items())[:1]),
    )
    return preview(
        area,
        sample,
        on=day,
        letter_date=order.letter_date or (day - _NOTICE if at_end else day),
        templates=order.templates,
    )


def _picture(letter: bytes, order: PreviewOrder) -> bytes:
    pages = page_count(letter)
    if not 1 <= order.page <= pages:
        raise SettingsError(
            phrase("no page {page}", page=order.page),
            hint=counted("the letter has {count} page", "the letter has {count} pages", pages),
        )
    return as_png(picture_of(letter, page=order.page, resolution=order.resolution))


def _reason(order: PreviewOrder) -> LetterReason | None:
    fitting = REASONS[order.kind]
    if order.reason is None:
        return next(iter(fitting), None)
    if order.reason not in fitting:
        raise SettingsError(
            phrase(
                "a letter of kind `{kind}` does not tell of `{reason}`",
                kind=order.kind,
                reason=order.reason,
            ),
            hint=phrase("reasons: {value}", value=list(fitting) or phrase("none")),
        )
    return order.reason


def _nearest_day(
    area: Area, kind: LetterKind, reason: LetterReason | None, *, today: date
) -> date:
    """Return the day nearest to today on which such a letter can be due."""
    trial = area.trial
    if reason is LetterReason.TRIAL_END:
        return trial.last_day or today
    if reason is LetterReason.AT_REQUEST:
        today = max(today, trial.request_to_move_back_from or today)
    return trial.day_within(today, intake=kind is LetterKind.TRANSFER)


def _other_area(
    order: PreviewOrder,
    area: Area,
    reason: LetterReason | None,
    areas: Mapping[AreaId, Area],
) -> Area | None:
    """Return the area that the client moves to or from, if any."""
    if reason not in {LetterReason.TO_AREA, LetterReason.FROM_AREA}:
        return None
    if order.other_area is not None:
        return find_area(order.other_area, areas)
    return next(
        other
        for other in areas.values()
        if other.trial_id == area.trial_id and other.id != area.id
    )


def _municipality(code: str | None, fitting: Sequence[MunicipalityCode]) -> MunicipalityCode:
    """Return where the client of the letter lives: the code asked for, or the first that fits."""
    if code is None:
        return fitting[0]
    padded = MunicipalityCode(code.zfill(3))
    if padded not in fitting:
        raise SettingsError(
            phrase("municipality `{code}` does not fit the letter", code=code),
            hint=nearest(padded, known=fitting, what=phrase("municipalities")),
        )
    return padded


def _municipalities(
    area: Area,
    other_area: Area | None,
    reason: LetterReason | None,
    areas: Mapping[AreaId, Area],
    *,
    on: date,
) -> Sequence[MunicipalityCode]:
    """Return where a client can live after the event that the letter tells of."""
    if reason is LetterReason.TO_AREA and other_area:
        return other_area.municipalities
    if reason is not LetterReason.OUT_OF_TRIALS:
        return area.municipalities
    in_trial = {
        code
        for other in areas.values()
        if other.trial_id == area.trial_id
        for code in other.municipalities
    }
    return [code for code in municipalities_of(on.year) if code not in in_trial]
