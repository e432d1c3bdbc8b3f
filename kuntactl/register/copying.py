"""A register copied into a file of its own, whatever database it lies in."""

from pathlib import Path

from sqlalchemy import insert, select

from kuntactl.errors import RegisterError
from kuntactl.locale import phrase
from kuntactl.register import schema
from kuntactl.register.frames import write_rows
from kuntactl.register.lock import lock_of
from kuntactl.register.opening import opened
from kuntactl.register.reading import read_only

_ROWS_AT_A_TIME = 10_000  # held in memory


def copy_register(location: str, target: Path, *, dry_run: bool = False) -> None:
    """Write the register, as it was committed last, into a new file that is a register too.

    Args:
        location: A path or an SQLAlchemy URL.
        target: The file to make; open to its owner only.
        dry_run: Whether to look only if it could be made.

    Raises:
        RegisterError: If the file is there already, or one of the two cannot be opened.
    """
    if target.exists():
        raise RegisterError(
            phrase("{target}: is there already", target=target),
            hint=phrase("name a file that is not"),
        )
    if dry_run:
        with read_only(location):
            return
    with read_only(location) as source, opened(str(target)) as copy:
        for table in schema.METADATA.sorted_tables:
            rows = source.execution_options(yield_per=_ROWS_AT_A_TIME).execute(select(table))
            write_rows(copy.connection, insert(table), (row._asdict() for row in rows))
        copy.commit()
    lock_of(target).unlink(missing_ok=True)  # nobody has ever run on the copy
