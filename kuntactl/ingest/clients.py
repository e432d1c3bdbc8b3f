"""The exports of the TE offices, read and parted into accepted and rejected rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from kuntactl.domain.schema import Corrected, Corrections, Rejected, Warnings
from kuntactl.domain.types import Language
from kuntactl.ingest.across import look_across, put_together
from kuntactl.ingest.ahead import Handed
from kuntactl.ingest.batches import ROWS_AT_ONCE, Exports
from kuntactl.ingest.checks import checks
from kuntactl.ingest.columns import CLIENT_COLUMNS
from kuntactl.ingest.handed_in import refuse_stdin_twice
from kuntactl.ingest.identity import is_artificial
from kuntactl.ingest.looking import Glass, Keep, as_it_is, look
from kuntactl.ingest.oddities import odd_together
from kuntactl.ingest.profile import find_profile
from kuntactl.ingest.shape import Shape
from kuntactl.ingest.source import InputFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What is said beforehand of the files to be read."""

    profile: str | None = None  # none: headers and codes as in CONTRACT section 1
    encoding: str | None = None  # none: found
    delimiter: str | None = None  # none: found
    reject_artificial: bool = False  # identity codes 900-999: rejected, else only counted
    ahead: Handed | None = None  # a file that is being read already; none: there is none
    at_once: int = ROWS_AT_ONCE  # lines that are looked at together: a matter of memory alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """The exports parted in two; together the parts hold every row once."""

    accepted: pl.DataFrame  # domain.schema.Clients, or what was kept of them
    rejected: pl.DataFrame  # domain.schema.Rejected: one line a problem, not a row
    warnings: pl.DataFrame  # domain.schema.Warnings
    rows_read: int
    rows_rejected: int
    artificial: int  # accepted clients with an artificial identity code
    inputs: tuple[InputFile, ...]
    corrections: pl.DataFrame  # domain.schema.Corrections: all that were handed in
    corrected: pl.DataFrame  # domain.schema.Corrected: the corrections that were applied


def read_clients(
    paths: Sequence[Path],
    *,
    on: date,
    language: Language,
    options: ReadOptions,
    corrections: pl.DataFrame | None = None,
    keep: Keep = as_it_is,
) -> Ingested:
    """Return the clients in the exports, and the rows that cannot be trusted.

    ``rows_read`` is always ``rows_rejected`` and the height of ``accepted`` together. What is
    returned does not depend on how many rows are looked at together.

    Args:
        paths: One export each; their rows come in this order.
        on: The decision day: its municipalities count, and nobody is born after it.
        language: Of the messages in ``rejected`` and ``warnings``.
        options: What is known of the files.
        corrections: ``domain.schema.Corrections``, applied before any check; none: there are
            none.
        keep: What becomes of each accepted row: from ``Clients`` to as many rows.

    Raises:
        InputError: If a file cannot be read or is no export, stdin is named twice, or a
            correction is of a cell that is not there.
        SettingsError: If there is no such profile, encoding or delimiter.
    """
    profile = find_profile(options.profile)
    shape = Shape(
        columns=CLIENT_COLUMNS,
        aliases=profile.columns if profile else {},
        encoding=options.encoding,
        delimiter=options.delimiter,
    )
    refuse_stdin_twice(paths)
    given = Corrections.create_empty() if corrections is None else corrections
    exports = Exports(paths, shape, given, ahead=options.ahead, at_once=options.at_once)
    glass = Glass(
        profile=profile,
        checks=checks(on=on, reject_artificial=options.reject_artificial),
        on=on,
        language=language,
        corrections=given,
        keep=keep,
    )
    found = [look(batch, glass, exports.checksums) for batch in exports.batches()]
    together = put_together(look_across(found, glass, exports.files))
    del found
    odd = pl.concat([odd_together(together.people, language=language), together.odd])
    return Ingested(
        accepted=together.kept.drop("order"),
        rejected=Rejected.validate(together.rejected.drop("order", "check")),
        warnings=Warnings.validate(odd.sort("order", maintain_order=True).drop("order")),
        rows_read=together.rows,
        rows_rejected=together.rows - together.people.height,
        artificial=together.people.select(is_artificial(pl.col("identity_code")).sum()).item(),
        inputs=tuple(exports.files.values()),
        corrections=given,
        corrected=Corrected.validate(together.corrected.drop("order")),
    )
