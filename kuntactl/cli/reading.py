"""What is said of how each export was read."""

from collections.abc import Iterable, Mapping
from typing import Any

import typer

from kuntactl.cli.console import printable


def say_what_was_read(inputs: Iterable[Mapping[str, Any]], *, err: bool = True) -> None:
    """Say of each input how it was read, and which of its columns are not used."""
    for file in inputs:
        dialect = [file["format"], file["encoding"], file["delimiter"]]
        how = " ".join(repr(part)[1:-1] for part in dialect if part)
        if file["sheet"]:
            how += f", sheet {printable(file['sheet'])}"
        if file["header_row"] != 1:
            how += f", header on row {file['header_row']}"
        unused = ", ".join(printable(name) for name in file["ignored_columns"])
        more = f"; columns not used: {unused}" if unused else ""
        typer.echo(f"{printable(file['name'])}: {how}, {file['rows']} rows{more}", err=err)
