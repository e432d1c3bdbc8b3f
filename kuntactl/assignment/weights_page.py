"""The figures of workload.toml as tables for docs/split.md."""

from collections.abc import Iterator

from kuntactl.assignment.workload import FirstContact, ServiceModel, Workload, load_workload

Row = tuple[str, str, str]  # what, how much, source

_HEAD = ("| what | figure | source |", "|---|---|---|")
_DIGITS = 3


def weights_page(workload: Workload | None = None) -> str:
    """Return a heading and a table for each service model, in the order of days, as Markdown.

    Args:
        workload: The models; none: those that come with kuntactl.
    """
    versions = (workload or load_workload()).versions
    return "\n\n".join(_of_version(version) for version in versions) + "\n"


def _of_version(version: ServiceModel) -> str:
    day = version.begins
    lines = [
        f"### From {day.day}.{day.month}.{day.year}",
        "",
        f"{version.source[:1].upper()}{version.source[1:]}.",
        "",
        *_HEAD,
        *(f"| {' | '.join(row)} |" for row in _rows(version)),
    ]
    return "\n".join(lines)


def _rows(version: ServiceModel) -> Iterator[Row]:
    for phase in version.phases:
        what = f"from month {phase.from_month} of the search on"
        yield what, _meetings(phase.meetings), phase.source
    again = version.repeats
    if again is not None:
        what = f"from month {again.from_month} on, all of it again"
        yield what, f"every {again.months} months", again.source
    unknown = version.search_start_unknown
    yield "start of the search not known", _meetings(unknown.meetings), unknown.source
    for line in version.service_lines:
        what = f"service line {', '.join(line.codes)} adds"
        yield what, _meetings(line.adds), line.source
    long = version.long_unemployment
    if long is not None:
        what = f"unemployed for {long.months} months without a break adds"
        yield what, _meetings(long.adds), long.source
    yield from _of_contact(version.first_contact)


def _of_contact(rule: FirstContact) -> Iterator[Row]:
    days = rule.within_working_days
    limit = f"{rule.within_months} months" if days is None else f"{days} working days"
    law = " (the law's)" if rule.by_law else ""
    yield f"first contact within{law}", limit, rule.source
    full_time = rule.full_time
    yield "first contacts in a day of full time", str(full_time.per_day), full_time.source


def _meetings(figure: float) -> str:
    return f"{round(figure, _DIGITS):g} a month"
