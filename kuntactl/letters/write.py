"""The letters of a run as files: one a letter, print runs for the printer."""

import hashlib
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import polars as pl

from kuntactl.domain.types import LetterStatus
from kuntactl.errors import LetterError
from kuntactl.files.staging import DryStaging, Sink
from kuntactl.letters.plan import (
    Letter,
    LetterFacts,
    Plan,
    Written,
    as_done,
    letter_file,
    plan,
)
from kuntactl.letters.press import Clock, Press, PrintedShard, Shard, no_clock, print_shard

__all__ = ["LetterFacts", "Written", "plan_letters", "write_letters"]

LETTERS_IN_A_RUN = 100  # most letters in one print run
_FOLDER_OF_RUNS = "print"

Progress = Callable[[int, int], None]  # letters done, letters in all


def write_letters(
    due: pl.DataFrame,
    facts: LetterFacts,
    *,
    staging: Sink,
    workers: int,
    progress: Progress | None = None,
    clock: Clock = no_clock,
) -> Written:
    """Lay out the letters that are due, and put them and their print runs into ``staging``.

    The bytes of every file are the same whatever the number of workers. Letters of protected
    clients go to ``protected/`` and into no print run.

    Args:
        due: ``domain.schema.LettersDue``, by area and letter id.
        facts: What the letters are made from.
        staging: Takes the files, named from the folder of the run on.
        workers: Processes that lay out; with 1 it is done in this one.
        progress: Told at the start and after each shard how many letters are done.
        clock: Tells how much of the time goes into print runs; it is handed to other processes.

    Returns:
        What became of each letter, in the order of ``due``, and why some cannot be sent.

    Raises:
        SettingsError: If a template is not there.
        LetterError: If a letter cannot be laid out, or a worker ends; the message names the
            letter. One of each template is laid out first, so that a missing file shows
            before the first letter.
        DeliveryError: If a file cannot be written.
    """
    planned = plan(due, facts)
    shards = _shards(planned)
    total = sum(len(shard.letters) for shard in shards)
    facts_of_letters: list[pl.DataFrame] = []
    done = 0
    if progress and total:
        progress(done, total)
    seconds, of_print_runs = 0.0, 0.0
    for shard, printed in _print(shards, facts.templates, workers=workers, clock=clock):
        facts_of_letters.append(_put(shard, printed, staging))
        seconds += printed.seconds
        of_print_runs += printed.seconds_of_print_run
        done += len(shard.letters)
        if progress:
            progress(done, total)
    return Written(
        done=_done(planned, facts_of_letters),
        undeliverable=planned.undeliverable,
        print_share=of_print_runs / seconds if seconds else 0.0,
    )


def plan_letters(due: pl.DataFrame, facts: LetterFacts, *, staging: DryStaging) -> Written:
    """Say which files would be written, without laying any letter out.

    Pages and checksums are null: nobody knows them before.

    Args:
        due: ``domain.schema.LettersDue``, by area and letter id.
        facts: What the letters would be made from.
        staging: Takes the names of the files.

    Raises:
        LetterError: If a client due has no row, or a coach's name cannot be printed.
    """
    planned = plan(due, facts)
    for shard in _shards(planned):
        for letter in shard.letters:
            staging.put(shard.file_of(letter.letter_id), b"")
        if shard.bundle:
            staging.put(PurePosixPath(shard.area, _FOLDER_OF_RUNS, shard.bundle), b"")
    return Written(done=_done(planned, []), undeliverable=planned.undeliverable)


def _shards(planned: Plan) -> list[Shard]:
    """Return the letters cut into shards, the longest first so that no worker ends late."""
    rows = planned.rows.filter(pl.col("status") != LetterStatus.UNDELIVERABLE.value)
    groups = rows.group_by("area", "kind", "lang", "status", maintain_order=True).agg(
        "letter_id", first=pl.col("bundle_number").max()
    )
    shards = []
    for area, kind, lang, status, letter_ids, first in groups.iter_rows():
        in_print = status == LetterStatus.WRITTEN.value
        for number, start in enumerate(range(0, len(letter_ids), LETTERS_IN_A_RUN), first):
            own = letter_ids[start : start + LETTERS_IN_A_RUN]
            shards.append(
                Shard(
                    area=area,
                    letters=tuple(planned.letters[letter_id] for letter_id in own),
                    bundle=f"{area}-{kind}-{lang}-{number}.pdf" if in_print else None,
                )
            )
    return sorted(shards, key=lambda shard: -len(shard.letters))


def _print(
    shards: Sequence[Shard], templates: Path | None, *, workers: int, clock: Clock
) -> Iterator[tuple[Shard, PrintedShard]]:
    """Yield each shard with its PDFs, in order."""
    if not shards:
        return
    press = Press(templates)
    for letter in _one_of_each_template(shards):
        press.write([press.lay_out(letter)])
    if workers == 1 or len(shards) < 2:  # noqa: PLR2004  # one shard is not worth a process
        yield from ((shard, press.print_shard(shard, clock=clock)) for shard in shards)
    else:
        yield from _print_in_processes(shards, templates, workers=workers, clock=clock)


def _one_of_each_template(shards: Sequence[Shard]) -> list[Letter]:
    """Return a letter of each kind and language, on which a missing file shows."""
    found: dict[tuple[tuple[str, str], ...], Letter] = {}
    for letter in (letter for shard in shards for letter in shard.letters):
        key = tuple((choices.kind.value, choices.language.value) for choices in letter.choices)
        found.setdefault(key, letter)
    return list(found.values())


def _print_in_processes(
    shards: Sequence[Shard], templates: Path | None, *, workers: int, clock: Clock
) -> Iterator[tuple[Shard, PrintedShard]]:
    # Spawned, not forked: Polars and Pango have threads that a fork would break.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(
        min(workers, len(shards)), mp_context=context, initializer=_die_quietly
    )
    waiting: deque[tuple[Shard, Future[PrintedShard]]] = deque()
    try:
        for shard in shards:
            with _starting_quietly():
                future = executor.submit(print_shard, shard, templates, clock)
            waiting.append((shard, future))
            if len(waiting) > workers:  # so that finished shards do not pile up in memory
                yield _finished(*waiting.popleft())
        while waiting:
            yield _finished(*waiting.popleft())
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _starting_quietly() -> Iterator[None]:
    """Let workers that start here pass over Ctrl-C until they are up, for they would complain."""
    if threading.current_thread() is not threading.main_thread():  # only it may set handlers
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _die_quietly() -> None:
    """Let Ctrl-C end a worker without a traceback: the main process tells what happened."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _finished(shard: Shard, future: Future[PrintedShard]) -> tuple[Shard, PrintedShard]:
    try:
        return shard, future.result()
    except BrokenProcessPool as error:
        raise LetterError(
            f"letter {shard.letters[0].letter_id} or one printed with it: "
            "the process that laid it out ended unexpectedly",
            hint="with --workers 1 the letters are laid out in one process",
        ) from error


def _put(shard: Shard, printed: PrintedShard, staging: Sink) -> pl.DataFrame:
    """Stage the files of a shard; return what is known of each letter."""
    rows = []
    first_page = 1
    for letter in printed.letters:
        staging.put(shard.file_of(letter.letter_id), letter.pdf)
        rows.append(
            {
                "letter_id": letter.letter_id,
                "pages": letter.pages,
                "sha256": hashlib.sha256(letter.pdf).hexdigest(),
                "bundle": shard.bundle,
                "first_page": first_page if shard.bundle else None,
            }
        )
        first_page += letter.pages
    if shard.bundle and printed.print_run:
        path = PurePosixPath(shard.area, _FOLDER_OF_RUNS, shard.bundle)
        staging.put(path, printed.print_run)
    return pl.DataFrame(rows, schema=_FACTS_OF_LETTER)


_FACTS_OF_LETTER = {
    "letter_id": pl.String,
    "pages": pl.UInt32,
    "sha256": pl.String,
    "bundle": pl.String,
    "first_page": pl.UInt32,
}


def _done(planned: Plan, facts_of_letters: Sequence[pl.DataFrame]) -> pl.DataFrame:
    facts = pl.concat([pl.DataFrame(schema=_FACTS_OF_LETTER), *facts_of_letters])
    return as_done(
        planned.rows.with_columns(letter_file()).join(
            facts, on="letter_id", how="left", maintain_order="left"
        )
    )
