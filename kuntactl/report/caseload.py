"""A coach's clients with the facts that the coach needs."""

from datetime import date

import polars as pl

from kuntactl.domain.calendar import completed_years
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import FirstContacts
from kuntactl.domain.teams import client_team
from kuntactl.report.alphabet import alphabetical

# A coach sees the number, that the person is protected, and what the work needs. Name, address
# and contact data stand in the sealed package only: a workbook is printed, mailed and lost.
HIDDEN_UNDER_NON_DISCLOSURE = (
    *("family_name", "given_names"),
    *("municipality", "address", "phone", "email"),
)

_LEFT_OUT = (
    *("identity_code", "file", "row"),
    *("street", "postal_code", "post_office", "address_extra", "country", "contact_address"),
)


def workbook_rows(
    assignments: pl.DataFrame,
    *,
    clients: pl.DataFrame,
    grounds: pl.DataFrame,
    contacts: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return the clients who have a coach with the facts that a coach needs, in order of names.

    Args:
        assignments: Schema ``Assignments``, of one area or of all.
        clients: Schema ``Clients``.
        grounds: ``client_id`` and ``grounds``: ``Members`` (the grounds at joining) or
            ``Decisions``.
        contacts: Schema ``FirstContacts``; none: none are planned.

    Returns:
        One row a client by family name, given names and client number, null in both names,
        ``municipality``, ``address``, ``phone`` and ``email`` under non-disclosure:

        - ``coach_id``, ``weight``, ``why`` as in the assignments; ``grounds``;
        - ``first_contact``, ``first_contact_by`` (Date), null where none is planned;
        - ``address`` (String): on one line;
        - what ``Clients`` holds, but for the identity code and the parts of the address.
    """
    shown = clients.with_columns(_address()).drop(_LEFT_OUT)
    hidden = [
        pl.when(~pl.col("protected")).then(pl.col(name)).alias(name)
        for name in HIDDEN_UNDER_NON_DISCLOSURE
    ]
    if contacts is None:
        contacts = FirstContacts.create_empty()
    planned = contacts.select(
        "client_id", "coach_id", first_contact="day", first_contact_by="last_day"
    )
    return (
        assignments.filter(pl.col("coach_id").is_not_null())
        .select("client_id", "coach_id", "weight", "why")
        .join(planned, on=["client_id", "coach_id"], how="left")
        .join(grounds.select("client_id", "grounds"), on="client_id", how="left")
        .join(shown.with_columns(hidden), on="client_id", how="left")
        .sort(alphabetical("family_name"), alphabetical("given_names"), "client_id")
    )


def with_coach_facts(rows: pl.DataFrame, *, coach: Coach, on: date) -> pl.DataFrame:
    """Return the rows with ``age`` (Int32), ``team`` and ``former_officer`` (Bool).

    ``former_officer`` is true where the coach was the client's officer in the TE office, null
    where the export does not name the officer.
    """
    officer = pl.lit(coach.former_officer, pl.String)
    return rows.with_columns(
        completed_years(pl.col("born"), on=on).alias("age"),
        client_team(on=on).alias("team"),
        (pl.col("officer_id") == officer.fill_null("")).alias("former_officer"),
    )


def _address() -> pl.Expr:
    locality = pl.concat_str("postal_code", "post_office", separator=" ", ignore_nulls=True)
    abroad = pl.when(pl.col("country") != "FI").then(pl.col("country"))
    line = pl.concat_str(
        "address_extra",
        "street",
        locality.replace("", None),
        abroad,
        separator=", ",
        ignore_nulls=True,
    )
    return line.replace("", None).alias("address")
