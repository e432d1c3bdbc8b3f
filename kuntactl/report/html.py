"""The reports as pages that stand alone: no script, no network, no font of their own."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kuntactl.domain.types import Language
from kuntactl.files.templates import template_folder
from kuntactl.report import drawings, sections
from kuntactl.report.area_tables import area_tables
from kuntactl.report.figures import AreaFigures, RunFigures
from kuntactl.report.numbers import written_day, written_number
from kuntactl.report.run_tables import run_tables
from kuntactl.report.shown import shown
from kuntactl.report.table import Table
from kuntactl.report.texts import texts_in
from kuntactl.typeset.fonts import FAMILY

# A picture's long description; where one text is all that is read out, it is this one.
_DESCRIBED = re.compile(r"<title>[^<]*</title><desc>([^<]*)</desc>")
_PICTURE = '<svg class="chart"'


def area_report(
    figures: AreaFigures,
    *,
    language: Language,
    on_paper: bool = False,
    published: Mapping[str, Table] | None = None,
) -> bytes:
    """Return one area's report as HTML in UTF-8, the same bytes for the same figures.

    Args:
        figures: What it tells.
        language: Of the page.
        on_paper: Whether it is made to be set as a PDF, without links to other files.
        published: The only tables of it, in which nothing tells of a few people; none: it is
            for the area's own staff.
    """
    tables = area_tables(figures) if published is None else published
    coaches = {} if published is not None else _coach_charts(figures, language=language)
    return _render(
        "area.html",
        language,
        on_paper=on_paper,
        context={
            "figures": figures,
            "tables": _Made(tables),
            "charts": _Made(_charts(tables, language=language) | coaches),
            "public": published is not None,
        },
    )


def run_report(
    figures: RunFigures,
    *,
    language: Language,
    on_paper: bool = False,
    published: Mapping[str, Table] | None = None,
) -> bytes:
    """Return the report of a whole run as HTML in UTF-8; it links to ``<area>/report.html``.

    Args: as ``area_report``.
    """
    tables = run_tables(figures) if published is None else published
    return _render(
        "run.html",
        language,
        on_paper=on_paper,
        context={
            "figures": figures,
            "tables": _Made(tables),
            "charts": _Made(_charts(tables, language=language)),
            "public": published is not None,
        },
    )


class _Made(dict[str, Any]):
    """What was made, by name; nothing under the name of what was not."""

    def __missing__(self, name: str) -> None:
        """Return nothing: a template asks whether there is something."""


Drawn = Markup | Mapping[str, Markup]  # one chart, or several by key
Draw = Callable[..., Drawn]


def _charts(tables: Mapping[str, Table], *, language: Language) -> dict[str, Drawn]:
    rows: Drawn = drawings.rows_chart(tables["rows"], tables.get("letters"), language=language)
    return {"rows": rows} | _drawn(tables, _CHARTS, language=language)


def _drawn(
    tables: Mapping[str, Table], charts: Mapping[str, Draw], *, language: Language
) -> dict[str, Drawn]:
    """Return the charts of the tables that there are, by the table's id."""
    return {
        name: draw(tables[name], language=language)
        for name, draw in charts.items()
        if name in tables
    }


def _coach_charts(figures: AreaFigures, *, language: Language) -> dict[str, Drawn]:
    staffing = figures.staffing
    return {
        "loads": drawings.loads_chart(staffing, roof=figures.split.roof, language=language),
        "clients": drawings.clients_chart(staffing, language=language),
    }


_CHARTS: Mapping[str, Draw] = {
    "grounds": drawings.grounds_chart,
    "waiting": drawings.long_counts_chart,
    "areas": drawings.outcomes_chart,
    "municipalities": drawings.outcomes_chart,
    "ages": drawings.short_counts_chart,
    "languages": drawings.short_counts_chart,
    "service": drawings.service_charts,
    "controls": drawings.expected_chart,
    "drift": drawings.drift_chart,
}


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
        "day": lambda day: written_day(day, language=language),
        "said": lambda words: words.in_language(language),
        "shown": lambda value, kind: shown(value, kind, language=language),
        "compared": lambda one, on: sections.compared_in_words(
            one, year=on.year, language=language
        ),
        "control": lambda control: sections.control_in_words(control, language=language),
        "names": lambda names: ", ".join(name.in_language(language) for name in names),
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
