"""Write one letter with sample values, to look at before a batch."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuntactl.domain.areas import Area, find_area, load_areas, nearest
from kuntactl.domain.settings import NO_OWN, OwnSettings
from kuntactl.domain.types import LetterKind, LetterLanguage, MunicipalityCode, Team
from kuntactl.eligibility.explain import ground_words
from kuntactl.eligibility.rules import choose
from kuntactl.errors import SettingsError
from kuntactl.files.private import replace_file
from kuntactl.letters.preview import Sample, preview
from kuntactl.pipeline.decided import refuse_without_letters
from kuntactl.typeset.pictures import as_png, picture_of
from kuntactl.typeset.written import page_count


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewOrder:
    """Which letter to look at."""

    area: str
    kind: LetterKind
    language: LetterLanguage
    municipality: str | None  # three digits; none: the area's first
    team: Team
    on: date | None  # day of transfer; none: ``today``, or the nearest day of the trial's intake
    today: date
    letter_date: date | None  # none: the day of transfer
    templates: Path | None
    page: int = 1  # of a picture, from 1
    resolution: int = 150  # of a picture, pixels an inch
    own: OwnSettings = NO_OWN


def write_preview(order: PreviewOrder, *, out: Path) -> int:
    """Write the letter as a PDF, or a page of it as a picture; return the size in bytes.

    Args:
        order: Which letter.
        out: The file; its ending says what is written: ``.png`` is a picture, else a PDF.

    Raises:
        SettingsError: If the area, the municipality, the template, the day or the page does
            not fit.
        LetterError: If the letter cannot be laid out.
        DeliveryError: If the file cannot be written.
    """
    area = find_area(order.area, load_areas(order.own.areas))
    day = order.on or area.trial.day_within(order.today, intake=True)
    chosen = choose(on=day, area_ids=[area.id], after_intake=True, own=order.own)
    refuse_without_letters(chosen)
    sample = Sample(
        kind=order.kind,
        lang=order.language,
        municipality=_municipality(order.municipality, area),
        team=order.team,
        grounds=tuple(ground_words(chosen).values())[:1],
    )
    letter = preview(
        area, sample, on=day, letter_date=order.letter_date, templates=order.templates
    )
    content = _picture(letter, order) if out.suffix.lower() == ".png" else letter
    replace_file(out, content)
    return len(content)


def _picture(letter: bytes, order: PreviewOrder) -> bytes:
    pages = page_count(letter)
    if not 1 <= order.page <= pages:
        raise SettingsError(f"no page {order.page}", hint=f"the letter has {pages}")
    return as_png(picture_of(letter, page=order.page, resolution=order.resolution))


def _municipality(code: str | None, area: Area) -> MunicipalityCode | None:
    if code is None:
        return None
    padded = MunicipalityCode(code.zfill(3))
    if padded not in area.municipalities:
        raise SettingsError(
            f"municipality `{code}` is not in area `{area.id}`",
            hint=nearest(padded, known=area.municipalities, what="municipalities"),
        )
    return padded
