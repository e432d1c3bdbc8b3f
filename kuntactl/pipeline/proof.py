"""A pack of the extreme letters of a run, to be looked at and signed off before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from kuntactl import __version__
from kuntactl.domain.types import LetterStatus
from kuntactl.errors import LetterError
from kuntactl.files.private import replace_file
from kuntactl.files.sealing import SEALED
from kuntactl.files.tables import write_table
from kuntactl.letters.extremes import Reason, extremes_of, in_words
from kuntactl.letters.plan import Plan, plan
from kuntactl.letters.some import SomeLetters
from kuntactl.locale import phrase
from kuntactl.pipeline.due import at_the_desk
from kuntactl.pipeline.order import RunOrder
from kuntactl.pipeline.release import release_of
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.runfile import as_json
from kuntactl.typeset.joining import joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is to be signed off."""

    facts: Mapping[str, Any]  # the content of proof.json
    pack: pl.DataFrame  # the content of proof.csv


def make_proof(request: Request, order: RunOrder, *, watch: Stopwatch, talk: Talk) -> Proof:
    """Write ``proof.pdf``, ``proof.csv`` and ``proof.json`` into the folder of the run.

    The letters are those that ``run`` with the same request and order would write. The register
    is not changed. Clients under non-disclosure are never in the pack. When
    everything is sealed, the pack is ``proof.pdf.age``.

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
        letters = SomeLetters(
            planned,
            templates=order.templates,
            printing=order.printing(),
            workers=order.workers,
        )
        chosen = extremes_of(planned, due.facts.clients, refused=letters.refused_by_their_layout())
        if not chosen:
            raise LetterError(
                phrase("no letter is due that goes into a print run: nothing to sign off")
            )
        pack, pdf = _print(planned, letters, chosen, request)
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
        if order.seal.everything:
            replace_file(order.out / f"proof.pdf{SEALED}", order.seal.sealed(pdf))
        else:
            replace_file(order.out / "proof.pdf", pdf)
        replace_file(order.out / "proof.csv", write_table(pack))
        replace_file(order.out / "proof.json", as_json(facts))
    return Proof(facts=facts, pack=pack)


def _print(
    planned: Plan,
    letters: SomeLetters,
    chosen: Mapping[str, Sequence[Reason]],
    request: Request,
) -> tuple[pl.DataFrame, bytes]:
    """Return the list of the pack, and its letters one after the other."""
    made = {one.letter_id: one for one in letters.make(chosen.keys())}
    most = max(one.pages for one in made.values())
    longest = next(letter_id for letter_id in chosen if made[letter_id].pages == most)
    why = {
        **chosen,
        longest: [*chosen[longest], Reason(code="most_pages", detail=str(most))],
    }
    pages = pl.Series([made[letter_id].pages for letter_id in chosen], dtype=pl.Int64)
    pack = (
        planned.rows.filter(pl.col("letter_id").is_in([*chosen]))
        .select("letter_id", "client_id", "area", "kind", "lang", pages=pages)
        .with_columns(
            first_page=pl.col("pages").cum_sum() - pl.col("pages") + 1,
            why=pl.Series(
                [in_words(why[letter_id], request.language) for letter_id in chosen],
                dtype=pl.List(pl.String),
            ),
        )
    )
    files = [made[letter_id].pdf for letter_id in pack["letter_id"]]
    return pack, joined(files, title=f"Proof {request.on}", language=request.language.value)
