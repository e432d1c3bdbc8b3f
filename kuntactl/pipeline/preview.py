"""Write one letter with sample values, to look at before a batch."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuntactl.domain.areas import Area, find_area, load_areas, nearest
from kuntactl.domain.types import LetterKind, LetterLanguage, MunicipalityCode, Team
from kuntactl.eligibility.explain import ground_words
from kuntactl.eligibility.rules import choose
from kuntactl.errors import SettingsError
from kuntactl.files.private import replace_file
from kuntactl.letters.preview import Sample, preview


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


def write_preview(order: PreviewOrder, *, out: Path) -> int:
    """Write the letter as a PDF; return its size in bytes.

    Raises:
        SettingsError: If the area, the municipality, the template or the day does not fit.
        LetterError: If the letter cannot be laid out.
        DeliveryError: If the file cannot be written.
    """
    area = find_area(order.area, load_areas())
    day = order.on or min(max(order.today, area.trial.begins), area.trial.intake_ends)
    chosen = choose(on=day, area_ids=[area.id], after_intake=True)
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
    replace_file(out, letter)
    return len(letter)


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
