"""What is said of how each export was read."""

from collections.abc import Iterable, Mapping
from typing import Any

import typer

from kuntactl.cli.console import printable
from kuntactl.cli.language import said
from kuntactl.locale import counted, joined, phrase


def say_what_was_read(inputs: Iterable[Mapping[str, Any]], *, err: bool = True) -> None:
    """Say of each input how it was read, and which of its columns are not used."""
    for file in inputs:
        dialect = [file["format"], file["encoding"], file["delimiter"]]
        how = [" ".join(repr(part)[1:-1] for part in dialect if part)]
        if file["sheet"]:
            how += [phrase("sheet {name}", name=printable(file["sheet"]))]
        if file["header_row"] != 1:
            how += [phrase("header on row {row}", row=file["header_row"])]
        rows = counted("{count} row", "{count} rows", file["rows"])
        read = phrase("{name}: {how}, {rows}", name=printable(file["name"]), how=how, rows=rows)
        unused = [printable(name) for name in file["ignored_columns"]]
        not_used = [phrase("columns not used: {names}", names=unused)] if unused else []
        typer.echo(said(joined([read, *not_used], "; ")), err=err)
