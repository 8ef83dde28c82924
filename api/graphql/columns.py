"""What plans are made of: functions that give a field of many objects at once, or complete its values."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLString,
    get_argument_values,
)

if TYPE_CHECKING:
    from api.graphql.loaders import Reading

Column = Callable[[list[Any], "Run"], list[Any]]
"""Gives a field of some objects, or completes some values, in their order, in one request."""

Fields = list[tuple[str, Column]]
"""A selection: by the name in the answer, what gives it."""


class Run:
    """One request: what resolvers see of it, and the arguments worked out so far."""

    __slots__ = ("_known", "answer", "info", "variables")

    def __init__(self, context: Reading, variables: Any) -> None:
        self.answer = context.budget.answer
        self.info = SimpleNamespace(context=context)
        self.variables = variables
        self._known: dict[object, dict[str, Any]] = {}

    def arguments(self, slot: object, field: GraphQLField, node: Any) -> dict[str, Any]:
        """The arguments of one field of the document, the same for all its objects."""
        found = self._known.get(slot)
        if found is None:
            found = self._known[slot] = get_argument_values(field, node, self.variables)
        return found


def rows(fields: Fields) -> Column:
    """The answers of some objects: each field of all of them, then each of them with all fields."""
    if len(fields) == 1:
        [(only, single)] = fields
        return lambda sources, run: [{only: value} for value in single(sources, run)]

    def column(sources: list[Any], run: Run) -> list[Any]:
        made: list[dict[str, Any]] = [{} for _ in sources]
        for name, column in fields:
            for row, value in zip(made, column(sources, run), strict=True):
                row[name] = value
        return made

    return column


def known(objects: Column) -> Column:
    """Objects of which some may be null."""

    def column(values: list[Any], run: Run) -> list[Any]:
        if _NOTHING not in _classes(values):
            return objects(values, run) if values else values
        there = [value for value in values if value is not None]
        if not there:
            return values
        following = iter(objects(there, run))
        return [None if value is None else next(following) for value in values]

    return column


def lists(complete: Column) -> Column:
    """Lists, of which some may be null: their items are completed as one long list."""

    def column(values: list[Any], run: Run) -> list[Any]:
        if len(values) == 1 and values[0] is not None:
            return [complete(list(values[0]), run)]
        whole: list[Any] = []
        ends = []
        for value in values:
            if value is not None:
                whole += value
            ends.append(len(whole))
        made = complete(whole, run) if whole else whole
        starts = [0, *ends]
        return [
            None if value is None else made[start:end]
            for value, start, end in zip(values, starts, ends, strict=False)
        ]

    return column


def required(complete: Column) -> Column:
    """Values of which none may be null: TypeError for one that is."""

    def column(values: list[Any], run: Run) -> list[Any]:
        if _NOTHING in _classes(values):
            raise TypeError("Cannot return null for non-nullable field.")
        return complete(values, run)

    return column


def objects_of(class_: type, below: Callable[[], Column]) -> Column:
    """Objects of one class, TypeError for any other; what is asked of them is planned when the first is met."""
    planned: Column | None = None

    def column(values: list[Any], run: Run) -> list[Any]:
        nonlocal planned
        if not all(issubclass(one, class_) for one in _classes(values)):
            raise TypeError(f"Expected values of {class_.__name__}.")
        if planned is None:
            planned = below()
        return planned(values, run)

    return column


def leaves(type_: Any) -> Column:
    """Values as the answer writes them, counted."""
    write = _written(type_)

    def column(values: list[Any], run: Run) -> list[Any]:
        run.answer(len(values))
        return write(values)

    return column


def _written(type_: Any) -> Callable[[list[Any]], list[Any]]:
    write = type_.coerce_output_value
    same = _SAME.get(type_)
    if type_ in _TEXTS:
        # By far the most fields; nearly always all values stand as they are.
        return lambda values: (
            values
            if _TEXT.issuperset(map(type, values))
            else [value if type(value) in _TEXT else write(value) for value in values]
        )
    if same is None:
        return lambda values: [None if value is None else write(value) for value in values]
    return lambda values: [
        value if value is None or same(value) else write(value) for value in values
    ]


def _classes(values: list[Any]) -> set[type]:
    """The classes of some values; asking for them all at once is cheaper than asking each value."""
    return set(map(type, values))


_NOTHING = type(None)
_TEXT = frozenset({str, _NOTHING})
_TEXTS = (GraphQLString, GraphQLID)
_SAME: dict[Any, Callable[[Any], bool]] = {
    GraphQLBoolean: lambda value: type(value) is bool,
    GraphQLInt: lambda value: type(value) is int and -(2**31) <= value < 2**31,
    GraphQLFloat: lambda value: type(value) is float and math.isfinite(value),
}
"""By scalar, whether a value stands in the answer as it is."""
