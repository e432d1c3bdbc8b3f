"""The reports as pages that stand alone: no script, no network, no font of their own."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kuntactl.domain.types import Language
from kuntactl.files.templates import template_folder
from kuntactl.report import drawings, sections
from kuntactl.report.codes import TEAMS
from kuntactl.report.figures import AreaFigures, RunFigures
from kuntactl.report.numbers import (
    written_change,
    written_day,
    written_number,
    written_share,
)
from kuntactl.report.texts import texts_in
from kuntactl.typeset.fonts import FAMILY

# A picture's long description; where one text is all that is read out, it is this one.
_DESCRIBED = re.compile(r"<title>[^<]*</title><desc>([^<]*)</desc>")
_PICTURE = '<svg class="chart"'


def area_report(figures: AreaFigures, *, language: Language, on_paper: bool = False) -> bytes:
    """Return one area's report as HTML in UTF-8, the same bytes for the same figures.

    Args:
        figures: What it tells.
        language: Of the page.
        on_paper: Whether it is made to be set as a PDF, without links to other files.
    """
    return _render(
        "area.html",
        language,
        on_paper=on_paper,
        context={
            "figures": figures,
            "charts": {
                "rows": drawings.rows_chart(figures.rows, of_area=True, language=language),
                "grounds": drawings.grounds_chart(figures, language=language),
                "ages": drawings.counts_chart(figures.ages, title="by_age", language=language),
                "languages": drawings.counts_chart(
                    sections.main_languages(figures.languages),
                    title="by_language",
                    language=language,
                ),
                "loads": drawings.loads_chart(
                    figures.staffing, roof=figures.split.roof, language=language
                ),
                "clients": drawings.clients_chart(figures.staffing, language=language),
            },
        },
    )


def run_report(figures: RunFigures, *, language: Language, on_paper: bool = False) -> bytes:
    """Return the report of a whole run as HTML in UTF-8; it links to ``<area>/report.html``.

    Args: as ``area_report``.
    """
    return _render(
        "run.html",
        language,
        on_paper=on_paper,
        context={
            "figures": figures,
            "charts": {
                "rows": drawings.rows_chart(figures.rows, of_area=False, language=language),
                "areas": drawings.areas_chart(figures.areas, language=language),
            },
        },
    )


def _render(
    template: str, language: Language, *, on_paper: bool, context: Mapping[str, Any]
) -> bytes:
    page = _environment(language, on_paper=on_paper).get_template(template).render(context)
    if on_paper:
        page = _DESCRIBED.sub(r"<title>\1</title>", page)
        page = page.replace(_PICTURE, f'{_PICTURE} font-family="{FAMILY}"')
    return page.encode("utf-8")


@cache
def _environment(language: Language, *, on_paper: bool) -> Environment:
    """Return the templates with all that depends on language and medium alone."""
    environment = Environment(
        loader=FileSystemLoader(template_folder("report")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": lambda value, decimals=0: written_number(
            value, language=language, decimals=decimals
        ),
        "share": lambda part, whole: written_share(part, whole, language=language),
        "day": lambda day: written_day(day, language=language),
        "said": lambda words: words.in_language(language),
        "change": lambda change: written_change(change, language=language),
        "compared": lambda one, on: sections.compared_in_words(
            one, year=on.year, language=language
        ),
        "control": lambda control: sections.control_in_words(control, language=language),
        "team": lambda team: TEAMS[team].in_language(language),
        "names": lambda names: ", ".join(name.in_language(language) for name in names),
        "together": lambda words: sections.together(words, language=language),
    }
    sheets = ("report.css",) if on_paper else ("report.css", "screen.css")
    style = "\n".join((template_folder("report") / name).read_text("utf-8") for name in sheets)
    environment.globals |= {
        "on_paper": on_paper,
        "lang": language.value,
        "t": texts_in(language),
        "style": Markup(style),  # noqa: S704 - our own file
    }
    return environment
