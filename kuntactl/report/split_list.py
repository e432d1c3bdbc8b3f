"""Each client's coach with the reasons, the next best coaches and what each would cost."""

import polars as pl

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.report.lists import ASSIGNMENT_COLUMNS, say_codes
from kuntactl.report.vocabulary import Vocabulary

_AS_GOOD = Words(fi="asiakkaalle yhtä hyvä", sv="lika bra för kunden", en="as good for the client")
_LOAD = Words(
    fi="työmäärä olisi {}", sv="arbetsmängden skulle bli {}", en="the workload would be {}"
)


def assignments_list(
    assignments: pl.DataFrame,
    alternatives: pl.DataFrame,
    *,
    vocabulary: Vocabulary,
    language: Language,
) -> pl.DataFrame:
    """Return <area>/assignments.csv: each client's coach and why, by client number.

    Args:
        assignments: The area's rows of ``Assignments``.
        alternatives: ``Alternatives``; a client who is not in it has blanks.
        vocabulary: Reasons, prices and what binds in words; a code that is not there stays as
            it is.
        language: The language of the run.

    Returns:
        ``client_id``, ``coach_id``, ``weight``, ``why``; ``second_coach`` with
        ``second_price``: in words, and the coach's meetings a month per full time if they had
        the client; the same of the ``third``; ``binds``.
    """
    return (
        assignments.join(alternatives, on="client_id", how="left")
        .with_columns(
            say_codes("why", vocabulary.reasons, language=language),
            _priced("second", vocabulary, language=language),
            _priced("third", vocabulary, language=language),
            _bound(vocabulary, language=language),
        )
        .sort("client_id")
        .select(ASSIGNMENT_COLUMNS)
    )


def _priced(choice: str, vocabulary: Vocabulary, *, language: Language) -> pl.Expr:
    codes = say_codes(f"{choice}_price", vocabulary.prices, language=language)
    nothing = pl.lit([_AS_GOOD.in_language(language)], dtype=pl.List(pl.String))
    load = pl.col(f"{choice}_load").round(1).cast(pl.String)
    if language is not Language.EN:
        load = load.str.replace(".", ",", literal=True)
    words = pl.concat_list(
        pl.when(codes.list.len() > 0).then(codes).otherwise(nothing),
        pl.format(_LOAD.in_language(language), load),
    )
    return pl.when(pl.col(f"{choice}_coach").is_not_null()).then(words).alias(f"{choice}_price")


def _bound(vocabulary: Vocabulary, *, language: Language) -> pl.Expr:
    """Return what binds, after the id of the coach who would suit better."""
    said = {code: words.in_language(language) for code, words in vocabulary.binds.items()}
    what = pl.col("binds").replace(said) if said else pl.col("binds")
    text = pl.concat_str(pl.col("binds_coach") + ": ", what, ignore_nulls=True)
    return text.replace("", None).alias("binds")
