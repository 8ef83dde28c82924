"""The derived types by name, built once: `Resource`, `Organisation` … and their connections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

import strawberry

from api.graphql.fields import computed
from api.graphql.types import TypeBuilder
from graph.catalogue.base import Page
from ontology.loading import load_model

_BUILDER = TypeBuilder({})
_BUILDER.extra = _BUILDER.declare(computed)
TYPES: dict[str, Any] = _BUILDER.build()
Resource: Any = TYPES["Resource"]
Topic: Any = TYPES["Topic"]
make = _BUILDER.make


@strawberry.type(description="Where a page of a list stands.")
class PageInfo:
    """Relay's page info; cursors are made only when asked for."""

    has_next_page: bool
    has_previous_page: bool
    cursors: strawberry.Private[Callable[[int], str] | None]

    @strawberry.field(description="The cursor of the first thing; null on an empty page.")
    def start_cursor(self) -> Optional[str]:  # noqa: UP045
        """Of the first."""
        return self.cursors(0) if self.cursors else None

    @strawberry.field(description="The cursor of the last thing; null on an empty page.")
    def end_cursor(self) -> Optional[str]:  # noqa: UP045
        """Of the last."""
        return self.cursors(-1) if self.cursors else None


def _cursor(self: Any) -> Any:
    """Where the list goes on behind this thing."""
    return self.page.cursor(self.at)


_cursor.__annotations__ = {"return": str}


def _connection(name: str, node: Any) -> Any:
    """`XConnection` and `XEdge` of one type."""
    within = {"page": strawberry.Private[Page], "at": strawberry.Private[int]}
    cursor: Any = strawberry.field(resolver=_cursor, name="cursor", description=_cursor.__doc__)
    edge = type(
        f"{name}Edge",
        (),
        {
            "__annotations__": {"node": node, **within},
            "__doc__": f"One {name} of a page.",
            "cursor": cursor,
        },
    )
    edge = strawberry.type(edge, description=f"One {name} of a page, with its cursor.")
    annotations = {"edges": list[edge], "page_info": PageInfo, "total_count": int}  # type: ignore[valid-type]
    made = type(
        f"{name}Connection", (), {"__annotations__": annotations, "__doc__": f"A page of {name}."}
    )
    return edge, strawberry.type(made, description=f"A page of {load_model().cls(name).plural.en}.")


CONNECTIONS: dict[str, tuple[Any, Any]] = {
    cls.name: _connection(cls.name, TYPES[cls.name]) for cls in load_model().kinds.values()
}
