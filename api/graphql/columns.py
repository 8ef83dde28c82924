"""What plans are made of: functions that give a field of many objects at once, or complete its values."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import islice
from types import SimpleNamespace
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLString,
    get_argument_values,
)

Column = Callable[[list[Any], "Run"], list[Any]]
"""Gives a field of some objects, or completes some values, in their order, in one request."""

Fields = list[tuple[str, Column]]
"""A selection: by the name in the answer, what gives it."""


class Run:
    """One request: what resolvers see of it, and the arguments worked out so far."""

    __slots__ = ("_known", "info", "variables")

    def __init__(self, context: Any, variables: Any) -> None:
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
        there = [value for value in values if value is not None]
        if not there:
            return [None] * len(values)
        made = objects(there, run)
        if len(there) == len(values):
            return made
        following = iter(made)
        return [None if value is None else next(following) for value in values]

    return column


def lists(complete: Column) -> Column:
    """Lists, of which some may be null: their items are completed as one long list."""

    def column(values: list[Any], run: Run) -> list[Any]:
        whole = [item for value in values if value is not None for item in value]
        following = iter(complete(whole, run))
        return [None if value is None else list(islice(following, len(value))) for value in values]

    return column


def required(complete: Column) -> Column:
    """Values of which none may be null: TypeError for one that is."""

    def column(values: list[Any], run: Run) -> list[Any]:
        for value in values:
            if value is None:
                raise TypeError("Cannot return null for non-nullable field.")
        return complete(values, run)

    return column


def leaves(type_: Any) -> Column:
    """Values as the answer writes them."""
    write = type_.coerce_output_value
    same = _SAME.get(type_)
    if type_ is GraphQLString or type_ is GraphQLID:
        # By far the most fields; the test is written out, since a call costs more than the test.
        return lambda values, _run: [
            value if value is None or type(value) is str else write(value) for value in values
        ]
    if same is None:
        return lambda values, _run: [None if value is None else write(value) for value in values]
    return lambda values, _run: [
        value if value is None or same(value) else write(value) for value in values
    ]


_SAME: dict[Any, Callable[[Any], bool]] = {
    GraphQLBoolean: lambda value: type(value) is bool,
    GraphQLInt: lambda value: type(value) is int and -(2**31) <= value < 2**31,
    GraphQLFloat: lambda value: type(value) is float and math.isfinite(value),
}
"""By scalar, whether a value stands in the answer as it is."""
