"""Runs the fields that need no more than their object without the general machinery around them.

A page of fifty things has hundreds of fields that read one value. The general executor makes an info
object, converts the arguments and looks for coroutines for each of them; all of that is the same for
every object of a list. Here it is worked out once per field of the query and then reused. Fields that
ask for `info`, have other arguments than `lang` and `first`, or give abstract types take the general
way, and so does everything that goes wrong: errors look the same on both.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from graphql import (
    GraphQLObjectType,
    get_argument_values,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

_ARGUMENTS = frozenset({"self", "lang", "first"})


@dataclass(slots=True)
class _Ask:
    """One field of the query on one type: how to read it, and what its answer is made of."""

    read: Callable[..., Any]
    arguments: dict[str, Any]
    type: Any
    leaf: Callable[[Any], Any] | None
    object: Any
    made_by: type
    many: bool
    required: bool


class QuickExecutor(StrawberryGraphQLCoreExecutionContext):
    """The executor of Strawberry with a short way for plain fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asks: dict[tuple[str, int], tuple[Any, _Ask | None]] = {}

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: Any,
        position_context: Any,
    ) -> Any:
        """The fields of one object, in order. Raises what a field that may not be null raises."""
        results: dict[str, Any] = {}
        for name, details in grouped_field_set.items():
            held = self._asks.get((parent_type.name, id(details)))
            if held is None:
                # The list is kept beside what was worked out, so that its id stays its own.
                held = (details, self._ask(parent_type, details))
                self._asks[parent_type.name, id(details)] = held
            ask = held[1]
            if ask is None:
                only = {name: details}
                found: Any = super().execute_fields(
                    parent_type, source_value, path, only, position_context
                )
                results.update(found)
                continue
            try:
                results[name] = self._value(
                    ask, source_value, details, path, name, parent_type, position_context
                )
            except Exception as error:
                self.handle_field_error(
                    error, ask.type, details, Path(path, name, parent_type.name)
                )
                results[name] = None
        return results

    def _value(
        self,
        ask: _Ask,
        source: Any,
        details: Any,
        path: Path | None,
        name: str,
        parent: GraphQLObjectType,
        position: Any,
    ) -> Any:
        value = ask.read(source, **ask.arguments) if ask.arguments else ask.read(source)
        if value is None:
            if ask.required:
                raise TypeError(f"Cannot return null for non-nullable field {parent.name}.{name}.")
            return None
        if ask.leaf is not None:
            return [ask.leaf(one) for one in value] if ask.many else ask.leaf(value)
        here = Path(path, name, parent.name)
        if not ask.many:
            return self._object(ask, value, details, here, position)
        return [
            self._object(ask, one, details, Path(here, at, None), position)
            for at, one in enumerate(value)
        ]

    def _object(self, ask: _Ask, value: Any, details: Any, path: Path, position: Any) -> Any:
        if not isinstance(value, ask.made_by):
            raise TypeError(f"Expected value of type '{ask.object}' but got: {value!r}.")
        return self.collect_and_execute_subfields(ask.object, details, path, value, position)

    def _ask(self, parent: GraphQLObjectType, details: Any) -> _Ask | None:
        """What is needed for a field; None where the general way must be taken."""
        node = details[0].node
        field = self.schema.get_field(parent, node.name.value)
        read = _reader(parent, node.name.value) if field is not None else None
        if field is None or read is None:
            return None
        inner: Any = field.type
        required = False
        if is_non_null_type(inner):
            inner = inner.of_type
            required = True
        many = is_list_type(inner)
        if many:
            inner = inner.of_type
            if not is_non_null_type(inner):
                return None
            inner = inner.of_type
        if is_leaf_type(inner):
            leaf, made, origin = inner.coerce_output_value, None, object
        elif is_object_type(inner):
            definition = inner.extensions.get("strawberry-definition")
            if definition is None:
                return None
            leaf, made, origin = None, inner, definition.origin
        else:
            return None
        arguments = (
            get_argument_values(
                field, node, self.variable_values, details[0].fragment_variable_values
            )
            if field.args
            else {}
        )
        return _Ask(read, arguments, field.type, leaf, made, origin, many, required)


_READERS: dict[tuple[int, str], Callable[..., Any] | None] = {}


def _reader(parent: GraphQLObjectType, name: str) -> Callable[..., Any] | None:
    """The function that gives a plain field of an object, found once per type and field."""
    key = (id(parent), name)
    if key not in _READERS:
        _READERS[key] = _find_reader(parent, name)
    return _READERS[key]


def _find_reader(parent: GraphQLObjectType, name: str) -> Callable[..., Any] | None:
    definition = parent.extensions.get("strawberry-definition")
    if definition is None or name.startswith("__") or parent.name == "Query":
        return None
    field = parent.fields[name].extensions.get("strawberry-definition")
    if field is None or field.extensions or field.permission_classes:
        return None
    if field.base_resolver is None:
        return attrgetter(field.python_name)
    function: Callable[..., Any] = field.base_resolver.wrapped_func
    plain = set(inspect.signature(function).parameters) <= _ARGUMENTS
    return function if plain and not inspect.iscoroutinefunction(function) else None
