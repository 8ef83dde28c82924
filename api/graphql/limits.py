"""What one query may ask: depth, size, number of root fields; each refusal has a stable code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
)
from strawberry.extensions import (
    AddValidationRules,
    MaxTokensLimiter,
    SchemaExtension,
)

from ontology.errors import ResurseError, Said

MAX_DEPTH = 20
"""Levels of fields inside one another; introspection is measured apart."""

MAX_INTROSPECTION_DEPTH = 25
MAX_ROOTS = 150
"""Root fields of one operation, aliases counted."""

MAX_TOKENS = 20_000
MAX_CHARACTERS = 200_000

FAULT = Said(
    "O greșeală a programului a oprit această cerere; a fost notată.",
    "A fault of the program stopped this request; it has been noted.",
)
INTERNAL = {"code": "INTERNAL", "message_ro": FAULT.ro, "message_en": FAULT.en}


def refused(code: str, message: str) -> GraphQLError:
    """An error with a stable code."""
    return GraphQLError(message, extensions={"code": code})


class Measure(ValidationRule):
    """Refuses a document that is too deep or asks for too many things at the root.

    Every fragment is measured once, so that fragments that spread each other many times cost no
    more than their text.
    """

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self._fragments = {
            one.name.value: one
            for one in context.document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }
        self._depths: dict[str, int] = {}
        self._roots: dict[str, int] = {}

    def enter_operation_definition(self, node: OperationDefinitionNode, *_args: Any) -> None:
        """Measures one operation."""
        roots = self._count(node.selection_set)
        if roots > MAX_ROOTS:
            self.report_error(
                refused(
                    "TOO_MANY_ROOT_FIELDS",
                    f"The query has {roots} root fields; the limit is {MAX_ROOTS}.",
                )
            )
        introspective = any(
            isinstance(one, FieldNode) and one.name.value.startswith("__")
            for one in node.selection_set.selections
        )
        limit = MAX_INTROSPECTION_DEPTH if introspective else MAX_DEPTH
        depth = self._depth(node.selection_set, frozenset())
        if depth > limit:
            self.report_error(
                refused(
                    "QUERY_TOO_DEEP", f"The query is {depth} levels deep; the limit is {limit}."
                )
            )

    def _depth(self, chosen: SelectionSetNode | None, within: frozenset[str]) -> int:
        if chosen is None:
            return 0
        deepest = 0
        for one in chosen.selections:
            if isinstance(one, FieldNode):
                below = 1 + self._depth(one.selection_set, within)
            elif isinstance(one, InlineFragmentNode):
                below = self._depth(one.selection_set, within)
            else:
                below = self._fragment_depth(one, within)
            deepest = max(deepest, below)
            if deepest > MAX_INTROSPECTION_DEPTH + 1:
                break
        return deepest

    def _fragment_depth(self, spread: Any, within: frozenset[str]) -> int:
        assert isinstance(spread, FragmentSpreadNode)
        name = spread.name.value
        if name in within or name not in self._fragments:
            return 0  # a circle or an unknown fragment: other rules say so
        if name not in self._depths:
            self._depths[name] = self._depth(self._fragments[name].selection_set, within | {name})
        return self._depths[name]

    def _count(self, chosen: SelectionSetNode, within: frozenset[str] = frozenset()) -> int:
        return sum(self._counts(chosen, within))

    def _counts(self, chosen: SelectionSetNode, within: frozenset[str]) -> Iterator[int]:
        for one in chosen.selections:
            if isinstance(one, FieldNode):
                yield 1
            elif isinstance(one, InlineFragmentNode):
                yield self._count(one.selection_set, within)
            elif isinstance(one, FragmentSpreadNode) and one.name.value not in within:
                name = one.name.value
                if name in self._fragments and name not in self._roots:
                    self._roots[name] = self._count(
                        self._fragments[name].selection_set, within | {name}
                    )
                yield self._roots.get(name, 0)


def told(error: GraphQLError, otherwise: str | None = None) -> GraphQLError:
    """The error with `extensions.code`; `otherwise` where nothing says a better one."""
    cause = error.original_error
    if isinstance(cause, ResurseError):
        extensions = {
            "code": cause.code,
            "message_ro": cause.message("ro"),
            "message_en": cause.message("en"),
        }
        return GraphQLError(
            cause.message("en"),
            error.nodes,
            path=error.path,
            original_error=cause,
            extensions=extensions,
        )
    if "code" in (error.extensions or {}):
        return error
    if "Token limit" in error.message or "tokens" in error.message:
        return GraphQLError(
            f"The query is longer than {MAX_TOKENS} tokens.", extensions={"code": "QUERY_TOO_LONG"}
        )
    if otherwise is None and cause is not None and not isinstance(cause, GraphQLError):
        # A fault of ours; its details are in the log and nobody else's matter.
        return GraphQLError(
            FAULT.en, error.nodes, path=error.path, original_error=cause, extensions=INTERNAL
        )
    error.extensions = {**(error.extensions or {}), "code": otherwise or "BAD_QUERY"}
    return error


class Counted(SchemaExtension):
    """Counts what the general executor answers, as plans do themselves."""

    def resolve(
        self, _next: Callable[..., Any], root: Any, info: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """The value of one field."""
        info.context.budget.answer(1)
        return _next(root, info, *args, **kwargs)


EXTENSIONS: tuple[Any, ...] = (
    lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
    lambda: AddValidationRules([Measure]),
    Counted,
)
