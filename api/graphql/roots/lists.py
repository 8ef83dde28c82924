"""The lists: one root for every kind of the ontology, as `organisations(filter, sort, first, after)`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

import strawberry
from strawberry.types import Info

from api.graphql.derived import CONNECTIONS, PageInfo
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


def _list_root(name: str, kind: str, connection: Any, edge: Any) -> Callable[..., Any]:
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
        things = reading.things_of(page.ids)
        edges = [edge(node=thing, page=page, at=at) for at, thing in enumerate(things)]
        info_ = PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            cursors=page.cursor if page.ids else None,
        )
        return connection(edges=edges, page_info=info_, total_count=page.total)

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
        edge, connection = CONNECTIONS[cls.name]
        assert cls.kind is not None
        resolver = _list_root(name, cls.kind, connection, edge)
        field: Any = strawberry.field(
            resolver=resolver, name=name, description=f"A list of {cls.plural.en}."
        )
        setattr(query, name, field)
    return query
