"""The command that weighs another staff, or members who move, against the split as it is."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuntactl.cli.bundles import Asked, AskedOfSplit, bundled
from kuntactl.cli.console import Terminal, print_json, print_table
from kuntactl.cli.options import Exports, MaxMoves, make_stopwatch
from kuntactl.cli.what_if_words import (
    AFTER,
    BEFORE,
    COACHES,
    FIGURES,
    MOVES,
    NOTHING_LOST,
    STEPS,
    gains_and_prices,
)
from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words

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
            replace(of_split.split_order(), max_moves=max_moves),
            register=register,
            watch=make_stopwatch(),
            talk=talk,
        )
    if asked.as_json:
        print_json(weighed.as_dict())
    else:
        _show(weighed, asked.lang)


def _show(weighed: "Weighed", language: Language) -> None:
    """Print before and after, the coaches, the price of each move, balance by continuity."""
    both = [
        [one.area, words.in_language(language), *_figures(one)]
        for words, side in ((BEFORE, weighed.before), (AFTER, weighed.after))
        for one in side
    ]
    headings = _said(FIGURES, language)
    print_table(["", "", *headings], sorted(both, key=lambda row: row[0]), numbers=range(2, 12))
    changed = [
        [row["area"], row["coach_id"], *(_number(row[name]) for name in _OF_COACH)]
        for row in weighed.coaches.iter_rows(named=True)
        if row["clients"] != row["clients_after"]
    ]
    if changed:
        print_table(["", *_said(COACHES, language)], changed, numbers=range(2, 6))
    _show_moves(weighed, language)
    print_table(
        ["", _said(STEPS, language)[0], *headings],
        [
            [one.area, str(step.moves), *_figures(one)]
            for step in weighed.steps
            for one in step.areas
        ],
        numbers=range(1, 12),
    )


_OF_COACH = ("clients", "clients_after", "load", "load_after")


def _show_moves(weighed: "Weighed", language: Language) -> None:
    words = {code: text.in_language(language) for code, text in gains_and_prices().items()}
    rows = [
        [
            move["area"],
            str(move["turn"]),
            *(move[name] for name in ("client_id", "from_coach", "to_coach")),
            words[move["gain"]],
            ", ".join(words[code] for code in move["price"]) or NOTHING_LOST.in_language(language),
            _number(move["largest_load"]),
        ]
        for move in weighed.moves.iter_rows(named=True)
    ]
    if rows:
        print_table(["", *_said(MOVES, language)], rows, numbers=[1, 7], whole=[0, 2])


def _figures(one: "Balance") -> list[str]:
    kept = (one.had - one.changed) / one.had if one.had else 1.0
    shares = [part / one.placed if one.placed else 0.0 for part in (one.language, one.team)]
    return [
        str(one.placed),
        str(one.waiting),
        f"{one.largest:.2f}",
        f"{one.smallest:.2f}",
        f"{one.least_possible:.2f}",
        f"{one.gap:.1%}",
        f"{kept:.1%}",
        *(f"{share:.1%}" for share in shares),
        str(one.officer),
    ]


def _number(value: float | None) -> str:
    return "-" if value is None else str(value) if isinstance(value, int) else f"{value:.2f}"


def _said(words: Sequence[Words], language: Language) -> list[str]:
    return [word.in_language(language) for word in words]
