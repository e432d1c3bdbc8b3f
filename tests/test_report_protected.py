"""A report for everybody tells of protected clients in the totals of the whole run only."""

from dataclasses import replace

import pytest
from report_run import figures_of_run

from kuntactl.domain.types import Language
from kuntactl.report.figures import RunFigures
from kuntactl.report.html import run_report
from kuntactl.report.texts import TEXTS


def moved(figures: RunFigures, *, by: int) -> RunFigures:
    """Return the figures with so many letters of the first area protected instead of printed."""
    first, *others = figures.areas
    letters = replace(
        first.letters,
        written=first.letters.written - by,
        protected=first.letters.protected + by,
    )
    return replace(figures, areas=(replace(first, letters=letters), *others))


@pytest.mark.parametrize("language", Language)
def test_no_area_tells_how_many_of_its_clients_are_protected(language: Language) -> None:
    """In an area of a few hundred clients the number of those in hiding is half a hint."""
    one, other = figures_of_run(), moved(figures_of_run(), by=1)
    said = TEXTS["protected_of_all"].in_language(language)

    pages = [run_report(figures, language=language).decode() for figures in (one, other)]

    total = [f"{said}: {figures.letters.protected}" for figures in (one, other)]
    assert [page.count(words) for page, words in zip(pages, total, strict=True)] == [1, 1]
    assert pages[0].replace(total[0], "") == pages[1].replace(total[1], "")
