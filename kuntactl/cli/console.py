"""What a person at the terminal sees: results on stdout, talk and progress on stderr."""

import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import typer

from kuntactl.cli.log import current

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
            self._bars.console.print(sentence, markup=False, highlight=False, soft_wrap=True)
        else:
            current().say(sentence)

    def progress(self, what: str, done: int, total: int) -> None:
        """Show how many of how many are done."""
        if sys.stderr.isatty():
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
                console=Console(stderr=True),
                transient=True,
            )
            self._bars.start()
        if what not in self._tasks:
            self._tasks[what] = self._bars.add_task(what, total=total)
        self._bars.update(self._tasks[what], completed=done, total=total)


def print_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Sequence[int] = (),
    whole: Sequence[int] = (0,),
) -> None:
    """Print a table on stdout: framed on a terminal, aligned plain text off it.

    Args:
        columns: The headings.
        rows: One sequence of cells a row.
        numbers: Indices of the columns that are set flush right.
        whole: Indices of the columns that are never broken: what is copied from them.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    current().step("printed", rows=len(rows))
    on_terminal = sys.stdout.isatty()
    table = Table(box=box.SIMPLE_HEAD if on_terminal else None, pad_edge=False)
    for index, column in enumerate(columns):
        table.add_column(
            # On a terminal "from review" may be broken where `from_review` would be cut.
            column.replace("_", " ") if on_terminal else column,
            justify="right" if index in numbers else "left",
            no_wrap=not on_terminal or index in whole,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*row)
    if on_terminal:
        Console(markup=False, highlight=False, emoji=False).print(table)
        return
    plain = Console(width=_NO_LIMIT, markup=False, highlight=False, emoji=False)
    with plain.capture() as capture:
        plain.print(table)
    for line in capture.get().splitlines():
        typer.echo(line.rstrip())


def printable(text: str) -> str:
    """Return the text without what would steer a terminal: names of files may hold anything."""
    return "".join(letter for letter in text if letter.isprintable())


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
        parts = textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False)
        typer.echo("\n".join(parts) if parts else "")


def print_json(facts: Mapping[str, Any] | Sequence[Any]) -> None:
    """Print the facts as JSON on stdout."""
    import json

    current().step("printed", items=len(facts))
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
