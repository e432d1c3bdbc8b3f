"""Who belongs to the trials' target groups: one outcome a client, with the three lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

import polars as pl

from kuntactl.domain.schema import Decisions
from kuntactl.domain.types import DecidedBy, Outcome
from kuntactl.eligibility.rules import Chosen, Criterion, RuleVersion, load_rules

HOME_MUNICIPALITY = "home_municipality"  # what is missing where the municipality is blank
ANSWER_NOT_NEEDED = "answer_not_needed"
ANSWER_LACKS_AREA = "answer_lacks_area"
ANSWER_CLIENT_UNKNOWN = "answer_client_unknown"

_CODES = pl.List(pl.String)
_NO_CODES = pl.lit([], dtype=_CODES)
_UNKNOWN_DIGIT = 2


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
        ValueError: If no area is chosen, or two of them share a municipality.
    """
    versions = list({one.rules.id: one for one in chosen}.values())
    placed = _place(clients, chosen, versions, on=on)
    verdicts = pl.concat(
        _verdicts(one.version, placed.filter(pl.col("rules") == one.rules.id)["answers"].unique())
        .lazy()
        .with_columns(rules=pl.lit(str(one.rules.id)))
        for one in versions
    )
    decided = (
        placed.lazy()
        .join(verdicts, on=["rules", "answers"], how="left", maintain_order="left")
        .select(
            "client_id",
            "area",
            # A row of an area always has a verdict; one without stays null, and is refused below.
            pl.col("outcome").fill_null(
                pl.when("no_municipality")
                .then(pl.lit(Outcome.REVIEW.value))
                .when(pl.col("area").is_null())
                .then(pl.lit(Outcome.OUTSIDE.value))
            ),
            pl.col("grounds").fill_null(_NO_CODES),
            pl.col("failed").fill_null(_NO_CODES),
            pl.col("missing").fill_null(
                pl.when("no_municipality")
                .then(pl.lit([HOME_MUNICIPALITY], dtype=_CODES))
                .otherwise(_NO_CODES)
            ),
            "rules",
            pl.col("rules")
            .replace_strict(
                {one.rules.id: one.version.begins for one in versions},
                default=None,
                return_dtype=pl.Date,
            )
            .alias("rules_from"),
            pl.lit(on).alias("on"),
            pl.lit(DecidedBy.RULE.value).alias("decided_by"),
        )
        .collect()
    )
    return Decisions.validate(decided)


def _place(
    clients: pl.DataFrame, chosen: Sequence[Chosen], versions: Sequence[Chosen], *, on: date
) -> pl.DataFrame:
    """Return each client's area, rule set and answers under it.

    ``answers`` is one number a row, the answers as digits to the base 3 (``_packed``): a
    million clients give a few hundred different ones, and each is judged once.
    """
    area = pl.col("municipality").replace_strict(
        _area_by_municipality(chosen), default=None, return_dtype=pl.String
    )
    rules = pl.col("area").replace_strict(
        {one.area.id: one.rules.id for one in chosen}, default=None, return_dtype=pl.String
    )
    answers = pl.lit(None, dtype=pl.Int64)
    for one in versions:
        under = pl.col("rules") == one.rules.id
        answers = pl.when(under).then(_packed(one.version.criteria, on=on)).otherwise(answers)
    return (
        clients.lazy()
        .with_columns(area.alias("area"))
        .with_columns(rules.alias("rules"))
        .select(
            "client_id",
            "area",
            "rules",
            answers.alias("answers"),
            pl.col("municipality").is_null().alias("no_municipality"),
        )
        .collect()
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


def _packed(criteria: Sequence[Criterion], *, on: date) -> pl.Expr:
    """Return the answers of all criteria as one Int64: a digit each, false 0, true 1, null 2."""
    digits = [
        criterion.holds(on=on).cast(pl.Int64).fill_null(_UNKNOWN_DIGIT) * 3**place
        for place, criterion in enumerate(criteria)
    ]
    return pl.sum_horizontal(digits)


def _unpacked(place: int) -> pl.Expr:
    """Return one criterion's answer from the packed ones, as Boolean."""
    digit = pl.col("answers") // 3**place % 3
    return pl.when(digit != _UNKNOWN_DIGIT).then(digit == 1)


def _verdicts(version: RuleVersion, answers: pl.Series) -> pl.DataFrame:
    """Return the outcome and the three lists for each packed combination of answers."""
    codes = [criterion.code for criterion in version.criteria]
    conditions = [criterion.code for criterion in version.conditions]
    grounds = [criterion.code for criterion in version.grounds]
    belongs = pl.all_horizontal(conditions) & pl.any_horizontal(grounds)
    return (
        pl.LazyFrame({"answers": answers})
        .with_columns(_unpacked(place).alias(code) for place, code in enumerate(codes))
        .select(
            "answers",
            pl.when(belongs)
            .then(pl.lit(Outcome.ELIGIBLE.value))
            .when(belongs.is_null())
            .then(pl.lit(Outcome.REVIEW.value))
            .otherwise(pl.lit(Outcome.NOT_ELIGIBLE.value))
            .alias("outcome"),
            _codes_where({code: pl.col(code) for code in grounds}).alias("grounds"),
            _codes_where({code: ~pl.col(code) for code in codes}).alias("failed"),
            _codes_where({code: pl.col(code).is_null() for code in codes}).alias("missing"),
        )
        .collect()
    )


def _codes_where(picked: Mapping[str, pl.Expr]) -> pl.Expr:
    """Return the codes whose expression is true, in the mapping's order."""
    return pl.concat_list(
        pl.when(is_picked).then(pl.lit(code)) for code, is_picked in picked.items()
    ).list.drop_nulls()


def apply_answers(
    decisions: pl.DataFrame, answers: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Put people's answers into the decisions that are under review.

    Args:
        decisions: As ``domain.schema.Decisions``.
        answers: As ``domain.schema.Answers``.

    Returns:
        The decisions in the same order, where a row under review that has an answer is
        eligible or not eligible, decided by a person, its lists as before; then the answers
        that changed nothing, in their order: ``client_id``, ``code`` (String), which is
        ``answer_client_unknown`` (not among the decisions), ``answer_not_needed`` (not under
        review) or ``answer_lacks_area`` (yes, but no home municipality says to which area).
    """
    found = answers.lazy().select("client_id", "belongs")
    in_review = pl.col("outcome") == Outcome.REVIEW.value
    somewhere = pl.col("area").is_not_null() | ~pl.col("belongs")  # nobody belongs to nowhere
    applies = in_review & pl.col("belongs").is_not_null() & somewhere
    answered = (
        decisions.lazy()
        .join(found, on="client_id", how="left", maintain_order="left")
        .with_columns(
            pl.when(applies & pl.col("belongs"))
            .then(pl.lit(Outcome.ELIGIBLE.value))
            .when(applies)
            .then(pl.lit(Outcome.NOT_ELIGIBLE.value))
            .otherwise("outcome")
            .alias("outcome"),
            pl.when(applies)
            .then(pl.lit(DecidedBy.PERSON.value))
            .otherwise("decided_by")
            .alias("decided_by"),
        )
        .drop("belongs")
        .collect()
    )
    not_applied = (
        found.join(
            decisions.lazy().select("client_id", "outcome", "area"),
            on="client_id",
            how="left",
            maintain_order="left",
        )
        .filter(pl.col("outcome").is_null() | ~in_review | ~somewhere)
        .select(
            "client_id",
            pl.when(pl.col("outcome").is_null())
            .then(pl.lit(ANSWER_CLIENT_UNKNOWN))
            .when(in_review)
            .then(pl.lit(ANSWER_LACKS_AREA))
            .otherwise(pl.lit(ANSWER_NOT_NEEDED))
            .alias("code"),
        )
        .collect()
    )
    return Decisions.validate(answered), not_applied


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
