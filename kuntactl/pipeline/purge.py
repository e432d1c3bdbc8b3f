"""Letters and lists removed when they need not be kept any longer, with a proof of it."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from kuntactl import __version__
from kuntactl.domain.keeping import is_over
from kuntactl.errors import DeliveryError, InputError
from kuntactl.files.sealing import SEALED
from kuntactl.files.staging import Sink, staged
from kuntactl.files.tables import harmless, write_table
from kuntactl.files.unsealing import standing
from kuntactl.letters.manifest import read_manifest
from kuntactl.locale import phrase
from kuntactl.pipeline.repack import NO_REPACK, Repack
from kuntactl.register.deeds import CameOut, Deed, Operator
from kuntactl.register.store import Register, open_register

RECEIPTS = PurePosixPath("purged.json")
_RUN = "run.json"
_MANIFEST = "letters.csv"
_STAYING = (_MANIFEST, "report.xlsx")  # the latter holds counts, as report.html does
_LISTS = (
    "*.csv",
    "*.xlsx",
    "*.parquet",
    "proof.pdf*",
    "*/*.csv",
    "*/*.xlsx*",
    "*/protected/*.csv",
)
_WORKBOOKS = ("*/coaches/*.xlsx*", "*/coaches/*.ics*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeOrder:
    """What is to go."""

    folder: Path  # of runs
    register: str  # that the runs remembered
    before: date  # what need not be kept on this day any longer goes
    client: str | None = None  # everything of this client goes, whatever the day; none: by time
    on: date  # today
    months: Mapping[str, int]  # how long each kind is kept
    dry_run: bool = False
    by: Operator | None = None  # who gives the command; none: nobody has said
    started: str | None = None  # as a person reads it; told to a run that comes meanwhile
    wait: float = 0.0  # seconds to wait for a run that holds the register
    repack: Repack = NO_REPACK  # for letters of others in a package with the client's


@dataclass(slots=True)
class _Removed:
    """The files that go, by kind, each with its checksum; none of their names is personal."""

    lines: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, folder: Path, path: PurePosixPath) -> None:
        """Take note of one file."""
        checksum = sha256((folder / path).read_bytes()).hexdigest()
        self.lines.setdefault(kind, []).append(f"{checksum}  {path}")

    def receipt(self) -> dict[str, Any]:
        """Return for each kind how many files went, and a hash over all their checksums."""
        return {
            kind: {
                "files": len(lines),
                "sha256": sha256("\n".join(sorted(lines)).encode()).hexdigest(),
            }
            for kind, lines in sorted(self.lines.items())
        }


def purge(order: PurgeOrder) -> dict[str, Any]:
    """Remove what the folder holds past its keeping time, or of one client; return the receipt.

    A print run that holds a letter of the client goes whole: it can be printed again from the
    letters. What the register knows of them stays until the register is deleted, but for what
    people wrote freely: who answered on the client, and their reason.

    The register remembers the receipt before the first file goes, so that a purge that is
    killed is completed by the next run and never goes unproved. Letters that went leave their
    checksums in the register and no line in ``letters.csv``.

    Raises:
        InputError: If the folder is not one of runs.
        RegisterError: If the register cannot be opened or written.
        RegisterBusyError: If a run holds it, or writes into the folder.
        DeliveryError: If a list was changed by hand, or a file cannot be removed.
    """
    if not (order.folder / _RUN).is_file():
        raise InputError(
            phrase("{folder}: no run has written here", folder=order.folder),
            hint=phrase("name the folder of runs"),
        )
    with (
        open_register(
            order.register, started=order.started, dry_run=order.dry_run, wait=order.wait
        ) as register,
        staged(order.folder, dry_run=order.dry_run, wait=order.wait) as sink,
    ):
        sink.settle(register.remembers, register=register.place)
        removed = _Removed()
        letters = _letters_that_go(order, register.days_of_runs())
        _retire_letters(order, sink, removed, letters)
        (_retire_lists if order.client is None else _strike_from_lists)(order, sink, removed)
        forgotten = order.client is not None and register.forget_words_on(order.client)
        receipt = {
            "on": order.on.isoformat(),
            "before": order.before.isoformat(),
            "version": __version__,
            "letters": sum(frame.height for frame in letters.values()),
            "runs": {} if order.client else _runs_of(letters),
            "answers": int(forgotten),  # whose words went from the register
            "removed": removed.receipt(),
        }
        if (removed.lines or forgotten) and not order.dry_run:
            _keep(order, sink, register, receipt)
        return receipt


def _keep(order: PurgeOrder, sink: Sink, register: Register, receipt: dict[str, Any]) -> None:
    """Remember the receipt, then let the files go; the next run does what a kill prevents."""
    receipts = order.folder / RECEIPTS
    older = json.loads(receipts.read_text("utf-8")) if receipts.exists() else []
    content = (json.dumps([*older, receipt], indent=2) + "\n").encode()
    sink.put(RECEIPTS, content)
    deed = Deed(command="purge", by=order.by)
    register.begin_run(on=order.on, version=__version__, inputs=[], deed=deed)
    register.came_out = CameOut(counts={name: receipt[name] for name in ("letters", "answers")})
    register.remember_purge(receipt, client_id=order.client)
    seal = sha256(content).hexdigest()
    register.seal(seal)
    sink.seal(seal, register=register.place)
    try:
        register.commit()
    finally:
        if not register.remembers(seal):
            sink.discard()
    sink.publish()


def _retire_letters(
    order: PurgeOrder, sink: Sink, removed: _Removed, goes: Mapping[Path, pl.DataFrame]
) -> None:
    """Let the files of these letters go, and their lines in ``letters.csv``."""
    for manifest, letters in goes.items():
        area = manifest.parent.name
        # A letter that could not be sent at first has a line of a later run, which may stay.
        line = ["letter_id", "run"]
        stays = read_manifest(manifest.read_bytes()).join(letters, on=line, how="anti")
        bundles = letters["bundle"].drop_nulls().unique().sort()
        if order.client is None:  # a print run goes with the last of its letters
            bundles = bundles.filter(~bundles.is_in(stays["bundle"].drop_nulls().to_list()))
        bound = (standing(manifest.parent / "print" / bundle) for bundle in bundles)
        prints = (f"print/{path.name}" for path in bound if path)
        packed = dict(stays.group_by("file", maintain_order=True).agg("letter_id").iter_rows())
        for path in (*letters["file"].drop_nulls().unique().sort(), *prints):
            _retire(order, sink, removed, kind="letters", path=PurePosixPath(area, path))
            if others := packed.get(path):  # of a package: they stay in it
                sink.put(
                    PurePosixPath(area, path), order.repack.keep(manifest.parent / path, others)
                )
        without = pl.col("bundle").is_in(bundles.to_list()).fill_null(value=False)
        stays = stays.with_columns(
            pl.when(~without).then(pl.col(name)).alias(name) for name in ("bundle", "first_page")
        )
        for path in _tickets(manifest.parent, letters, stays):
            _retire(order, sink, removed, kind="letters", path=PurePosixPath(area, path))
        sink.put(PurePosixPath(area, _MANIFEST), write_table(stays))


def _tickets(folder: Path, goes: pl.DataFrame, stays: pl.DataFrame) -> list[str]:
    """Return the printer's tickets of runs of which no print run is left."""
    printed = stays.filter(pl.col("bundle").is_not_null())["run"]
    runs = goes.filter(~pl.col("run").is_in(printed.implode()))["run"].unique().sort()
    return [
        f"print/{path.name}"
        for run in runs
        for path in sorted(folder.glob(f"print/job-ticket-{run}.*"))
    ]


def _retire(
    order: PurgeOrder, sink: Sink, removed: _Removed, *, kind: str, path: PurePosixPath
) -> None:
    if (order.folder / path).is_file():
        removed.add(kind, order.folder, path)
        sink.retire(path)


def _letters_that_go(order: PurgeOrder, run_days: Mapping[int, date]) -> dict[Path, pl.DataFrame]:
    """Return by letters.csv the letters whose time is over, or that are the client's."""
    found = {}
    for manifest in sorted(order.folder.glob(f"*/{_MANIFEST}")):
        letters = read_manifest(manifest.read_bytes())
        if order.client is None:
            ended = _runs_that_ended(order, letters["run"], run_days, manifest)
            letters = letters.filter(pl.col("run").is_in(ended))
        else:
            letters = letters.filter(pl.col("client_id") == harmless(order.client))
        if not letters.is_empty():
            found[manifest] = letters
    return found


def _runs_of(letters: Mapping[Path, pl.DataFrame]) -> dict[str, list[int]]:
    """Return by area the runs whose letters go: from now on nobody misses their files."""
    return {
        manifest.parent.name: frame["run"].cast(pl.Int64).unique().sort().to_list()
        for manifest, frame in letters.items()
    }


def _runs_that_ended(
    order: PurgeOrder, runs: pl.Series, run_days: Mapping[int, date], manifest: Path
) -> list[str]:
    numbers = [*runs.drop_nulls().unique().sort()]
    for run in numbers:
        if not run.isdecimal() or int(run) not in run_days:
            raise DeliveryError(
                phrase(
                    "{manifest}: run {run} is not in this register", manifest=manifest, run=run
                ),
                hint=phrase("name the register that the letters were written with"),
            )
    months = order.months["letters"]
    return [
        run for run in numbers if is_over(run_days[int(run)], months=months, before=order.before)
    ]


def _retire_lists(order: PurgeOrder, sink: Sink, removed: _Removed) -> None:
    """Let the newest state of the lists and workbooks go when its keeping time has ended."""
    run = json.loads((order.folder / _RUN).read_text("utf-8"))
    written = date.fromisoformat(run["on"])
    for kind, patterns in (("lists", _LISTS), ("workbooks", _WORKBOOKS)):
        if is_over(written, months=order.months[kind], before=order.before):
            for path in _found(order.folder, patterns):
                _retire(order, sink, removed, kind=kind, path=path)


def _strike_from_lists(order: PurgeOrder, sink: Sink, removed: _Removed) -> None:
    """Let the client's lines go, and each workbook: the next run makes them anew."""
    for path in _found(order.folder, (*_LISTS, *_WORKBOOKS)):
        content = (order.folder / path).read_bytes()
        kind = "workbooks" if path.parent.name == "coaches" else "lists"
        if path.suffix in {".xlsx", ".ics", ".pdf", SEALED}:
            _retire(order, sink, removed, kind=kind, path=path)
        else:
            struck = (_without_parquet if path.suffix == ".parquet" else _without_csv)(
                content, order.client or ""
            )
            if struck != content:
                removed.add(kind, order.folder, path)
                sink.put(path, struck)


def _found(folder: Path, patterns: tuple[str, ...]) -> list[PurePosixPath]:
    found = {path for pattern in patterns for path in folder.glob(pattern)}
    return sorted(
        PurePosixPath(path.relative_to(folder).as_posix())
        for path in found
        # A coach's id names files, too: `report` is one as any other.
        if path.name not in _STAYING or path.parent.name == "coaches"
    )


def _without_csv(content: bytes, client: str) -> bytes:
    """Return the list as it was without the client's lines."""
    rows = [*csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")]
    if not rows or "client_id" not in rows[0]:
        return content
    place = rows[0].index("client_id")
    stays = [row for row in rows if len(row) <= place or row[place] != harmless(client)]
    if len(stays) == len(rows):
        return content
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(stays)
    return out.getvalue().encode("utf-8-sig")


def _without_parquet(content: bytes, client: str) -> bytes:
    frame = pl.read_parquet(io.BytesIO(content))
    stays = frame.filter(pl.col("client_id") != client)
    if stays.height == frame.height:
        return content
    out = io.BytesIO()
    stays.write_parquet(out)
    return out.getvalue()
