"""Sums over what must be forgotten on demand, and so is in no event."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from kuntactl.register import schema
from kuntactl.register.frames import as_given, write_rows

# what a fault names: the table and its columns
_SUMMED: Mapping[str, tuple[str, Sequence[str]]] = {
    "answers": ("answer", ("client_id", "belongs", "who", "reason", "fingerprint", "run")),
    "homes": ("membership", ("joined_event", "municipality")),
    "waiting": ("waiting", ("kind", "key_hash", "of_hash", "run")),
}


def sum_up(connection: Connection) -> None:
    """Keep the sums as they are now, in place of those before.

    An older sum would let what was forgotten since be guessed: a home municipality is one of
    three hundred. So the sums are in no event; they tell what was changed by a fault of the
    disk or by hand, and not what somebody changed who knew of them.
    """
    table = schema.beside
    connection.execute(delete(table))
    rows = ({"summed": name, "sum": found} for name, found in _sums(connection))
    write_rows(connection, insert(table), rows)


def changed(connection: Connection) -> Iterator[str]:
    """Yield what is not as its sum says; nothing is summed up in a register of before."""
    table = schema.beside
    kept = {row.summed: row.sum for row in connection.execute(select(table))}
    if kept:
        yield from (name for name, found in _sums(connection) if kept.get(name) != found)


def _sums(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield name and SHA-256, the same on every database."""
    for name, (table_name, columns) in _SUMMED.items():
        table = schema.METADATA.tables[table_name]
        rows = as_given(connection, select(*(table.c[column] for column in columns)))
        # Each database has an order of its own, and a truth value of its own.
        text = "\n".join(sorted(str([str(value) for value in map(_plain, row)]) for row in rows))
        yield name, sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    return int(value) if isinstance(value, bool) else value
