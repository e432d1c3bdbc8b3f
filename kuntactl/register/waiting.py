"""What waits for a person, remembered so that only what is new is told again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, insert, select

from kuntactl.register import schema
from kuntactl.register.frames import write_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something that waits: the same in every run in which ``of`` and ``what`` are the same."""

    of: str  # whose it is: a client number, or a file for a row without one
    what: str = ""  # tells one matter of theirs from another


def note_waiting(
    connection: Connection,
    kind: str,
    matters: Iterable[Matter],
    *,
    seen: Collection[str],
    run: int,
    untold: int | None = None,
) -> int:
    """Return how many of the matters nobody has been told of; remember them all.

    A matter waits until a run sees whose it is, and finds it no more: runs of other exports or
    areas on the same register leave it alone.

    Args:
        connection: To the register; it is given hashes only.
        kind: What they wait for.
        matters: What waits now; the same one twice counts once.
        seen: Whose matters of this kind this run would have found.
        run: The number of this run.
        untold: A run that was stopped before it could say what was new in it; none: no run.
    """
    waiting = schema.waiting
    now = {_hash(kind, matter.of, matter.what): _hash(kind, matter.of) for matter in matters}
    known = _known(connection, kind)
    fresh = sorted(now.keys() - known.keys())
    looked_at = {*now.values(), *(_hash(kind, of) for of in seen)}
    over = {key for key, (of, _) in known.items() if of in looked_at} - now.keys()
    unheard = [key for key in now.keys() & known.keys() if known[key][1] == untold]
    forget = delete(waiting).where(
        waiting.c.kind == kind, waiting.c.key_hash == bindparam("is_over")
    )
    write_rows(connection, forget, ({"is_over": key} for key in sorted(over)))
    rows = ({"kind": kind, "key_hash": key, "of_hash": now[key], "run": run} for key in fresh)
    write_rows(connection, insert(waiting), rows)
    return len(fresh) + len(unheard)


def _known(connection: Connection, kind: str) -> dict[str, tuple[str, int]]:
    """Return whose each matter is, and the run in which it was new."""
    waiting = schema.waiting
    query = select(waiting.c.key_hash, waiting.c.of_hash, waiting.c.run)
    found = connection.execute(query.where(waiting.c.kind == kind))
    return {row.key_hash: (row.of_hash, row.run) for row in found}


def _hash(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
