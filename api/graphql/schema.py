"""The schema: the query roots over the derived types, with its limits."""

from __future__ import annotations

import strawberry
from graphql import GraphQLError, GraphQLSchema
from strawberry.types import ExecutionContext

from api.graphql.derived import TYPES
from api.graphql.limits import EXTENSIONS
from api.graphql.roots.finding import Finding
from api.graphql.roots.lists import with_lists
from api.graphql.roots.networks import Networks
from api.graphql.roots.things import Things
from api.graphql.scalars import DATE, Date
from ontology.errors import ResurseError


class _Schema(strawberry.Schema):
    """The schema; only faults of ours are logged, what a visitor asked wrongly is told to the visitor."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Logs what nobody foresaw."""
        ours = [
            one
            for one in errors
            if one.original_error is not None and not isinstance(one.original_error, ResurseError)
        ]
        super().process_errors(ours, execution_context)


def _build() -> strawberry.Schema:
    roots = type("Query", (Things, Finding, Networks), {})
    query = strawberry.type(with_lists(roots), description="Everything that can be asked.")
    return _Schema(
        query=query,
        types=[TYPES[name] for name in TYPES if name != "Resource"],
        extensions=list(EXTENSIONS),
        scalar_overrides={Date: DATE},
    )


schema = _build()
core: GraphQLSchema = schema._schema
"""The same as graphql-core knows it."""
