"""What a person at the terminal sees: results on stdout, talk and progress on stderr."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

import typer

from kuntactl.cli.language import said, spoken
from kuntactl.cli.log import current
from kuntactl.domain.types import Language
from kuntactl.locale.writing import NO_BREAK_SPACE, with_signs, written_day, written_number

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_NO_LIMIT = 10_000  # characters: off a terminal no line is broken
_LINES = 10  # of progress where there is no terminal: a line each tenth, for the mail of cron
_LEAST = 500  # items between two of them


class Terminal:
    """Talk and progress on stderr: bars on a terminal, plain lines off it."""

    def __init__(self) -> None:
        """Open nothing yet: a bar appears with the first progress."""
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._said: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Start talking."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Take the bars away."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None

    def say(self, sentence: str) -> None:
        """Print one sentence on stderr."""
        if self._bars is not None:
            self._bars.console.print(said(sentence), markup=False, highlight=False, soft_wrap=True)
        else:
            current().say(sentence)

    def progress(self, what: str, done: int, total: int) -> None:
        """Show how many of how many are done."""
        if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            self._bar(what, done, total)
        elif done == total or done - self._said.get(what, 0) >= max(_LEAST, total / _LINES):
            self._said[what] = done
            current().progress(what, done, total)

    def _bar(self, what: str, done: int, total: int) -> None:
        if self._bars is None:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeRemainingColumn,
            )

            self._bars = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True, color_system=_colours()),
                transient=True,
            )
            self._bars.start()
        if what not in self._tasks:
            self._tasks[what] = self._bars.add_task(said(what), total=total)
        self._bars.update(self._tasks[what], completed=done, total=total)


Cell = str | int | date | Path | None


def print_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    numbers: Sequence[int] = (),
    whole: Sequence[int] = (0,),
) -> None:
    """Print a table on stdout: framed on a terminal, aligned plain text off it.

    Args:
        columns: The headings, phrases where they are words.
        rows: One sequence of cells a row: phrases, numbers and days are written in the language
            that is spoken; None is blank.
        numbers: Indices of the columns that are set flush right.
        whole: Indices of the columns that are never broken: what is copied from them.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    current().step("printed", rows=len(rows))
    on_terminal = sys.stdout.isatty()
    lines = [[said(column) for column in columns], *(list(map(written, row)) for row in rows)]
    if on_terminal:
        lines = _fitted(lines, whole=whole, width=Console().width)
    table = Table(box=box.SIMPLE_HEAD if on_terminal else None, pad_edge=False)
    for index, head in enumerate(lines[0]):
        justify: Literal["left", "right"] = "right" if index in numbers else "left"
        table.add_column(head, justify=justify, no_wrap=True, overflow="fold")
    for row in lines[1:]:
        table.add_row(*row)
    how: dict[str, Any] = {"markup": False, "highlight": False, "emoji": False}
    if on_terminal:
        Console(**how, color_system=_colours()).print(table)
        return
    # Not even where FORCE_COLOR or a service that runs builds asks for colours.
    plain = Console(**how, color_system=None, force_terminal=False, width=_NO_LIMIT)
    with plain.capture() as capture:
        plain.print(table)
    for line in capture.get().splitlines():
        typer.echo(line.rstrip())


_BETWEEN = 3  # columns of the screen between two of a table


def _fitted(
    lines: Sequence[Sequence[str]], *, whole: Sequence[int], width: int
) -> list[list[str]]:
    """Return the lines of a table, their cells broken at words so that it fits on the screen.

    What is broken first is what is widest. Where the screen is too narrow for whole words, the
    widest words are broken, too.
    """
    import textwrap

    columns = list(zip(*lines, strict=True))
    widths = [max(map(len, column)) for column in columns]
    room = width - _BETWEEN * len(columns)
    for least in (
        [_least(column, index in whole) for index, column in enumerate(columns)],
        [
            _least(column[: None if index in whole else 1], index in whole)
            for index, column in enumerate(columns)
        ],
        [widths[index] if index in whole else 1 for index in range(len(columns))],
    ):
        while sum(widths) > room and any(
            now > low for now, low in zip(widths, least, strict=True)
        ):
            spare = [now if now > low else 0 for now, low in zip(widths, least, strict=True)]
            widths[spare.index(max(spare))] -= 1
    return [
        ["\n".join(textwrap.wrap(cell, most)) for cell, most in zip(line, widths, strict=True)]
        for line in lines
    ]


def _least(column: Sequence[str], is_whole: bool) -> int:
    """Return how narrow a column may become so that no word of it is broken."""
    import textwrap

    if is_whole:
        # A heading is not copied: it may be broken where what stands below it may not.
        head, *cells = column
        return max((_least([head], False), *map(len, cells)))
    parts = (textwrap.wrap(cell, 1, break_long_words=False) for cell in column)
    return max((len(part) for cell in parts for part in cell), default=1)


def written(cell: Cell) -> str:
    """Return a cell as it is written in the language that is spoken."""
    if isinstance(cell, int):
        return with_signs(f"{cell:,}", language=spoken())
    if isinstance(cell, date):
        # In English as the options take it: a person may copy it.
        is_english = spoken() is Language.EN
        return cell.isoformat() if is_english else written_day(cell, language=spoken())
    return "" if cell is None else said(cell if isinstance(cell, str) else str(cell))


def days_between(first: date, last: date | None) -> str:
    """Return from when to when, in the language that is spoken; nothing is an open end."""
    return f"{written(first)} – {written(last)}".rstrip()


def decimal(value: float, *, decimals: int = 2) -> str:
    """Return a number with its decimals in the language that is spoken."""
    return written_number(value, language=spoken(), decimals=decimals)


def per_cent(share: float, *, decimals: int = 1) -> str:
    """Return a share of one in per cent in the language that is spoken."""
    space = "" if spoken() is Language.EN else NO_BREAK_SPACE
    return f"{decimal(100 * share, decimals=decimals)}{space}%"


def signed(change: int) -> str:
    """Return a change with its sign in the language that is spoken."""
    return with_signs(f"{change:+,}", language=spoken())


def print_line(sentence: str) -> None:
    """Print one sentence on stdout; on a terminal it is broken at words."""
    print_lines([said(sentence)])


def _colours() -> Literal["auto"] | None:
    """Return what rich is to do about colours and bold type: nothing where NO_COLOR is set."""
    return None if os.environ.get("NO_COLOR") else "auto"


def printable(text: str) -> str:
    """Return the text without what would steer a terminal: names of files may hold anything."""
    return "".join(letter for letter in text if letter.isprintable() or letter == NO_BREAK_SPACE)


def print_lines(lines: Sequence[str]) -> None:
    """Print the lines on stdout; on a terminal each is broken at words.

    It goes on under its own indent, or under the deeper one of the line below it: that one says
    more of the same, as the facts seen do of a rule.
    """
    import shutil
    import textwrap

    current().step("printed", lines=len(lines))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _NO_LIMIT
    shown = [printable(line) for line in lines]
    indents = [len(line) - len(line.lstrip()) for line in shown]
    for line, own, below in zip(shown, indents, [*indents, 0][1:], strict=True):
        indent = " " * max(own, below)
        # A file's name may hold hyphens, and is copied whole.
        parts = textwrap.wrap(
            line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        typer.echo("\n".join(parts) if parts else "")


def print_json(facts: Mapping[str, Any] | Sequence[Any]) -> None:
    """Print the facts as JSON on stdout."""
    import json

    current().step("printed", items=len(facts))
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
