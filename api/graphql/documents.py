"""Documents that were asked before: parsed, checked against the limits and planned once."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    get_variable_values,
    parse,
    validate,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues

from api.graphql.columns import Column, Run
from api.graphql.limits import MAX_TOKENS, Measure
from api.graphql.plan import Planner, UnplannedError

KEPT = 128
"""Documents kept, and plans kept; the least used go first."""

MAX_KEPT_CHARACTERS = 10_000
"""A longer document is read anew each time, so that what is kept stays small."""


MAX_KEPT_FIELDS = 500
"""A larger plan is made anew each time, too: fragments make much of a short text."""


@dataclass(frozen=True)
class Document:
    """One text: what it was parsed to, or why it is refused."""

    text: str
    parsed: DocumentNode | None
    errors: tuple[GraphQLError, ...]

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation of a name, the only one without; None where that means none or several."""
        held = [
            one
            for one in (self.parsed.definitions if self.parsed else ())
            if isinstance(one, OperationDefinitionNode)
            and (name is None or (one.name is not None and one.name.value == name))
        ]
        return held[0] if len(held) == 1 else None

    def fragments(self) -> dict[str, FragmentDetails]:
        """The fragments by name."""
        return {
            one.name.value: FragmentDetails(one)
            for one in (self.parsed.definitions if self.parsed else ())
            if isinstance(one, FragmentDefinitionNode)
        }


class Documents:
    """The documents of a schema, kept in bounded memory. Safe to use from many threads."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self._documents: LRUCache[str, Document] = LRUCache(KEPT)
        self._plans: LRUCache[Any, tuple[Planner | None, Column | None]] = LRUCache(KEPT)
        self._lock = threading.Lock()

    def read(self, text: str) -> Document:
        """A document, parsed and checked."""
        with self._lock:
            found = self._documents.get(text)
        if found is None:
            found = self._check(text)
            if len(text) <= MAX_KEPT_CHARACTERS:
                with self._lock:
                    self._documents[text] = found
        return found

    def _check(self, text: str) -> Document:
        try:
            parsed = parse(text, max_tokens=MAX_TOKENS)
        except GraphQLError as error:
            return Document(text, None, (error,))
        # Its size first: some of the other rules take long over what is far too large.
        errors = validate(self.schema, parsed, [Measure]) or validate(self.schema, parsed)
        return Document(text, parsed, tuple(errors))

    def variables(
        self, operation: OperationDefinitionNode, given: dict[str, Any] | None
    ) -> VariableValues | list[GraphQLError]:
        """The variables of an operation with their defaults, or what is wrong with those given."""
        return get_variable_values(self.schema, operation.variable_definitions or (), given or {})

    def run(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        context: Any,
    ) -> dict[str, Any] | None:
        """The data that a checked document asks for; None where the general executor is to be asked."""
        switches = _switches(operation, variables.coerced)
        key = (document.text, operation.name and operation.name.value, switches)
        with self._lock:
            held = key in self._plans
            planner, plan = self._plans.get(key, (None, None))
        try:
            if not held:
                # A plan outlives the request: it holds on to no more of it than what decides its shape.
                shaping = VariableValues({}, dict(switches))
                planner = Planner(self.schema, document.fragments(), operation, shaping)
                plan = planner.plan()
            found = None if plan is None else plan([None], Run(context, variables))[0]
        except UnplannedError:
            planner = plan = found = None
        # A plan grows when it meets objects for the first time.
        small = planner is None or planner.fields <= MAX_KEPT_FIELDS
        if small != held and len(document.text) <= MAX_KEPT_CHARACTERS:
            with self._lock:
                if small:
                    self._plans[key] = (planner, plan)
                else:
                    self._plans.pop(key, None)
        return found


def _switches(operation: OperationDefinitionNode, values: dict[str, Any]) -> tuple[Any, ...]:
    """The values that @include and @skip may depend on: a plan holds for one set of them."""
    names = (one.variable.name.value for one in operation.variable_definitions or ())
    return tuple((name, values[name]) for name in names if isinstance(values.get(name), bool))
