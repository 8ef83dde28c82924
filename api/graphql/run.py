"""Runs a GraphQL document on one data version."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode
from graphql.execution.values import VariableValues

from api.graphql.budget import Spent
from api.graphql.derived import TYPES
from api.graphql.documents import Document, Documents
from api.graphql.limits import MAX_CHARACTERS, refused, told
from api.graphql.loaders import Reading
from api.graphql.schema import core, schema
from api.wiring import Installation
from graph.catalogue.calls import today

log = logging.getLogger(__name__)
DOCUMENTS = Documents(core)

MAX_ERRORS = 100
"""Errors told of one request: one mistake may stand in every thing of a list."""


def reading(installation: Installation, day: date | None = None) -> Reading:
    """A fresh request on the data version in use."""
    made = Reading(
        snapshot=installation.snapshot,
        base=installation.base,
        today=day or today(),
        types=TYPES,
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
        return _refusal([refused("QUERY_TOO_LONG", message)])
    read = DOCUMENTS.read(document)
    if read.errors:
        return _refusal(read.errors)
    asked = read.operation(operation)
    if asked is None:
        which = "no single operation" if operation is None else f"no operation '{operation}'"
        message = f"The document has {which}. Name one of its operations with operationName."
        return _refusal([refused("BAD_QUERY", message)])
    values = DOCUMENTS.variables(asked, variables)
    if isinstance(values, list):
        return _refusal(values)
    try:
        return _answer(installation, read, asked, values, (document, variables, operation))
    except Spent as over:
        return _refusal([GraphQLError(str(over.error), original_error=over.error)])


def _answer(
    installation: Installation,
    read: Document,
    asked: OperationDefinitionNode,
    values: VariableValues,
    given: tuple[str, dict[str, Any] | None, str | None],
) -> dict[str, Any]:
    """The answer of a plan, or of the general executor; Spent for one that costs too much."""
    here = reading(installation)
    try:
        found = DOCUMENTS.run(read, asked, values, here)
    except Exception:  # the general executor runs it again and tells which field failed, and why
        log.debug("a plan failed", exc_info=True)
        found = None
    if found is not None:
        return {"data": found}
    return general(*given, here.again())


def general(
    document: str, variables: dict[str, Any] | None, operation: str | None, here: Reading
) -> dict[str, Any]:
    """The answer of the general executor."""
    result = schema.execute_sync(
        document, variable_values=variables, context_value=here, operation_name=operation
    )
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [told(one).formatted for one in result.errors[:MAX_ERRORS]]
    return answer


def _refusal(errors: Iterable[GraphQLError]) -> dict[str, Any]:
    """Why a document is not run at all: always a matter of what was asked."""
    return {"data": None, "errors": [told(one, "BAD_QUERY").formatted for one in errors]}
