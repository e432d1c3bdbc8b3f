"""The lists that go with the letters of an area: transfers, letters, those undeliverable."""

from collections.abc import Iterable
from pathlib import PurePosixPath

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.files.staging import Sink
from kuntactl.files.tables import write_table
from kuntactl.letters.manifest import merge_manifest
from kuntactl.letters.write import Written
from kuntactl.report.lists import transfer_list, undeliverable_list


def put_transfers(sink: Sink, members: pl.DataFrame, *, areas: Iterable[Area]) -> None:
    """Stage ``transfer_list.csv`` of each of the areas.

    Args:
        sink: Takes the files.
        members: ``Members``.
        areas: The areas that have a folder.
    """
    for area in areas:
        of_area = members.filter(pl.col("area") == area.id)
        transfers = transfer_list(of_area, office_code=area.office_code)
        sink.put(PurePosixPath(area.id) / "transfer_list.csv", write_table(transfers))


def put_letter_lists(
    sink: Sink, written: Written, new_lines: pl.DataFrame, *, areas: Iterable[Area], run: int
) -> None:
    """Stage ``letters.csv`` and ``undeliverable.csv`` of each area.

    ``letters.csv`` grows: the lines that stand there stay, the new ones follow them. An area
    that has a letter is listed even if it is not among ``areas``: its last client has left it.

    Args:
        sink: Takes the files.
        written: What became of the letters that were due.
        new_lines: ``LettersDone``: what is new for ``letters.csv``.
        areas: The areas that have a folder.
        run: Number of the run, for the new lines of ``letters.csv``.
    """
    with_folder = {str(area.id) for area in areas}
    with_problems = set(written.undeliverable["area"])
    for area in sorted(with_folder | set(new_lines["area"])):
        folder, of_area = PurePosixPath(area), pl.col("area") == area
        manifest = sink.target / folder / "letters.csv"
        letters = merge_manifest(
            manifest.read_bytes() if manifest.exists() else None,
            _where_it_stands(new_lines.filter(of_area), sink, folder),
            run=run,
        )
        sink.put(folder / "letters.csv", letters)
        if area in with_folder | with_problems:
            problems = undeliverable_list(written.undeliverable.filter(of_area))
            sink.put(folder / "undeliverable.csv", write_table(problems))


def _where_it_stands(lines: pl.DataFrame, sink: Sink, folder: PurePosixPath) -> pl.DataFrame:
    """Return the lines with the name that each letter's file has in the folder."""
    files = [
        file and sink.stands_at(folder / file).relative_to(folder).as_posix()
        for file in lines["file"]
    ]
    return lines.with_columns(file=pl.Series(files, dtype=pl.String))
