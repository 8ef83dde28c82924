"""A checked document becomes plain Python once: one function per field, reused for every request.

The general executor asks for each of a page's hundreds of fields anew what it is, what arguments it
has, whether it may be null. None of that changes between objects or requests, so it is worked out
here, and what is left runs column by column: a field is read of all objects of a list at once, what
they point at is one longer list, and the rows are put together at the end. Arguments that hold a
variable are worked out once per request. A selection is planned when the first object for it is met,
so that fragments that multiply cost nothing while there is no data. What only the general executor
can do (introspection) is not planned, and whatever goes wrong while a plan runs is told by the
general executor, which is asked again: so answers and errors are the same on both ways.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    get_argument_values,
    get_named_type,
    is_input_object_type,
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

from api.graphql.columns import (
    Column,
    Fields,
    Run,
    known,
    leaves,
    lists,
    objects_of,
    required,
    rows,
)

MAX_FIELDS = 5_000
"""Fields of one plan; a document that grows beyond them goes the general way."""

_PLAIN_ARGUMENTS = frozenset({"self", "lang", "first"})


class UnplannedError(Exception):
    """Something that only the general executor can do."""


@dataclass
class Planner:
    """Makes the plan of one operation; `variables` decide its @include and @skip."""

    schema: GraphQLSchema
    fragments: dict[str, FragmentDetails]
    operation: OperationDefinitionNode
    variables: Any
    fields: int = 0

    def plan(self) -> Column:
        """The function that answers the operation. Raises UnplannedError."""
        query = self.schema.query_type
        if query is None or self.operation.operation.value != "query":
            raise UnplannedError
        found = collect_fields(self.schema, self.fragments, self.variables, query, self.operation)
        return rows(self._select(query, found.grouped_field_set))

    def _select(self, parent: GraphQLObjectType, grouped: Mapping[str, Any]) -> Fields:
        self.fields += len(grouped)
        if self.fields > MAX_FIELDS:
            raise UnplannedError
        return [(name, self._field(parent, details)) for name, details in grouped.items()]

    def _field(self, parent: GraphQLObjectType, details: Any) -> Column:
        node = details[0].node
        name = node.name.value
        if name == "__typename":
            return lambda sources, _run: [parent.name] * len(sources)
        field = self.schema.get_field(parent, name)
        if field is None or name.startswith("__") or details[0].fragment_variable_values:
            raise UnplannedError
        complete = self._complete(field.type, details)
        read = _reader(parent, name)
        if read is None:
            return self._by_resolver(field, node, complete)
        if not _has_variable(node):
            always = get_argument_values(field, node, self.variables) if field.args else {}
            return lambda sources, run: complete(read(sources, **always), run)
        slot = object()
        return lambda sources, run: complete(
            read(sources, **run.arguments(slot, field, node)), run
        )  # fmt: skip

    def _by_resolver(self, field: GraphQLField, node: Any, complete: Column) -> Column:
        """A field that asks for the request, or has arguments of its own: its resolver is called."""
        resolve = _plain_resolver(field, node) or field.resolve
        if resolve is None:
            raise UnplannedError
        slot = object()
        always = None if _has_variable(node) else get_argument_values(field, node, self.variables)

        def asked(sources: list[Any], run: Run) -> list[Any]:
            given = run.arguments(slot, field, node) if always is None else always
            return complete([resolve(one, run.info, **given) for one in sources], run)

        return asked

    def _complete(self, type_: Any, details: Any) -> Column:
        """What makes answers of values of some type."""
        if is_non_null_type(type_):
            return required(self._complete(type_.of_type, details))
        if is_list_type(type_):
            return lists(self._complete(type_.of_type, details))
        if is_leaf_type(type_):
            return leaves(type_)
        if is_object_type(type_):
            return known(objects_of(_origin(type_), lambda: self._below(type_, details)))
        return known(self._abstract(type_, details))

    def _abstract(self, type_: Any, details: Any) -> Column:
        """Interfaces: planned for each class of objects that is really met."""
        classes = {_origin(one): one for one in self.schema.get_possible_types(type_)}
        met: dict[type, Column] = {}

        def objects(values: list[Any], run: Run) -> list[Any]:
            parts: dict[type, list[Any]] = {}
            for value in values:
                parts.setdefault(type(value), []).append(value)
            made = {}
            for class_, part in parts.items():
                if class_ not in met:
                    met[class_] = self._below(classes[class_], details)
                made[class_] = iter(met[class_](part, run))
            return [next(made[type(value)]) for value in values]

        return objects

    def _below(self, type_: GraphQLObjectType, details: Any) -> Column:
        """The selection of a field on one type of objects."""
        found = collect_subfields(
            self.schema, self.fragments, self.variables, self.operation, type_, details
        )
        return rows(self._select(type_, found.grouped_field_set))


def _origin(type_: GraphQLObjectType) -> type:
    definition = type_.extensions.get("strawberry-definition")
    if definition is None:
        raise UnplannedError
    origin: type = definition.origin
    return origin


def _reader(parent: GraphQLObjectType, name: str) -> Callable[..., list[Any]] | None:
    """The function that gives a field of many objects, if it needs only them, `lang` and `first`.

    A resolver may offer one itself, as `of_all`; otherwise it is called for each object.
    """
    field = parent.fields[name].extensions.get("strawberry-definition")
    if field is None or field.extensions or field.permission_classes or parent.name == "Query":
        return None
    if field.base_resolver is None:
        attribute = attrgetter(field.python_name)
        return lambda sources: list(map(attribute, sources))
    function: Callable[..., Any] = field.base_resolver.wrapped_func
    if set(inspect.signature(function).parameters) - _PLAIN_ARGUMENTS:
        return None
    of_all: Callable[..., list[Any]] | None = getattr(function, "of_all", None)
    return of_all or (lambda sources, **given: [function(one, **given) for one in sources])


def _plain_resolver(field: GraphQLField, node: Any) -> Callable[..., Any] | None:
    """The function behind a field, if the arguments given need no more than GraphQL's own reading of them.

    Strawberry makes input objects of mappings, and gives arguments their names in Python; where there
    is neither, it changes nothing at a cost.
    """
    held = field.extensions.get("strawberry-definition")
    if held is None or held.extensions or held.permission_classes or held.base_resolver is None:
        return None
    asked = [field.args[one.name.value] for one in node.arguments or ()]
    function: Callable[..., Any] = held.base_resolver.wrapped_func
    takes = inspect.signature(function).parameters
    if set(takes) - {"self"} != {"info", *field.args} or any(
        is_input_object_type(get_named_type(one.type)) for one in asked
    ):
        return None
    if "self" not in takes:
        return lambda _source, info, **given: function(info=info, **given)
    return lambda source, info, **given: function(source, info=info, **given)


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
