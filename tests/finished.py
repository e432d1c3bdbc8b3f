"""A folder as a run leaves it, with the letters of one area and their list."""

from pathlib import Path

import polars as pl
from client_frames import clients
from letters_due import due_for, facts_for

from kuntactl.files.staging import staged
from kuntactl.letters.manifest import merge_manifest
from kuntactl.letters.write import write_letters

PEOPLE = clients(
    family_name=["Ensimmäinen", "Toinen", "Kolmas", "Neljäs", "Viides", "Kuudes"],
    service_language=["fi", "sv", "fi", "fi", "fi", "fi"],
    mother_tongue=["fi", "sv", "ru", "fi", "fi", "fi"],
    protected=[False, False, False, True, False, False],
    postal_code=["06100", "06100", "06100", "06100", "99998", "06100"],
)


def write_finished(folder: Path, people: pl.DataFrame = PEOPLE) -> Path:
    """Write letters to these people and ``letters.csv``; return the folder."""
    with staged(folder) as staging:
        written = write_letters(due_for(people), facts_for(people), staging=staging, workers=1)
        staging.publish()
    (folder / "porvoo/letters.csv").write_bytes(merge_manifest(None, written.done, run=1))
    return folder
