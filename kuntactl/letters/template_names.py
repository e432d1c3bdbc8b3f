"""The names that a template uses, found without filling it in."""

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from kuntactl.letters.fields import Choices, Fields, Part

# What a template is handed: base.html its parts; the others what base.html has set, too.
_GIVEN: Mapping[str, Any] = {
    "parts": tuple[Part, ...],
    "part": Part,
    "c": Choices,
    "f": Fields,
}
_SET = ("store", "param")  # as Jinja tells what is set from what is read
_SET_BY_BASE = frozenset({"page", "label", "labels", "first"})


@dataclass(frozen=True, slots=True, order=True)
class Used:
    """A name in a template."""

    file: str
    line: int
    name: str  # c.office.phone, f.reference
    is_declared: bool


@dataclass(frozen=True, slots=True)
class Slip:
    """What Jinja cannot read."""

    file: str
    line: int
    message: str


def names_of(template: str, jinja: Environment) -> tuple[tuple[Used, ...], tuple[Slip, ...]]:
    """Return the names that a template and those it includes use, and what cannot be read.

    Args:
        template: Its name, as ``transfer.fi.html``.
        jinja: The environment that it will be filled in with; it knows where templates are,
            and the filters.

    Raises:
        TemplateNotFound: If the template, or one that it includes by name, is not there.
    """
    trees, slips = _trees(template, jinja)
    known = {*_GIVEN, *_SET_BY_BASE, *jinja.globals}
    for tree in trees.values():
        known |= {node.name for node in tree.find_all(nodes.Name) if node.ctx in _SET}
        known |= set(_optional(tree))
    used: set[Used] = set()
    for file, tree in trees.items():
        used.update(_Reader(file, tree).used())
        used.update(
            Used(file, node.lineno, node.name, is_declared=False)
            for name in meta.find_undeclared_variables(tree) - known
            for node in tree.find_all(nodes.Name)
            if node.name == name
        )
    return tuple(sorted(used)), slips


def _optional(tree: nodes.Template) -> Iterator[str]:
    """Yield the names of which a template says what holds where they are not set."""
    for node in tree.find_all(nodes.Filter):
        if node.name in {"default", "d"} and isinstance(node.node, nodes.Name):
            yield node.node.name
    for test in tree.find_all(nodes.Test):
        if test.name in {"defined", "undefined"} and isinstance(test.node, nodes.Name):
            yield test.node.name


def _trees(
    template: str, jinja: Environment
) -> tuple[dict[str, nodes.Template], tuple[Slip, ...]]:
    """Return the trees of a template and of those it includes, by name."""
    trees: dict[str, nodes.Template] = {}
    slips, waiting = [], [template]
    while waiting:
        file = waiting.pop()
        source = jinja.loader.get_source(jinja, file)[0] if jinja.loader else ""
        try:
            tree = jinja.parse(source)
            jinja.compile(source)  # filters and tests that are not there show only here
        except TemplateSyntaxError as error:
            slips.append(Slip(file, error.lineno, error.message or ""))
            continue
        trees[file] = tree
        waiting += [
            included
            for included in meta.find_referenced_templates(tree)
            if included and included not in trees and included not in waiting
        ]
    return trees, tuple(slips)


class _Reader:
    """Follows records through a template: what `hours` is after `for hours in c.office.hours`."""

    def __init__(self, file: str, tree: nodes.Template) -> None:
        self._file, self._tree = file, tree
        self._kinds: dict[str, Any] = dict(_GIVEN)
        for loop in tree.find_all(nodes.For):
            if isinstance(loop.target, nodes.Name):
                self._kinds.setdefault(loop.target.name, _item(self._kind(loop.iter)))
        for target, value in _named(tree):
            if isinstance(target, nodes.Name):
                self._kinds.setdefault(target.name, self._kind(value))

    def used(self) -> Iterator[Used]:
        """Yield every name taken from a record that we know."""
        places: list[nodes.Getattr | nodes.Getitem] = [
            *self._tree.find_all(nodes.Getattr),
            *self._tree.find_all(nodes.Getitem),
        ]
        for node in places:
            owner, name = self._kind(node.node), _attribute(node)
            if is_dataclass(owner) and name is not None:
                declared = {field.name for field in fields(owner)}
                yield Used(self._file, node.lineno, _path(node), is_declared=name in declared)

    def _kind(self, node: nodes.Node) -> Any:
        """Return the type of an expression; none: not known."""
        if isinstance(node, nodes.Name):
            return self._kinds.get(node.name)
        if not isinstance(node, nodes.Getattr | nodes.Getitem):
            return None
        owner, name = self._kind(node.node), _attribute(node)
        if is_dataclass(owner) and name is not None:
            return _given(typing.get_type_hints(owner).get(name))
        return _item(owner)


def _attribute(node: nodes.Node) -> str | None:
    """Return the name after the dot, or in the brackets; none: a number, or not constant."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    argument = node.arg if isinstance(node, nodes.Getitem) else None
    is_text = isinstance(argument, nodes.Const) and isinstance(argument.value, str)
    return argument.value if is_text and isinstance(argument, nodes.Const) else None


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        name = _attribute(node)
        return f"{_path(node.node)}.{name}" if name else f"{_path(node.node)}[]"
    return "()"


def _named(tree: nodes.Template) -> Iterator[tuple[nodes.Node, nodes.Node]]:
    """Yield each name that a template sets, with what it is set to."""
    for change in tree.find_all(nodes.Assign):
        yield change.target, change.node
    for block in tree.find_all(nodes.With):
        yield from zip(block.targets, block.values, strict=True)


def _given(kind: Any) -> Any:
    """Return the type of a value that is there: that of X | None is X."""
    if isinstance(kind, UnionType) or typing.get_origin(kind) is typing.Union:
        kinds = [one for one in typing.get_args(kind) if one is not NoneType]
        return kinds[0] if len(kinds) == 1 else None
    return kind


def _item(kind: Any) -> Any:
    """Return the type of what stands in a tuple; none: it is no tuple."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None
