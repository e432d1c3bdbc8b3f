"""The reports as web pages that stand alone: no script, no network, no font of their own."""

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


def area_report(figures: AreaFigures, *, language: Language) -> bytes:
    """Return one area's report as HTML in UTF-8, the same bytes for the same figures."""
    return _render(
        "area.html",
        language,
        {
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


def run_report(figures: RunFigures, *, language: Language) -> bytes:
    """Return the report of a whole run as HTML in UTF-8; it links to ``<area>/report.html``."""
    return _render(
        "run.html",
        language,
        {
            "figures": figures,
            "charts": {
                "rows": drawings.rows_chart(figures.rows, of_area=False, language=language),
                "areas": drawings.areas_chart(figures.areas, language=language),
            },
        },
    )


def _render(template: str, language: Language, context: Mapping[str, Any]) -> bytes:
    environment = _environment(language)
    return environment.get_template(template).render(context).encode("utf-8")


@cache
def _environment(language: Language) -> Environment:
    """Return the templates with all that depends on the language alone."""
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
    style = (template_folder("report") / "report.css").read_text("utf-8")
    environment.globals |= {
        "lang": language.value,
        "t": texts_in(language),
        "style": Markup(style),  # noqa: S704 - our own file
    }
    return environment
