"""A checked document becomes plain Python once: one function per selection, reused for every request.

The general executor asks for each of a page's hundreds of fields anew what it is, what arguments it
has, whether it may be null. None of that changes between objects or requests, so it is worked out
here, and what is left is reading a value and putting it into a dict. Arguments that hold a variable
are worked out once per request. A selection is planned when the first object for it is met, so that
fragments that multiply cost nothing while there is no data. What only the general executor can do
(introspection) is not planned, and whatever goes wrong while a plan runs is told by the general
executor, which is asked again: so answers and errors are the same on both ways.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    get_argument_values,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
    visit,
)
from graphql.execution.collect_fields import (
    FragmentDetails,
    collect_fields,
    collect_subfields,
)

Get = Callable[[Any, "Run"], Any]
"""Gives a field of an object, or completes a value, in one request."""

Fields = list[tuple[str, Get]]
"""A selection: by the name in the answer, what gives it."""

MAX_FIELDS = 2_000
"""Fields of one plan; a document that grows beyond them goes the general way."""

_PLAIN_ARGUMENTS = frozenset({"self", "lang", "first"})


class UnplannedError(Exception):
    """Something that only the general executor can do."""


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


@dataclass
class Planner:
    """Makes the plan of one operation; `variables` decide its @include and @skip."""

    schema: GraphQLSchema
    fragments: dict[str, FragmentDetails]
    operation: OperationDefinitionNode
    variables: Any
    fields: int = 0

    def plan(self) -> Get:
        """The function that answers the operation. Raises UnplannedError."""
        query = self.schema.query_type
        if query is None or self.operation.operation.value != "query":
            raise UnplannedError
        found = collect_fields(self.schema, self.fragments, self.variables, query, self.operation)
        roots = self._select(query, found.grouped_field_set)
        return lambda source, run: {name: get(source, run) for name, get in roots}

    def _select(self, parent: GraphQLObjectType, grouped: Mapping[str, Any]) -> Fields:
        self.fields += len(grouped)
        if self.fields > MAX_FIELDS:
            raise UnplannedError
        return [(name, self._field(parent, details)) for name, details in grouped.items()]

    def _field(self, parent: GraphQLObjectType, details: Any) -> Get:
        node = details[0].node
        name = node.name.value
        if name == "__typename":
            return lambda _source, _run: parent.name
        field = self.schema.get_field(parent, name)
        if field is None or name.startswith("__") or details[0].fragment_variable_values:
            raise UnplannedError
        complete = self._complete(field.type, details)
        read = _reader(parent, name)
        if read is None:
            return self._by_resolver(field, node, complete)
        if _has_variable(node):
            slot = object()
            return lambda source, run: complete(
                read(source, **run.arguments(slot, field, node)), run
            )  # fmt: skip
        given = get_argument_values(field, node, self.variables) if field.args else {}
        return _fused(_with(read, given), field.type, complete)

    def _by_resolver(self, field: GraphQLField, node: Any, complete: Get) -> Get:
        """A field that asks for the request, or has arguments of its own: its resolver is called."""
        resolve = field.resolve
        if resolve is None:
            raise UnplannedError
        slot = object()
        return lambda source, run: complete(
            resolve(source, run.info, **run.arguments(slot, field, node)), run
        )  # fmt: skip

    def _complete(self, type_: Any, details: Any) -> Get:
        """What makes an answer of a value of some type."""
        if is_non_null_type(type_):
            return _required(self._complete(type_.of_type, details))
        if is_list_type(type_):
            inner = type_.of_type
            if is_non_null_type(inner) and is_object_type(inner.of_type):
                return self._objects(inner.of_type, details)
            return _list(self._complete(inner, details))
        if is_leaf_type(type_):
            return _leaf(type_)
        if is_object_type(type_):
            return self._object(type_, details)
        return self._abstract(type_, details)

    def _object(self, type_: GraphQLObjectType, details: Any) -> Get:
        each = self._objects(type_, details)
        return lambda value, run: None if value is None else each((value,), run)[0]

    def _objects(self, type_: GraphQLObjectType, details: Any) -> Get:
        """A list of objects of one class, of which none may be null."""
        origin = _origin(type_)
        fields: Fields | None = None

        def each(values: Any, run: Run) -> Any:
            nonlocal fields
            if values is None:
                return None
            for value in values:
                if not isinstance(value, origin):
                    raise TypeError(f"Expected value of type '{type_}' but got: {value!r}.")
            if not values:
                return []
            if fields is None:
                fields = self._below(type_, details)
            return [{name: get(value, run) for name, get in fields} for value in values]

        return each

    def _abstract(self, type_: Any, details: Any) -> Get:
        """Interfaces: planned for each class of objects that is really met."""
        classes = {_origin(one): one for one in self.schema.get_possible_types(type_)}
        met: dict[type, Fields] = {}

        def one(value: Any, run: Run) -> Any:
            if value is None:
                return None
            made_by = type(value)
            fields = met.get(made_by)
            if fields is None:
                fields = met[made_by] = self._below(classes[made_by], details)
            return {name: get(value, run) for name, get in fields}

        return one

    def _below(self, type_: GraphQLObjectType, details: Any) -> Fields:
        """The selection of a field on one type of objects."""
        found = collect_subfields(
            self.schema, self.fragments, self.variables, self.operation, type_, details
        )
        return self._select(type_, found.grouped_field_set)


def _with(read: Callable[..., Any], given: dict[str, Any]) -> Callable[[Any], Any]:
    """A reader with its arguments; `direct` is the shorter one that a resolver may offer for them."""
    direct = getattr(read, "direct", None)
    if direct is not None:
        short: Callable[[Any], Any] = direct(**given)
        return short
    return partial(read, **given) if given else read


def _fused(read: Callable[[Any], Any], type_: Any, complete: Get) -> Get:
    """Reads and completes; texts, by far the most fields, with a call less."""
    inner = type_.of_type if is_non_null_type(type_) else type_
    if inner is not GraphQLString and inner is not GraphQLID:
        return lambda source, run: complete(read(source), run)

    def text(source: Any, run: Run) -> Any:
        value = read(source)
        return value if type(value) is str else complete(value, run)

    return text


def _required(complete: Get) -> Get:
    def required(value: Any, run: Run) -> Any:
        if value is None:
            raise TypeError("Cannot return null for non-nullable field.")
        return complete(value, run)

    return required


def _list(complete: Get) -> Get:
    def each(value: Any, run: Run) -> Any:
        return None if value is None else [complete(one, run) for one in value]

    return each


_SAME: dict[Any, Callable[[Any], bool]] = {
    GraphQLString: lambda value: type(value) is str,
    GraphQLID: lambda value: type(value) is str,
    GraphQLBoolean: lambda value: type(value) is bool,
    GraphQLInt: lambda value: type(value) is int and -(2**31) <= value < 2**31,
    GraphQLFloat: lambda value: type(value) is float and math.isfinite(value),
}
"""By scalar, whether a value stands in the answer as it is."""


def _leaf(type_: Any) -> Get:
    write = type_.coerce_output_value
    same = _SAME.get(type_)
    if same is None:
        return lambda value, _run: None if value is None else write(value)
    return lambda value, _run: value if value is None or same(value) else write(value)


def _origin(type_: GraphQLObjectType) -> type:
    definition = type_.extensions.get("strawberry-definition")
    if definition is None:
        raise UnplannedError
    origin: type = definition.origin
    return origin


def _reader(parent: GraphQLObjectType, name: str) -> Callable[..., Any] | None:
    """The function that gives a field which needs no more than its object, `lang` and `first`."""
    field = parent.fields[name].extensions.get("strawberry-definition")
    if field is None or field.extensions or field.permission_classes or parent.name == "Query":
        return None
    if field.base_resolver is None:
        return attrgetter(field.python_name)
    function: Callable[..., Any] = field.base_resolver.wrapped_func
    plain = set(inspect.signature(function).parameters) <= _PLAIN_ARGUMENTS
    return function if plain and not inspect.iscoroutinefunction(function) else None


class _Variables(Visitor):
    """Whether a field's arguments hold a variable."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def enter_variable(self, _node: VariableNode, *_args: Any) -> None:
        """Remembers it."""
        self.found = True


def _has_variable(node: Any) -> bool:
    seen = _Variables()
    for one in node.arguments or ():
        visit(one, seen)
    return seen.found
