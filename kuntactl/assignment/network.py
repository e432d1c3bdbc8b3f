"""Alike clients and alike coaches as columns of a linear program, and back again.

Three kinds of unknowns, so that many clients and coaches stay few columns:

- *to a type*: clients of a class who go to some coach of a type (coaches who serve the same
  municipalities and match alike);
- *to a coach*: of those, by weight, how many each coach of the type takes;
- *stays*: clients of a class who keep the officer they had, now a coach.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kuntactl.assignment.problem import NOBODY, Floats, Ints, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Who is alike: clients by what they weigh and whom they suit, coaches by whom they suit."""

    clients: Ints  # places in the problem, ascending; ``group`` to ``own`` are one of these each
    group: Ints  # class of each client
    weight_of: Ints  # place in ``weights`` of each client
    own: Ints  # coach who was their officer, or NOBODY
    weights: Floats  # the different weights, ascending
    type_of: Ints  # type of each coach
    code: Ints  # classes × types: 0 not allowed, else 1 + Swedish + 2 × points
    class_weight: Ints  # place in ``weights`` of each class

    @property
    def size(self) -> Ints:
        """Clients of each class."""
        return np.bincount(self.group, minlength=len(self.code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The columns, and the rows that hold whatever the aim; matrices are rows × columns.

    Columns in order: to a type, stays, to a coach.
    """

    classes: Classes
    to_type: tuple[Ints, Ints]  # class, type; by class, then type
    stays: tuple[Ints, Ints, Ints]  # class, coach, how many at most; by class, then coach
    to_coach: tuple[Ints, Ints]  # place in ``weights``, coach; by weight, type, coach
    of_class: sparse.csr_array  # clients placed, by class
    passed_on: sparse.csr_array  # to types less to coaches, by weight and type: always 0
    count: sparse.csr_array  # clients taken, by coach
    load: sparse.csr_array  # meetings a month taken, by coach
    placed: Floats  # 1 where the column places a client
    swedish: Floats  # 1 where it gives a Swedish speaker a Swedish-speaking coach
    kept: Floats  # 1 where it keeps the former officer
    points: Floats  # what it is worth in the last aim

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.placed)

    @property
    def upper(self) -> Floats:
        """The most that each column can be: infinite, or the clients who have that officer."""
        top = np.full(self.width, np.inf)
        first = len(self.to_type[0])
        top[first : first + len(self.stays[2])] = self.stays[2]
        return top


def build_network(problem: Problem, clients: Ints, *, fine: bool) -> Network:
    """Return the network of some clients and all coaches.

    Args:
        problem: The area.
        clients: Places of the clients to be placed, ascending; each is allowed some coach.
        fine: Whether officers, languages and teams count. Without them fewer classes do, and
            whatever loads are possible stay possible.
    """
    return _lay_out(_classes(problem, clients, fine=fine))


def _classes(problem: Problem, clients: Ints, *, fine: bool) -> Classes:
    kinds, kind = np.unique(problem.kind[clients], return_inverse=True)
    pairs = problem.pairs
    points = pairs.points[kinds] if fine else 0
    code = np.where(pairs.allowed[kinds], 1 + pairs.swedish[kinds] + 2 * points, 0)
    code, alike = np.unique(code, axis=0, return_inverse=True)
    code, type_of = np.unique(code, axis=1, return_inverse=True)
    weights, weight_of = np.unique(problem.weight[clients], return_inverse=True)
    keys, group = np.unique(alike[kind] * len(weights) + weight_of, return_inverse=True)
    nobody = np.full(len(clients), NOBODY, dtype=np.int64)
    return Classes(
        clients=clients,
        group=group,
        weight_of=weight_of,
        own=problem.own[clients] if fine else nobody,
        weights=weights,
        type_of=type_of,
        code=code[keys // len(weights)],
        class_weight=keys % len(weights),
    )


def _lay_out(classes: Classes) -> Network:
    """Number the columns and fill the rows."""
    weight, weights, type_of = classes.class_weight, classes.weights, classes.type_of
    coaches, (groups, types) = len(type_of), classes.code.shape
    x_class, x_type = np.nonzero(classes.code)
    y_class, y_coach, most = _stays(classes)
    z_weight, z_coach = _passes(classes, weight[x_class], x_type)
    x_column = np.arange(len(x_class))
    y_column = len(x_class) + np.arange(len(y_class))
    z_column = len(x_class) + len(y_class) + np.arange(len(z_weight))
    width = len(x_class) + len(y_class) + len(z_weight)
    placing, placed_class = np.append(x_column, y_column), np.append(x_class, y_class)
    taking, taker = np.append(y_column, z_column), np.append(y_coach, z_coach)
    taken = weights[np.append(weight[y_class], z_weight)]
    node = np.append(weight[x_class] * types + x_type, z_weight * types + type_of[z_coach])
    used, node = np.unique(node, return_inverse=True)
    sign = np.append(np.ones(len(x_class)), -np.ones(len(z_weight)))
    code = np.append(classes.code[x_class, x_type], classes.code[y_class, type_of[y_coach]])
    ones, nothing = np.ones(width), np.zeros(len(z_weight))
    return Network(
        classes=classes,
        to_type=(x_class, x_type),
        stays=(y_class, y_coach, most),
        to_coach=(z_weight, z_coach),
        of_class=_matrix(placed_class, placing, ones[placing], (groups, width)),
        passed_on=_matrix(node, np.append(x_column, z_column), sign, (len(used), width)),
        count=_matrix(taker, taking, ones[taking], (coaches, width)),
        load=_matrix(taker, taking, taken, (coaches, width)),
        placed=np.append(ones[placing], nothing),
        swedish=np.append((code - 1) % 2, nothing),
        kept=np.concatenate([np.zeros(len(x_class)), np.ones(len(y_class)), nothing]),
        points=np.append((code - 1) // 2, nothing),
    )


def _stays(classes: Classes) -> tuple[Ints, Ints, Ints]:
    coaches = len(classes.type_of)
    had = classes.own != NOBODY
    pair, most = np.unique((classes.group * coaches + classes.own)[had], return_counts=True)
    return pair // coaches, pair % coaches, most


def _passes(classes: Classes, weight: Ints, to_type: Ints) -> tuple[Ints, Ints]:
    """Return each weight and coach such that a client of the weight may reach the coach."""
    reached = np.zeros((len(classes.weights), classes.code.shape[1]), dtype=np.bool_)
    reached[weight, to_type] = True
    z_weight, z_coach = np.nonzero(reached[:, classes.type_of])
    order = np.lexsort((z_coach, classes.type_of[z_coach], z_weight))
    return z_weight[order], z_coach[order]


def _matrix(rows: Ints, columns: Ints, values: Floats, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array((values, (rows, columns)), shape=shape)


def clients_to_coaches(network: Network, amounts: Ints) -> Ints:
    """Return the coach of each client of the network.

    Args:
        network: The columns.
        amounts: Whole numbers, one a column, that keep every row of the network and place
            every client. Among alike clients the lower client number goes to the earlier
            column: first those who stay, then types in order, then coaches by id.
    """
    classes = network.classes
    x_end = len(network.to_type[0])
    y_end = x_end + len(network.stays[0])
    x, y, z = amounts[:x_end], amounts[x_end:y_end], amounts[y_end:]
    coach = np.full(len(classes.clients), NOBODY, dtype=np.int64)
    for of_class, stays_with, how_many in zip(*network.stays[:2], y, strict=True):
        if how_many:
            theirs = np.flatnonzero((classes.group == of_class) & (classes.own == stays_with))
            coach[theirs[:how_many]] = stays_with
    moving = np.flatnonzero(coach == NOBODY)
    moving = moving[np.argsort(classes.group[moving], kind="stable")]
    to_type = np.repeat(network.to_type[1], x)
    passed = np.lexsort((moving, to_type, classes.weight_of[moving]))
    coach[moving[passed]] = np.repeat(network.to_coach[1], z)
    return coach
