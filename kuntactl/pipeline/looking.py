"""The register looked at, checked, copied and handed out; a run may go on meanwhile."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from kuntactl import __version__
from kuntactl.domain.areas import find_area, load_areas
from kuntactl.domain.types import LetterStatus
from kuntactl.errors import InputError, RegisterError
from kuntactl.files.staging import staged
from kuntactl.files.tables import write_table
from kuntactl.files.unsealing import Identities, Reader
from kuntactl.letters.manifest import read_manifest
from kuntactl.locale import Phrase, phrase
from kuntactl.pipeline.lists import RUN_FILE
from kuntactl.pipeline.purge import RECEIPTS
from kuntactl.register import looking
from kuntactl.register.copying import copy_register
from kuntactl.register.deeds import Deed, Operator
from kuntactl.register.proof import Fault, faults
from kuntactl.register.reading import read_only
from kuntactl.register.store import open_register

_FOLDERS = {
    LetterStatus.WRITTEN.value: "letters",
    LetterStatus.PROTECTED.value: "protected",
}


def log(register: str) -> list[dict[str, Any]]:
    """Return who gave which command, on what, with which rules, and what came of it.

    Returns:
        One record a command, the first one first: ``event``, ``run``, ``on`` (ISO), ``command``,
        ``user``, ``machine``, ``at`` (ISO, UTC), ``version``, ``inputs`` (SHA-256 by role),
        ``rules``, ``counts``, ``result`` (SHA-256) and ``hash`` of the event.

    Raises:
        RegisterError: If it cannot be opened or read.
    """
    with read_only(register) as opened:
        found = looking.commands(opened)
    lines = []
    for sequence, number, on, facts, own in found.iter_rows():
        told = json.loads(facts)
        told.pop("run")  # its hash; the number stands beside it
        lines.append({"event": sequence, "run": number, "on": on.isoformat(), **told, "hash": own})
    return lines


def history(register: str, client_id: str) -> list[dict[str, Any]]:
    """Return what happened to the client, the first event first.

    Raises:
        RegisterError: If it cannot be opened or read, or does not know the client.
    """
    with read_only(register) as opened:
        events = looking.history(opened, client_id)
    if not events:
        raise RegisterError(
            phrase("client {client_id}: not in this register", client_id=client_id),
            hint=phrase(
                "look whether the number is as in the export, and the register the right one"
            ),
        )
    return events


def numbers_like(register: str, beginning: str, *, most: int) -> list[str]:
    """Return the client numbers of the register that begin so, in order, so many at most.

    Raises:
        RegisterError: If it cannot be opened or read.
    """
    with read_only(register) as opened:
        return looking.numbers_like(opened, beginning, most=most)


def members(
    register: str, *, area_ids: Sequence[str], on: date, own: Path | None = None
) -> pl.DataFrame:
    """Return who was a member when the day ended (``looking.MEMBERS_ON_A_DAY``).

    Args:
        register: A path or a URL.
        area_ids: Only these areas; empty: all.
        on: The day.
        own: A folder of the user's own areas.

    Raises:
        SettingsError: If there is no such area.
        RegisterError: If the register cannot be opened or read.
    """
    areas = [find_area(area_id, load_areas(own)).id for area_id in area_ids]
    with read_only(register) as opened:
        return looking.members(opened, on=on, areas=areas or None)


def verify(
    register: str,
    *,
    folder: Path | None,
    identity: Path | None = None,
    head: str | None = None,
) -> list[Fault]:
    """Return where the register contradicts itself, or the files that it knows.

    Args:
        register: A path or a URL.
        folder: Of the runs, whose letters are compared by their SHA-256; none: no files.
        identity: File of an identity, for letters that are sealed.
        head: Hash of an event that must be there: what was cut off behind it, and whatever was
            restored from before it, is found.

    Raises:
        RegisterError: If the register cannot be opened or read.
    """
    with read_only(register) as opened:
        found = list(faults(opened))
        if head is not None and not looking.is_in_chain(opened, head):
            found.append(Fault(what="event", which=head, problem=phrase("is not in the chain")))
        if folder is None or any(fault.what == "event" for fault in found):
            return found  # what follows from broken events proves nothing
        letters = looking.letters_with_files(opened)
        found.extend(_strange_files(folder, looking.seals(opened)))
    reader = Reader(Identities.read(identity) if identity else None)
    found.extend(_other_files(folder, letters, reader))
    return found


def _strange_files(folder: Path, seals: Collection[str]) -> Iterator[Fault]:
    """Yield what the folder's last run and purge left, if the register does not know of it.

    They are witnesses of the end of the chain: events cut off there leave no hole in it.
    """
    for name in (RUN_FILE, RECEIPTS):
        path = folder / name
        content = path.read_bytes() if path.is_file() else None
        if content is None or sha256(content).hexdigest() in seals:
            continue
        if name == RECEIPTS or b'"register":' in content:  # else no register was asked
            problem = phrase("is of a run that the register does not know, or was changed")
            yield Fault(what="file", which=str(name), problem=problem)


def _other_files(folder: Path, letters: pl.DataFrame, reader: Reader) -> Iterator[Fault]:
    listed = _listed(folder)
    for row in letters.filter(pl.col("status").is_in(list(_FOLDERS))).iter_rows(named=True):
        name = f"{row['letter_id']}.pdf"
        path = folder / row["area"] / _FOLDERS[row["status"]] / name
        path = path if path.is_file() else listed.get(row["letter_id"], path)
        problem = _problem(path, reader, name=name, checksum=row["sha256"])
        if problem:
            yield Fault(what="file", which=name, problem=problem)


def _listed(folder: Path) -> dict[str, Path]:
    """Return by letter the file that the lists of the folder name."""
    return {
        line["letter_id"]: path.parent / line["file"]
        for path in sorted(folder.glob("*/letters.csv"))
        for line in read_manifest(path.read_bytes()).iter_rows(named=True)
        if line["file"]
    }


def _problem(path: Path, reader: Reader, *, name: str, checksum: str) -> Phrase | None:
    """Return what is wrong with a letter's file; none: nothing is."""
    if not path.is_file():
        return phrase("is missing")
    try:
        content = reader.read(path, name=name)
    except InputError:
        return phrase("cannot be unsealed: another identity, or changed after it was written")
    if content is None:
        return phrase("is sealed, and was not compared: give --identity")
    is_same = sha256(content).hexdigest() == checksum
    return None if is_same else phrase("was changed after it was written")


def back_up(register: str, *, target: Path, dry_run: bool = False) -> int | None:
    """Copy the register into a file that is a register too; return the file's size in bytes.

    A dry run writes nothing, and knows no size.

    Raises:
        RegisterError: If the file is there already, or one of the two cannot be opened.
    """
    copy_register(register, target, dry_run=dry_run)
    return None if dry_run else target.stat().st_size


def export(register: str, *, out: Path, dry_run: bool) -> tuple[str, ...]:
    """Write every table of the register as CSV; return the names of the files.

    Raises:
        RegisterError: If the register cannot be opened or read.
        DeliveryError: If the folder cannot be written.
    """
    with read_only(register) as opened:
        tables = looking.tables(opened)
    with staged(out, dry_run=dry_run) as sink:
        for name, table in tables.items():
            sink.put(PurePosixPath(f"{name}.csv"), write_table(table))
        planned = sink.planned
        sink.publish()
    return planned


def upgrade(
    register: str, *, by: Operator, on: date, started: str, wait: float, dry_run: bool = False
) -> str:
    """Give an older register the schema of this version; events and letters stay.

    Returns the register's name, without a password.

    Args:
        register: A path or an SQLAlchemy URL.
        by: Who gives the command; told by the register if there was anything to do.
        on: Today.
        started: When this began, as a person reads it; told to a run that comes meanwhile.
        wait: Seconds to wait for a run that holds it.
        dry_run: Whether to try it on a copy.

    Raises:
        RegisterError: If there is no register there, or it cannot be opened or written.
        RegisterBusyError: If a run holds it.
    """
    with open_register(register, started=started, dry_run=dry_run, wait=wait) as opened:
        if opened.is_new:
            raise RegisterError(
                phrase("{opened}: there is no register", opened=opened.name),
                hint=phrase("name the register with --register"),
            )
        if not dry_run:
            if opened.was_older:
                deed = Deed(command="register upgrade", by=by)
                opened.begin_run(on=on, version=__version__, inputs=[], deed=deed)
            opened.commit()
        return opened.name
