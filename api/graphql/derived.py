"""The derived types by name, built once: `Resource`, `Organisation` … and their connections."""

from __future__ import annotations

from typing import Any, Optional

import strawberry

from api.graphql.fields import computed
from api.graphql.types import TypeBuilder
from ontology.model import load_model

_BUILDER = TypeBuilder({})
_BUILDER.extra = _BUILDER.declare(computed)
TYPES: dict[str, Any] = _BUILDER.build()
Resource: Any = TYPES["Resource"]
Topic: Any = TYPES["Topic"]
make = _BUILDER.make


@strawberry.type(description="Where a page of a list stands.")
class PageInfo:
    """Relay's page info."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: Optional[str]  # noqa: UP045
    end_cursor: Optional[str]  # noqa: UP045


def _connection(name: str, node: Any) -> Any:
    """`XConnection` and `XEdge` of one type."""
    edge = type(
        f"{name}Edge",
        (),
        {"__annotations__": {"node": node, "cursor": str}, "__doc__": f"One {name} of a page."},
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
