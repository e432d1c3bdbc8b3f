"""The lists of a run, each as the frame that its CSV file holds (CONTRACT section 4)."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from kuntactl.domain.types import Language, Outcome
from kuntactl.domain.wording import Words

REJECTED_COLUMNS = ("file", "row", "client_id", "column", "value", "code", "message")
REVIEW_COLUMNS = ("client_id", "area", "puuttuu", "kuuluu", "kuka", "peruste")
WARNING_COLUMNS = ("file", "row", "client_id", "code", "message")
ELIGIBLE_COLUMNS = ("client_id", "grounds", "municipality", "language", "protected")
TRANSFER_COLUMNS = ("client_id", "office_code", "day")
ASSIGNMENT_COLUMNS = (
    *("client_id", "coach_id", "weight", "why"),
    *("second_coach", "second_price", "third_coach", "third_price", "binds"),
)
FIRST_CONTACT_COLUMNS = ("client_id", "coach_id", "day", "last_day")
IDLE_COLUMNS = ("client_id", "since", "coach_id", "why")
REMOVAL_COLUMNS = ("client_id", "letter_id", "file", "pages")
UNDELIVERABLE_COLUMNS = ("client_id", "code", "message")

_ANSWER_COLUMNS = ("kuuluu", "kuka", "peruste")  # a person fills them in: ``--reviewed``


def rejected_list(rejected: pl.DataFrame) -> pl.DataFrame:
    """Return rejected.csv: one line a problem, in input order.

    Args:
        rejected: Schema ``Rejected``; it already hides what may not be shown.
    """
    return rejected.select(REJECTED_COLUMNS)


def warnings_list(warnings: pl.DataFrame) -> pl.DataFrame:
    """Return warnings.csv: what was accepted but looks odd, in input order."""
    return warnings.select(WARNING_COLUMNS)


def review_list(decisions: pl.DataFrame, *, in_words: Callable[[list[str]], str]) -> pl.DataFrame:
    """Return review.csv: who waits for a person, by area and client number.

    Args:
        decisions: Schema ``Decisions``.
        in_words: Says in the language of the run which facts are missing, from their codes;
            called once for each combination of codes, not for each client.

    Returns:
        ``client_id``, ``area`` (null where the home municipality is not known), ``puuttuu``
        and three empty columns for the answer: ``kuuluu``, ``kuka``, ``peruste``.
    """
    waiting = decisions.filter(pl.col("outcome") == Outcome.REVIEW.value)
    key = pl.col("missing").list.join("\n")
    combinations = waiting.select("missing", key.alias("key")).unique("key", maintain_order=True)
    sentences = pl.DataFrame(
        {
            "key": combinations.get_column("key"),
            "puuttuu": [in_words(codes) for codes in combinations.get_column("missing")],
        },
        schema={"key": pl.String, "puuttuu": pl.String},
    )
    return (
        waiting.with_columns(key.alias("key"))
        .join(sentences, on="key", how="left")
        .with_columns(pl.lit(None, pl.String).alias(name) for name in _ANSWER_COLUMNS)
        .sort("area", "client_id", nulls_last=True)
        .select(REVIEW_COLUMNS)
    )


def eligible_lists(decisions: pl.DataFrame, *, clients: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return <area>/eligible.csv by area: who belongs to its target group, by client number.

    Args:
        decisions: Schema ``Decisions``; those who are not eligible do not matter.
        clients: Schema ``Clients``, one row a decision, in the same order.

    Returns:
        For each area with an eligible client: ``client_id``, ``grounds`` (codes),
        ``municipality`` (three digits, blank for a client under non-disclosure), ``language``
        (of service: fi or sv), ``protected``.

    Raises:
        ValueError: If the rows of the two are not of the same clients.
    """
    if not decisions["client_id"].equals(clients["client_id"]):
        raise ValueError("the decisions are not those of these clients, in their order")
    listed = (
        decisions.select("area", "outcome", "client_id", "grounds")
        .hstack(clients.select("municipality", "protected", language="service_language"))
        .filter(pl.col("outcome") == Outcome.ELIGIBLE.value)
        .with_columns(pl.when(~pl.col("protected")).then(pl.col("municipality")))
        .select("area", *ELIGIBLE_COLUMNS)
    )
    by_area = listed.partition_by("area", as_dict=True, include_key=False)
    del listed  # each copy of ten million rows would take a third of a gigabyte

    def in_order(area: tuple[object, ...]) -> pl.DataFrame:
        return _by_number(by_area.pop(area))

    areas = list(by_area)
    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        lists = threads.map(in_order, areas)
        return {str(area): lines for (area,), lines in zip(areas, lists, strict=True)}


def _by_number(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the lines in the order of their client numbers as text."""
    number = lines["client_id"]
    lengths = number.str.len_bytes()
    if lengths.min() == lengths.max() and number.str.contains(_DIGITS).all():
        # As many digits in each: the same order as numbers, found in a tenth of the time.
        return lines[number.cast(pl.UInt64).arg_sort()]
    return lines.sort("client_id")


_DIGITS = r"^[0-9]{1,18}$"


def no_one_eligible() -> pl.DataFrame:
    """Return <area>/eligible.csv of an area in which nobody is."""
    schema: dict[str, pl.DataType] = {"grounds": pl.List(pl.String), "protected": pl.Boolean()}
    return pl.DataFrame(schema={name: schema.get(name, pl.String()) for name in ELIGIBLE_COLUMNS})


def transfer_list(members: pl.DataFrame, *, office_code: str | None) -> pl.DataFrame:
    """Return <area>/transfer_list.csv: what the TE office keys in, by client number.

    Args:
        members: The area's rows of ``Members``.
        office_code: The area's code in the TE register, the client's new one; none: not known.

    Returns:
        ``client_id``, ``office_code`` (text, leading zeros kept), ``day`` of the transfer.
    """
    return (
        members.select(
            "client_id",
            pl.lit(office_code, pl.String).alias("office_code"),
            pl.col("since").alias("day"),
        )
        .sort("client_id")
        .select(TRANSFER_COLUMNS)
    )


def undeliverable_list(undeliverable: pl.DataFrame) -> pl.DataFrame:
    """Return <area>/undeliverable.csv, from the area's rows, by client number."""
    return undeliverable.sort("client_id", "code").select(UNDELIVERABLE_COLUMNS)


def first_contacts_list(contacts: pl.DataFrame) -> pl.DataFrame:
    """Return <area>/first_contacts.csv: who is met when, by day and client number.

    Args:
        contacts: The area's rows of ``FirstContacts``, those of earlier days too.
    """
    return contacts.sort("day", "client_id").select(FIRST_CONTACT_COLUMNS)


def idle_list(
    idle: pl.DataFrame, words: Mapping[str, Words], *, language: Language
) -> pl.DataFrame:
    """Return <area>/absent.csv: members who are not served now, by client number.

    Args:
        idle: The area's rows, with ``client_id``, ``since``, ``coach_id`` and ``why`` (a code).
        words: Each code in words.
        language: The language of the run.
    """
    said = {code: text.in_language(language) for code, text in words.items()}
    return (
        idle.with_columns(pl.col("why").replace_strict(said, return_dtype=pl.String))
        .sort("client_id")
        .select(IDLE_COLUMNS)
    )


def removal_list(removals: pl.DataFrame) -> pl.DataFrame:
    """Return <area>/to_remove.csv: files that still hold the address of a protected client."""
    return removals.select(REMOVAL_COLUMNS)


def say_codes(column: str, words: Mapping[str, Words], *, language: Language) -> pl.Expr:
    """Return a column of lists of codes as lists of words; an unknown code stays a code."""
    said = {code: text.in_language(language) for code, text in words.items()}
    return pl.col(column).list.eval(pl.element().replace(said)) if said else pl.col(column)
