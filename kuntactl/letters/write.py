"""The letters of a run as files: one a letter, print runs for the printer."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import polars as pl

from kuntactl.domain.types import LetterStatus
from kuntactl.files.staging import Sink
from kuntactl.letters.engine import masters_for, try_templates
from kuntactl.letters.handshake import SIGN
from kuntactl.letters.letter import LetterFacts
from kuntactl.letters.parcel import ParcelTask, ShardParcel, make_parcel, print_run_of
from kuntactl.letters.plan import Plan, Written, as_done, letter_file, plan
from kuntactl.letters.press import Shard
from kuntactl.letters.printing import Engine, Job, Printing
from kuntactl.letters.workshop import Workshop, cluster_workshop, workshop
from kuntactl.locale import Phrase, phrase
from kuntactl.workers.cluster import Cluster

__all__ = [
    "Engine",
    "LetterFacts",
    "Printing",
    "Written",
    "plan_letters",
    "shards_of",
    "write_letters",
]

LETTERS_IN_A_RUN = 100  # most letters in one print run

_USUAL = Printing()

Progress = Callable[[int, int], None]  # letters done, letters in all


def write_letters(
    due: pl.DataFrame,
    facts: LetterFacts,
    *,
    staging: Sink,
    workers: int | Cluster,
    printing: Printing = _USUAL,
    progress: Progress | None = None,
) -> Written:
    """Make the letters that are due, and put them and their print runs into ``staging``.

    The bytes of every file are the same whatever the number of workers. Letters of protected
    clients go to ``protected/`` and into no print run.

    Args:
        due: ``domain.schema.LettersDue``, by area and letter id.
        facts: What the letters are made from.
        staging: Takes the files, named from the folder of the run on.
        workers: Processes that lay out, with 1 it is done in this one; or those of a cluster.
        printing: How letters are laid out; it is handed to other processes.
        progress: Told at the start and after each shard how many letters are done.

    Returns:
        What became of each letter, in the order of ``due``, and why some cannot be sent.

    Raises:
        SettingsError: If a template is not there.
        LetterError: If a letter cannot be laid out, or workers end under it; the message names
            the letter. One of each template is laid out first, so that a missing file shows
            before the first letter. Or if a cluster cannot be had, or its folder is full.
        DeliveryError: If a file cannot be written.
    """
    planned = plan(due, facts)
    job = Job(templates=facts.templates and facts.templates.absolute(), printing=printing)
    shards = shards_of(planned)
    total = sum(len(shard.letters) for shard in shards)
    tally = _Tally()
    if progress and total:
        progress(0, total)
    try_templates(shards, job)
    with _shop(workers, shards, job, staging) as shop:
        masters = masters_for(shards, job, shop)
        tasks = (
            ParcelTask(
                task=masters.task(shard, job),
                outlet=staging.outlet_for(shard.file_of(shard.letters[0].letter_id)),
                durable=isinstance(workers, Cluster),
            )
            for shard in shards
        )
        for wanted, made in shop.each(make_parcel, tasks, name=_name):
            _collect(made, staging)
            tally.add(made, wanted.task.shard)
            if progress:
                progress(tally.letters, total)
    return Written(
        done=_done(planned, tally.facts),
        undeliverable=planned.undeliverable,
        lines=planned.lines(),
        print_share=tally.print_share,
        stamped=tally.stamped,
        whole=tally.letters - tally.stamped,
        not_stamped=masters.reasons,
    )


def plan_letters(due: pl.DataFrame, facts: LetterFacts, *, staging: Sink) -> Written:
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
    for shard in shards_of(planned):
        for letter in shard.letters:
            staging.put(shard.file_of(letter.letter_id), b"")
        if place := print_run_of(shard):
            staging.put(place, b"")
    return Written(
        done=_done(planned, []), undeliverable=planned.undeliverable, lines=planned.lines()
    )


def shards_of(planned: Plan) -> list[Shard]:
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


def _shop(
    workers: int | Cluster, shards: Sequence[Shard], job: Job, staging: Sink
) -> AbstractContextManager[Workshop]:
    """Return where the shards are printed."""
    if isinstance(workers, Cluster):
        outlet = staging.outlet_for(SIGN) if shards else None
        if outlet is not None:
            return cluster_workshop(workers, templates=job.templates, outlet=outlet)
        workers = 1  # there is nothing to do
    return workshop(min(workers, max(len(shards), 1)))


def _name(wanted: ParcelTask) -> Phrase:
    return phrase(
        "letter {letter_id} or one printed with it",
        letter_id=wanted.task.shard.letters[0].letter_id,
    )


def _collect(made: ShardParcel, staging: Sink) -> None:
    """Stage the files of a shard."""
    if made.parcel:
        staging.take(made.parcel)
    for path, content in made.files:
        staging.put(path, content)


@dataclass(slots=True)
class _Tally:
    """What is known so far of the letters that are done."""

    facts: list[pl.DataFrame] = field(default_factory=list)
    letters: int = 0
    stamped: int = 0
    seconds: float = 0.0
    of_print_runs: float = 0.0

    def add(self, made: ShardParcel, shard: Shard) -> None:
        """Count a shard."""
        rows = [
            {
                "letter_id": letter.letter_id,
                "pages": letter.pages,
                "sha256": letter.sha256,
                "bundle": shard.bundle,
                "first_page": letter.first_page if shard.bundle else None,
            }
            for letter in made.letters
        ]
        self.facts.append(pl.DataFrame(rows, schema=_FACTS_OF_LETTER))
        self.letters += len(made.letters)
        self.stamped += sum(letter.stamped for letter in made.letters)
        self.seconds += made.seconds
        self.of_print_runs += made.seconds_of_print_run

    @property
    def print_share(self) -> float:
        """The part of the time that went into print runs."""
        return self.of_print_runs / self.seconds if self.seconds else 0.0


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
