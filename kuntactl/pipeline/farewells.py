"""Letters to those whom a person sent back to the TE office, or the end of the trial did."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.schema import Assignments, LettersDone, Members, Undeliverable
from kuntactl.domain.types import AreaId, LetterStatus
from kuntactl.domain.wording import Words
from kuntactl.errors import KuntactlError
from kuntactl.letters.write import LetterFacts, Written
from kuntactl.locale import phrase
from kuntactl.pipeline.desk import Desk
from kuntactl.pipeline.evidence import refuse_strangers
from kuntactl.pipeline.writing import write_due

NOT_IN_EXPORT, ROW_REJECTED = "not_in_export", "row_rejected"
PROBLEM_WORDS: Mapping[str, Words] = {
    NOT_IN_EXPORT: Words(
        fi="Asiakasta ei ole aineistossa, joten osoitetta ei ole.",
        sv="Kunden finns inte i materialet, så det finns ingen adress.",
        en="The client is in no export, so there is no address.",
    ),
    ROW_REJECTED: Words(
        fi="Asiakkaan rivi on hylätty, joten osoitteeseen ei voi luottaa.",
        sv="Kundens rad har avvisats, så adressen är inte tillförlitlig.",
        en="The client's row was rejected, so the address cannot be trusted.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewells:
    """What became of the letters, those to clients without an address among them."""

    written: Written
    new_lines: pl.DataFrame  # schema LettersDone: what is new for letters.csv

    def letters(self) -> dict[str, int]:
        """Return how many were due, and what became of them; ``due`` is the sum of the others.

        Raises:
            KuntactlError: If a letter is lost or counted twice.
        """
        by_status = dict(self.written.done.get_column("status").value_counts().iter_rows())
        counts = {status.value: by_status.get(status.value, 0) for status in LetterStatus}
        if sum(counts.values()) != self.written.done.height:
            raise KuntactlError(
                phrase(
                    "letters do not add up: {counts}, {height} due",
                    counts=counts,
                    height=self.written.done.height,
                ),
                hint=phrase("this is a fault of kuntactl; nothing was written"),
            )
        return {"due": self.written.done.height, **counts}


def write_farewells(
    desk: Desk,
    due: pl.DataFrame,
    *,
    clients: pl.DataFrame,
    rejected: pl.DataFrame,
    areas: Mapping[AreaId, Area],
) -> Farewells:
    """Write the letters, and let the register remember them.

    Args:
        desk: Of the run.
        due: ``LettersDue``.
        clients: ``Clients`` of the exports; who is not among them has no address.
        rejected: ``Rejected`` rows of the exports.
        areas: Every area: a letter that waits may tell of a move to any.

    Raises:
        RegisterError: If the folder holds letters that the register does not know.
        LetterError: If a letter cannot be laid out.
        DeliveryError: If a file cannot be written.
    """
    facts = LetterFacts(
        clients=clients,
        members=Members.create_empty(),
        assignments=Assignments.create_empty(),
        coaches=(),
        areas=areas,
        ground_words={},
        on=desk.request.on,
        letter_date=desk.letter_date,
        language=desk.request.language,
        templates=desk.order.templates,
    )
    refuse_strangers(due, target=desk.order.out, register=desk.register.name)
    here = due.join(clients, on="client_id", how="semi", maintain_order="left")
    written = write_due(desk, here, facts)
    lost = due.join(clients, on="client_id", how="anti", maintain_order="left")
    every = replace(
        written,
        done=LettersDone.validate(
            pl.concat([written.done, _not_sent(lost)]).sort("area", "letter_id"), cast=True
        ),
        undeliverable=Undeliverable.validate(
            pl.concat([written.undeliverable, _without_address(lost, rejected, desk=desk)]).sort(
                "area", "client_id", maintain_order=True
            ),
            cast=True,
        ),
    )
    with desk.watch.measure("register"):
        new_lines = desk.register.record_letters(every.done)
    return Farewells(written=every, new_lines=new_lines)


def _not_sent(lost: pl.DataFrame) -> pl.DataFrame:
    nothing = ("lang", "pages", "file", "sha256", "bundle", "first_page")
    frame = lost.with_columns(
        *(pl.lit(None).alias(name) for name in nothing),
        status=pl.lit(LetterStatus.UNDELIVERABLE.value),
    )
    return LettersDone.validate(frame.select(LettersDone.column_names()), cast=True)


def _without_address(lost: pl.DataFrame, rejected: pl.DataFrame, *, desk: Desk) -> pl.DataFrame:
    rows = rejected.get_column("client_id").drop_nulls().unique()
    words = {code: text.in_language(desk.request.language) for code, text in PROBLEM_WORDS.items()}
    was_rejected = pl.col("client_id").is_in(rows.implode())
    return (
        lost.select("client_id", "area")
        .with_columns(
            code=pl.when(was_rejected).then(pl.lit(ROW_REJECTED)).otherwise(pl.lit(NOT_IN_EXPORT))
        )
        .with_columns(message=pl.col("code").replace_strict(words, return_dtype=pl.String))
    )
