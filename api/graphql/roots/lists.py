"""The lists: one root for every kind of the ontology, as `organisations(filter, sort, first, after)`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

import strawberry
from strawberry.types import Info

from api.graphql.derived import CONNECTIONS
from api.graphql.inputs import ResourceFilter, to_filter
from api.graphql.nodes import checked
from api.graphql.roots.common import reading_of
from api.graphql.scalars import Sort
from ontology.loading import load_model

_ROOTS = {
    "Organisation": "organisations",
    "Project": "projects",
    "Programme": "programmes",
    "Call": "calls",
    "Grant": "grants",
    "WorkingGroup": "workingGroups",
    "Council": "councils",
    "Platform": "platforms",
    "LegalAct": "legalActs",
    "Place": "places",
    "Topic": "topics",
    "Strategy": "strategies",
    "Event": "events",
    "Plan": "plans",
    "Commitment": "commitments",
    "Action": "actions",
    "Target": "targets",
}


def _list_root(name: str, kind: str, connection: Any) -> Callable[..., Any]:
    """The resolver of one list, as `organisations(filter, sort, first, after)`."""

    def resolve(
        info: Info[Any, Any],
        filter: Any = None,
        sort: Any = None,
        first: int = 20,
        after: str | None = None,
    ) -> Any:
        reading = reading_of(info)
        checked(first)
        page = reading.catalogue.page(
            to_filter(reading, filter, kind),
            sort.value if sort is not None else "label",
            first,
            after,
            reading.today,
        )
        return connection(reading, page)

    resolve.__annotations__ = {
        "info": Info,
        "filter": ResourceFilter | None,
        "sort": Sort | None,
        "first": int,
        "after": Optional[str],  # noqa: UP045
        "return": connection,
    }
    resolve.__name__ = name
    return resolve


def with_lists(query: Any) -> Any:
    """Adds a list root for every kind of the ontology."""
    for cls in load_model().kinds.values():
        name = _ROOTS[cls.name]
        assert cls.kind is not None
        resolver = _list_root(name, cls.kind, CONNECTIONS[cls.name])
        field: Any = strawberry.field(
            resolver=resolver, name=name, description=f"A list of {cls.plural.en}."
        )
        setattr(query, name, field)
    return query
