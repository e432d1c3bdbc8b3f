"""The command that weighs another staff, or members who move, against the split as it is."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuntactl.cli.bundles import Asked, AskedOfSplit, bundled
from kuntactl.cli.console import Terminal, decimal, per_cent, print_json, print_lines, print_table
from kuntactl.cli.options import Exports, MaxMoves, make_stopwatch
from kuntactl.cli.what_if_words import (
    AFTER,
    BEFORE,
    COACHES,
    FIGURES,
    GAIN_HIDDEN,
    MOVE,
    NOTHING_LOST,
    STEPS,
    gains_and_prices,
)
from kuntactl.domain.types import Language

if TYPE_CHECKING:
    from kuntactl.assignment.balance import Balance
    from kuntactl.pipeline.what_if import Weighed


@bundled
def what_if(
    exports: Exports,
    of_split: AskedOfSplit,
    asked: Asked,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="COACH",
            help="A coach who leaves; may be repeated.",
            show_default=False,
        ),
    ] = None,
    add: Annotated[
        Path | None,
        typer.Option(
            "--add", metavar="FILE", help="Coaches who come, a coaches file.", show_default=False
        ),
    ] = None,
    max_moves: MaxMoves = 0,
    register: Annotated[
        str | None,
        typer.Option(
            "--register",
            metavar="PATH-or-URL",
            help="The register whose members keep their coaches; it is not changed.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Weigh another staff, or members who change coaches, against the split as it is.

    Writes nothing.

    Example: kuntactl what-if salo.csv --coaches valmentajat.csv --without V7 --max-moves 20
    """  # fmt: skip
    from dataclasses import replace

    from kuntactl.pipeline.what_if import Supposition
    from kuntactl.pipeline.what_if import what_if as weigh

    with Terminal() as talk:
        weighed = weigh(
            Supposition(without=tuple(without or ()), add=add),
            asked.request(exports),
            replace(of_split.split_order(workers=asked.workers), max_moves=max_moves),
            register=register,
            watch=make_stopwatch(),
            talk=talk,
        )
    if asked.as_json:
        print_json(weighed.as_dict())
    else:
        _show(weighed, asked.lang)


_COLUMNS = 5  # of figures side by side: what a terminal of 80 columns has room for


def _show(weighed: "Weighed", language: Language) -> None:
    """Print before and after, the coaches, the price of each move, balance by continuity."""
    sides = {
        BEFORE.in_language(language): weighed.before,
        AFTER.in_language(language): weighed.after,
    }
    for area in sorted({one.area for side in sides.values() for one in side}):
        _show_figures(area, [(name, _of(area, side)) for name, side in sides.items()], language)
    _show_coaches(weighed, language)
    print_lines(list(_moves(weighed, language)))
    moves = STEPS.in_language(language)
    for area in sorted({one.area for step in weighed.steps for one in step.areas}):
        steps = [(str(step.moves), _of(area, step.areas)) for step in weighed.steps]
        for first in range(0, len(steps), _COLUMNS):
            _show_figures(f"{area}: {moves}", steps[first : first + _COLUMNS], language)


def _of(area: str, side: Sequence["Balance"]) -> "Balance | None":
    return next((one for one in side if one.area == area), None)


def _show_figures(
    heading: str, columns: Sequence[tuple[str, "Balance | None"]], language: Language
) -> None:
    """Print a line a figure, its values side by side under their names."""
    cells = [_figures(one) for _, one in columns]
    print_table(
        [heading, *(name for name, _ in columns)],
        [[word.in_language(language), *row] for word, *row in zip(FIGURES, *cells, strict=True)],
        numbers=range(1, len(columns) + 1),
    )


def _show_coaches(weighed: "Weighed", language: Language) -> None:
    changed = [
        [row["coach_id"], *(_number(row[name]) for name in _OF_COACH)]
        for row in weighed.coaches.iter_rows(named=True)
        if row["clients"] != row["clients_after"]
    ]
    if changed:
        headings = [word.in_language(language) for word in COACHES]
        print_table(headings, changed, numbers=range(1, 5))


_OF_COACH = ("clients", "clients_after", "load", "load_after")


def _moves(weighed: "Weighed", language: Language) -> Iterator[str]:
    """Yield two lines a move: who goes where, and what that brings and costs."""
    words = {code: text.in_language(language) for code, text in gains_and_prices().items()}
    for move in weighed.moves.iter_rows(named=True):
        lost = [words[code] for code in move["price"]] or [NOTHING_LOST.in_language(language)]
        gain = words[move["gain"]] if move["gain"] else GAIN_HIDDEN.in_language(language)
        yield from (
            line.format(
                **move | {"gain": gain, "price": ", ".join(lost)},
                largest=_number(move["largest_load"]),
            )
            for line in MOVE.in_language(language).splitlines()
        )


def _figures(one: "Balance | None") -> list[str]:
    """Return the figures as ``FIGURES`` names them; dashes for an area that is not there then."""
    if one is None:
        return ["-"] * len(FIGURES)
    kept = (one.had - one.changed) / one.had if one.had else 1.0
    shares = [part / one.placed if one.placed else 0.0 for part in (one.language, one.team)]
    return [
        *(_number(count) for count in (one.placed, one.waiting)),
        *(_number(load) for load in (one.largest, one.smallest, one.least_possible)),
        *(per_cent(share) for share in (one.gap, kept, *shares)),
        _number(one.officer),
    ]


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return decimal(value, decimals=0 if isinstance(value, int) else 2)
