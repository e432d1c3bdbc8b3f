"""Who belongs to the trials' target groups: one outcome a client, with the three lists."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import accumulate

import polars as pl

from kuntactl.domain.schema import Decisions
from kuntactl.domain.types import DecidedBy, Outcome
from kuntactl.eligibility.rules import Chosen, load_rules
from kuntactl.eligibility.verdicts import count_packed, judge, packed

HOME_MUNICIPALITY = "home_municipality"  # what is missing where the municipality is blank

_OUTSIDE, _NOWHERE = -1, -2  # situations in which no rules hold
_VERDICT = ("outcome", "grounds", "failed", "missing")


def decide(clients: pl.DataFrame, chosen: Sequence[Chosen], *, on: date) -> pl.DataFrame:
    """Decide for each client whether they belong to the target group of a chosen area.

    The logic is Kleene's (CONTRACT section 2): eligible if every condition is true and some
    ground is true, not eligible if some condition is false or every ground is false, else
    review. A home municipality in no chosen area is outside. A blank one is under review
    with ``missing`` = ``home_municipality``; no area means no rules, so ``area``, ``rules``
    and ``rules_from`` are null and the other lists empty.

    Args:
        clients: As ``domain.schema.Clients``.
        chosen: The areas with their rules; at least one.
        on: The day decided for.

    Returns:
        As ``domain.schema.Decisions``, one row a client, in the same order. The codes of
        each list stand in the tables' order: conditions, then grounds.

    Raises:
        ValueError: If no area is chosen, two of them share a municipality, or the rules of an
            area give a row no verdict.
    """
    return Decisions.validate(unpacked(decide_packed(clients, chosen, on=on)))


def decide_packed(clients: pl.DataFrame, chosen: Sequence[Chosen], *, on: date) -> pl.DataFrame:
    """Return the same in a third of the memory; see ``decide`` and ``unpacked``.

    Codes and ids are Enum, each in the order of its text; nothing else differs.
    """
    versions = list({one.rules.id: one for one in chosen}.values())
    placed = _place(clients, chosen, versions, on=on)
    situations = placed["situation"].unique().sort()
    verdicts = pl.concat([_without_rules(), *_verdicts_of(versions, situations)], rechunk=True)
    # A million clients are in a few hundred situations: each is judged once.
    rows = placed["situation"].replace_strict(
        verdicts["situation"],
        pl.int_range(verdicts.height, eager=True),
        default=None,
        return_dtype=pl.UInt32,
    )
    if rows.null_count():
        raise ValueError("a row has no verdict: nobody is left out by accident")
    enums = _enums(chosen)
    decided = pl.concat(
        [
            placed.select("client_id", pl.col("area").cast(enums.pop("area"))),
            verdicts.with_columns(
                pl.col(name).cast(dtype) for name, dtype in enums.items()
            ).select(pl.exclude("situation").gather(rows)),
        ],
        how="horizontal",
    ).with_columns(on=pl.lit(on), decided_by=_BY_RULE)
    return decided.select(Decisions.column_names())


_BY_RULE = pl.lit(DecidedBy.RULE.value, dtype=pl.Enum(sorted(one.value for one in DecidedBy)))
_CODES = ("grounds", "failed", "missing")


def _enums(chosen: Sequence[Chosen]) -> dict[str, pl.DataType]:
    """Return what codes and ids are packed as, the same for each batch of a run."""
    criteria = {criterion.code for one in chosen for criterion in one.version.criteria}
    codes = pl.Enum(sorted({*criteria, HOME_MUNICIPALITY}))
    return {
        "area": pl.Enum(sorted(str(one.area.id) for one in chosen)),
        "outcome": pl.Enum(sorted(one.value for one in Outcome)),
        "rules": pl.Enum(sorted({str(one.rules.id) for one in chosen})),
        **dict.fromkeys(_CODES, pl.List(codes)),
    }


def unpacked(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return decisions with their codes and ids as text, as ``domain.schema.Decisions``."""
    return decisions.with_columns(UNPACKED)


UNPACKED = (
    pl.col("area", "outcome", "rules", "decided_by").cast(pl.String),
    pl.col(_CODES).cast(pl.List(pl.String)),
)


def _place(
    clients: pl.DataFrame, chosen: Sequence[Chosen], versions: Sequence[Chosen], *, on: date
) -> pl.DataFrame:
    """Return each client's ``client_id``, ``area`` and ``situation``.

    The situation is one number (Int64): the answers to all criteria of the client's rules,
    counted on from those of the rules before; ``_OUTSIDE`` or ``_NOWHERE`` where no rules hold.
    """
    area = pl.col("municipality").replace_strict(
        _area_by_municipality(chosen), default=None, return_dtype=pl.String
    )
    rules = pl.col("area").replace_strict(
        {one.area.id: one.rules.id for one in chosen}, default=None, return_dtype=pl.String
    )
    situation = pl.lit(None, dtype=pl.Int64)
    for one, first in zip(versions, _firsts(versions), strict=True):
        answers = packed(one.version.criteria, on=on) + first
        situation = pl.when(rules == one.rules.id).then(answers).otherwise(situation)
    return (
        clients.lazy()
        .with_columns(area.alias("area"))
        .select(
            "client_id",
            "area",
            pl.when(pl.col("municipality").is_null())
            .then(_NOWHERE)
            .when(pl.col("area").is_null())
            .then(_OUTSIDE)
            .otherwise(situation)
            .alias("situation"),
        )
        .collect()
    )


def _firsts(versions: Sequence[Chosen]) -> Sequence[int]:
    """Return the first situation of each rule set; the last of all is after the last."""
    return list(accumulate((count_packed(one.version.criteria) for one in versions), initial=0))[
        :-1
    ]


def _verdicts_of(versions: Sequence[Chosen], situations: pl.Series) -> Iterator[pl.DataFrame]:
    for one, first in zip(versions, _firsts(versions), strict=True):
        after = first + count_packed(one.version.criteria)
        own = situations.filter((situations >= first) & (situations < after))
        yield judge(one.version, own - first).select(
            (pl.col("answers") + first).alias("situation"),
            *_VERDICT,
            pl.lit(str(one.rules.id)).alias("rules"),
            pl.lit(one.version.begins).alias("rules_from"),
        )


def _without_rules() -> pl.DataFrame:
    """Return the verdicts on those who live elsewhere, and on those of whom nobody knows."""
    return pl.DataFrame(
        {
            "situation": [_OUTSIDE, _NOWHERE],
            "outcome": [Outcome.OUTSIDE.value, Outcome.REVIEW.value],
            "grounds": [[], []],
            "failed": [[], []],
            "missing": [[], [HOME_MUNICIPALITY]],
            "rules": [None, None],
            "rules_from": [None, None],
        },
        schema={
            "situation": pl.Int64,
            "outcome": pl.String,
            **dict.fromkeys(("grounds", "failed", "missing"), pl.List(pl.String)),
            "rules": pl.String,
            "rules_from": pl.Date,
        },
    )


def _area_by_municipality(chosen: Sequence[Chosen]) -> dict[str, str]:
    if not chosen:
        raise ValueError("no area is chosen: nobody is outside by accident")
    pairs = [
        (str(municipality), str(one.area.id))
        for one in chosen
        for municipality in one.area.municipalities
    ]
    area_of = dict(pairs)
    if len(area_of) < len(pairs):
        raise ValueError("two chosen areas share a municipality")
    return area_of


def fingerprints(clients: pl.DataFrame, chosen: Sequence[Chosen] = ()) -> pl.DataFrame:
    """Return a print of the facts that a person's answer rests on.

    The facts are the home municipality and what the criteria of the client's area ask for;
    for a client in none of the chosen areas, what any rule set asks for. Days of
    support that grow do not undo an answer under rules that never look at them.

    Args:
        clients: As ``domain.schema.Clients``; those under review are enough.
        chosen: The areas with their rules.

    Returns:
        In the same order: ``client_id``; ``fingerprint`` (String), SHA-256 in hex over
        ``name=value`` lines, the same in every run and version. A loop over the rows:
        about a second for a million.
    """
    text = _canonical_text(_all_facts())
    for facts in {one.version.facts for one in chosen}:
        own = [
            str(municipality)
            for one in chosen
            if one.version.facts == facts
            for municipality in one.area.municipalities
        ]
        text = (
            pl.when(pl.col("municipality").is_in(own)).then(_canonical_text(facts)).otherwise(text)
        )
    texts = clients.select("client_id", text.alias("text"))
    prints = [sha256(row.encode()).hexdigest() for row in texts["text"]]
    return texts.select("client_id", pl.Series("fingerprint", prints, dtype=pl.String))


def _all_facts() -> tuple[str, ...]:
    versions = [version for rules in load_rules().values() for version in rules.versions]
    return tuple(sorted({fact for version in versions for fact in version.facts}))


def _canonical_text(facts: Sequence[str]) -> pl.Expr:
    """Return ``name=value`` a line, or ``name`` alone for null: no two facts look alike."""
    return pl.concat_str(
        [
            pl.concat_str(pl.lit(f"{name}="), pl.col(name).cast(pl.String)).fill_null(name)
            for name in ("client_id", "municipality", *facts)
        ],
        separator="\n",
    )
