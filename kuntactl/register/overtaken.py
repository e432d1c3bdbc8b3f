"""Exports that were read before, and that a newer one of the same office has overtaken since."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from kuntactl.register import schema


def overtaken(
    connection: Connection,
    files: Sequence[str],
    offices: Sequence[str | None],
    *,
    before: int,
) -> Mapping[int, date]:
    """Return which of these files are older than one that was read, with the day of that run.

    A file is older if a run has read it, and a later run has read another one of the same
    office instead. The same file night after night, with no other between, is not.

    Args:
        connection: To the register.
        files: SHA-256 of each.
        offices: For each the area that most of its rows are about; none: not told, and the
            file is never older.
        before: Number of this run.

    Returns:
        The place of the file among ``files``, and the day of the newest run that overtook it.
    """
    run = schema.run
    query = select(run.c.on_day, run.c.inputs, run.c.offices).where(
        run.c.number < before, run.c.offices.is_not(None)
    )
    known: set[tuple[str, str]] = set()  # file and office
    newest: dict[str, tuple[set[str], date]] = {}  # office -> files of its newest run, its day
    for day, inputs, places in connection.execute(query.order_by(run.c.number)):
        of_office: dict[str, set[str]] = {}
        for file, office in zip(json.loads(inputs), json.loads(places), strict=True):
            if office is not None:
                of_office.setdefault(office, set()).add(file)
                known.add((file, office))
        newest |= {office: (found, day) for office, found in of_office.items()}
    return {
        place: newest[office][1]
        for place, (file, office) in enumerate(zip(files, offices, strict=True))
        if office is not None and (file, office) in known and file not in newest[office][0]
    }
