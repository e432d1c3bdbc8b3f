"""A pack of the extreme letters of a run, to be looked at and signed off before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

import polars as pl

from kuntactl import __version__
from kuntactl.domain.types import LetterStatus
from kuntactl.errors import LetterError
from kuntactl.files.private import replace_file
from kuntactl.files.staging import DryStaging
from kuntactl.files.tables import write_table
from kuntactl.letters.extremes import Reason, extremes_of, in_words
from kuntactl.letters.plan import plan
from kuntactl.letters.write import write_letters
from kuntactl.pipeline.due import Due, at_the_desk
from kuntactl.pipeline.order import RunOrder
from kuntactl.pipeline.release import release_of
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.runfile import as_json
from kuntactl.typeset.joining import joined


class _InMemory(DryStaging):
    """Keeps the letters themselves, in memory only."""

    def __init__(self, order: RunOrder) -> None:
        super().__init__(order.out)
        self.files: dict[str, bytes] = {}  # by letter id

    def put(self, path: PurePosixPath, content: bytes) -> None:
        """Keep a letter; a print run is not needed here."""
        super().put(path, content)
        if path.parent.name == "letters":
            self.files[path.stem] = content


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is to be signed off."""

    facts: Mapping[str, Any]  # the content of proof.json
    pack: pl.DataFrame  # the content of proof.csv


def make_proof(request: Request, order: RunOrder, *, watch: Stopwatch, talk: Talk) -> Proof:
    """Write ``proof.pdf``, ``proof.csv`` and ``proof.json`` into the folder of the run.

    The letters are those that ``run`` with the same request and order would write. The register
    is not changed. Clients under non-disclosure are never in the pack.

    Args:
        request: As for ``run``.
        order: As for ``run``; with ``dry_run`` nothing is written.
        watch: Measures the stages.
        talk: Hears how far it is.

    Raises:
        KuntactlError: As ``run`` does.
        LetterError: If no letter is due that goes into a print run.
    """
    rehearsal = replace(order, dry_run=True)
    with at_the_desk(request, rehearsal, watch=watch, talk=talk) as (_, due):
        planned = plan(due.letters, due.facts)
        chosen = extremes_of(planned)
        if not chosen:
            raise LetterError("no letter is due that goes into a print run: nothing to sign off")
        pack, pdf = _print(due, chosen, order)
        facts = {
            "release": release_of(order, planned),
            "version": __version__,
            "on": request.on.isoformat(),
            "inputs": [
                {"name": file.name, "sha256": file.sha256} for file in due.decided.ingested.inputs
            ],
            "letters": {
                "due": planned.rows.height,
                **{
                    status.value: planned.rows.filter(pl.col("status") == status.value).height
                    for status in LetterStatus
                },
            },
            "in_proof": pack.height,
            "pages": pack["pages"].sum(),
        }
    if not order.dry_run:
        replace_file(order.out / "proof.pdf", pdf)
        replace_file(order.out / "proof.csv", write_table(pack))
        replace_file(order.out / "proof.json", as_json(facts))
    return Proof(facts=facts, pack=pack)


def _print(
    due: Due, chosen: Mapping[str, Sequence[Reason]], order: RunOrder
) -> tuple[pl.DataFrame, bytes]:
    """Return the list of the pack, and its letters one after the other."""
    memory = _InMemory(order)
    letters = due.letters.filter(pl.col("letter_id").is_in([*chosen]))
    done = write_letters(
        letters, due.facts, staging=memory, workers=order.workers, printing=order.printing()
    ).done
    most = done["pages"].max()
    longest = Reason(code="most_pages", detail=str(most))
    first_longest = done.filter(pl.col("pages") == most)["letter_id"][0]
    why = {
        letter_id: [*reasons, longest] if letter_id == first_longest else [*reasons]
        for letter_id, reasons in chosen.items()
    }
    pack = done.select(
        "letter_id",
        "client_id",
        "area",
        "kind",
        "lang",
        pl.col("pages").cast(pl.Int64),
        first_page=pl.col("pages").cast(pl.Int64).cum_sum() - pl.col("pages") + 1,
        why=pl.Series(
            [in_words(why[one], due.facts.language) for one in done["letter_id"]],
            dtype=pl.List(pl.String),
        ),
    )
    files = [memory.files[letter_id] for letter_id in done["letter_id"]]
    return pack, joined(files, title=f"Proof {due.facts.on}", language=due.facts.language.value)
