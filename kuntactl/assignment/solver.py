"""Linear programs in sparse rows, solved by HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from kuntactl.assignment.problem import Floats, Ints
from kuntactl.assignment.silence import solver_is_silent

_MOST_COLUMNS = 150  # up to which whole numbers are searched for; beyond it takes too long
_MOST_NODES = 100  # of that search; never a clock, so that the same input gives the same split


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of a linear program: matrix × columns ≤ (or =) limit."""

    matrix: sparse.csr_array
    limit: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """An optimum: the columns and the price of each row of ``at_most``."""

    columns: Floats
    prices: Floats  # 0 and up: what one more of the limit would gain


def solve(
    gain: Floats, *, at_most: Sequence[Rows], equal: Sequence[Rows], lower: Floats, upper: Floats
) -> Solution:
    """Return the columns with the largest gain; a corner of what is possible.

    Raises:
        RuntimeError: If nothing is possible; the callers ask only for what is.
    """
    result = linprog(
        -gain,
        A_ub=sparse.vstack([rows.matrix for rows in at_most], format="csr"),
        b_ub=np.concatenate([rows.limit for rows in at_most]),
        A_eq=sparse.vstack([rows.matrix for rows in equal], format="csr"),
        b_eq=np.concatenate([rows.limit for rows in equal]),
        bounds=np.column_stack([lower, upper]).tolist(),
        method="highs-ds",
    )
    if result.x is None or result.status != 0:
        raise RuntimeError(f"the split has no solution: {result.message}")
    return Solution(columns=result.x, prices=-result.ineqlin.marginals)


def search(
    cost: Floats,
    *,
    at_most: Sequence[Rows],
    equal: Sequence[Rows],
    upper: Floats,
    whole: Ints,
    most_columns: int = _MOST_COLUMNS,
) -> Floats | None:
    """Return the cheapest columns found, those marked ``whole`` in whole numbers.

    None where there are more than ``most_columns`` marked so, or it found nothing.
    """
    if np.count_nonzero(whole) > most_columns:
        return None
    with solver_is_silent():
        result = milp(
            cost,
            constraints=[
                *(LinearConstraint(rows.matrix, ub=rows.limit) for rows in at_most),
                *(LinearConstraint(rows.matrix, rows.limit, rows.limit) for rows in equal),
            ],
            bounds=Bounds(np.zeros(len(cost)), upper),
            integrality=whole,
            options={"node_limit": _MOST_NODES, "mip_rel_gap": 0.0},
        )
    return None if result.x is None else np.asarray(result.x, dtype=np.float64)


def wider(found: Sequence[Rows], more: int = 1) -> list[Rows]:
    """Return the rows with columns of zeros added on the right."""
    return [
        Rows(
            matrix=sparse.hstack(
                [rows.matrix, sparse.csr_array((rows.matrix.shape[0], more))], format="csr"
            ),
            limit=rows.limit,
        )
        for rows in found
    ]
