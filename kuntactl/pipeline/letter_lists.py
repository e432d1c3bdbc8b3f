"""The lists that go with the letters of an area: transfers, letters, those undeliverable."""

from collections.abc import Iterable
from pathlib import PurePosixPath

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.files.staging import Sink
from kuntactl.files.tables import write_table
from kuntactl.letters.manifest import merge_manifest
from kuntactl.pipeline.worked import Worked
from kuntactl.report.lists import transfer_list, undeliverable_list


def put_letter_lists(sink: Sink, worked: Worked, *, areas: Iterable[Area], run: int) -> None:
    """Stage ``transfer_list.csv``, ``letters.csv`` and ``undeliverable.csv`` of each area.

    ``letters.csv`` grows: the lines that stand there stay, the new ones follow them.

    Args:
        sink: Takes the files.
        worked: What the run made.
        areas: The areas that have a folder.
        run: Number of the run, for the new lines of ``letters.csv``.
    """
    for area in areas:
        folder = PurePosixPath(area.id)
        of_area = pl.col("area") == area.id
        members = worked.reconciled.members.filter(of_area)
        transfers = transfer_list(members, office_code=area.office_code)
        sink.put(folder / "transfer_list.csv", write_table(transfers))
        manifest = sink.target / folder / "letters.csv"
        letters = merge_manifest(
            manifest.read_bytes() if manifest.exists() else None,
            worked.new_lines.filter(of_area),
            run=run,
        )
        sink.put(folder / "letters.csv", letters)
        undeliverable = undeliverable_list(worked.written.undeliverable.filter(of_area))
        sink.put(folder / "undeliverable.csv", write_table(undeliverable))
