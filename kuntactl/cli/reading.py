"""What is said of how each export was read."""

from collections.abc import Iterable, Mapping
from typing import Any

import typer


def say_what_was_read(inputs: Iterable[Mapping[str, Any]], *, err: bool = True) -> None:
    """Say of each input how it was read, and which of its columns are not used."""
    for file in inputs:
        dialect = [file["format"], file["encoding"], file["delimiter"]]
        how = " ".join(repr(part)[1:-1] for part in dialect if part)
        if file["sheet"]:
            how += f", sheet {_printable(file['sheet'])}"
        if file["header_row"] != 1:
            how += f", header on row {file['header_row']}"
        unused = ", ".join(_printable(name) for name in file["ignored_columns"])
        more = f"; columns not used: {unused}" if unused else ""
        typer.echo(f"{file['name']}: {how}, {file['rows']} rows{more}", err=err)


def _printable(name: str) -> str:
    """Return a name from a file without what would steer a terminal."""
    return "".join(letter for letter in name if letter.isprintable())
