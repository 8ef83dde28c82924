"""Runs a GraphQL document on one data version."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.graphql.derived import make
from api.graphql.limits import MAX_CHARACTERS, told
from api.graphql.loaders import Reading
from api.graphql.schema import schema
from api.snapshot import today
from api.wiring import Installation


def reading(installation: Installation, day: date | None = None) -> Reading:
    """A fresh request on the data version in use."""
    made = Reading(
        snapshot=installation.snapshot,
        base=installation.base,
        today=day or today(),
        build=make,
        contact=installation.settings.contact,
    )
    made.extra["sources"] = installation.source_reports
    return made


def execute(
    installation: Installation,
    document: str,
    variables: dict[str, Any] | None = None,
    operation: str | None = None,
) -> dict[str, Any]:
    """The answer as plain data: `data`, and `errors` with `extensions.code`."""
    if len(document) > MAX_CHARACTERS:
        message = f"The query is {len(document)} characters long; the limit is {MAX_CHARACTERS}."
        return {
            "data": None,
            "errors": [{"message": message, "extensions": {"code": "QUERY_TOO_LONG"}}],
        }
    result = schema.execute_sync(
        document,
        variable_values=variables,
        context_value=reading(installation),
        operation_name=operation,
    )
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [told(one).formatted for one in result.errors]
    return answer
