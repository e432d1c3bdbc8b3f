"""Values that stand in a column more than once, found without grouping them all."""

import polars as pl


def is_repeated(values: pl.Series) -> pl.Series:
    """Return for each value whether it stands there more than once; null is a value too.

    Equal values have equal hashes, and hashes are sorted faster than texts are grouped: only
    the few values whose hash is not alone are compared.
    """
    hashes = values.hash()
    ordered = hashes.sort()
    shared = ordered.filter(ordered == ordered.shift()).unique()
    among = hashes.is_in(shared.implode()).arg_true()
    repeated = pl.repeat(value=False, n=len(values), eager=True, dtype=pl.Boolean)
    return repeated.scatter(among, values.gather(among).is_duplicated()).alias(values.name)


def is_unique(values: pl.Expr) -> pl.Expr:
    """Return for each value whether it stands there once."""
    return values.map_batches(lambda column: ~is_repeated(column), return_dtype=pl.Boolean)
