"""The derived types by name, built once: `Resource`, `Organisation` … and their connections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import repeat
from typing import Any, Optional

import strawberry

from api.graphql.fields import computed
from api.graphql.loaders import Reading
from api.graphql.types import TypeBuilder
from graph.catalogue.base import Page
from ontology.loading import load_model

_BUILDER = TypeBuilder({})
_BUILDER.extra = _BUILDER.declare(computed)
TYPES: dict[str, Any] = _BUILDER.build()
Resource: Any = TYPES["Resource"]
Topic: Any = TYPES["Topic"]


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


class _Listed:
    """One thing of a page, and where it stands there."""

    __slots__ = ("at", "node", "page")

    def __init__(self, node: Any, page: Page, at: int) -> None:
        self.node = node
        self.page = page
        self.at = at


class _List:
    """A page of things, and the request it answers; the things are fetched when they are asked for."""

    __slots__ = ("page", "reading")

    def __init__(self, reading: Reading, page: Page) -> None:
        self.reading = reading
        self.page = page


def _cursor(self: _Listed) -> str:
    """Where the list goes on behind this thing."""
    return self.page.cursor(self.at)


def _page_info(self: _List) -> PageInfo:
    """Where the page stands."""
    page = self.page
    return PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        cursors=page.cursor if page.ids else None,
    )


def _total(self: _List) -> int:
    """The length of the whole list."""
    return self.page.total


def _made(name: str, base: type, description: str, fields: Mapping[str, Any]) -> Any:
    """A type whose objects are made as those of `base`, which is cheaper than what Strawberry makes."""
    made = strawberry.type(type(name, (base,), dict(fields)), description=description)
    made.__init__ = base.__init__  # type: ignore[misc]
    return made


def _connection(name: str, node: Any) -> Any:
    """`XConnection` of one type, and the `XEdge` of its things."""
    cursor: Any = strawberry.field(resolver=_cursor, description=_cursor.__doc__)
    text = f"One {name} of a page, with its cursor."
    edge = _made(
        f"{name}Edge", _Listed, text, {"__annotations__": {"node": node}, "cursor": cursor}
    )

    def edges(self: _List) -> Any:
        things = self.reading.things_of(self.page.ids)
        return list(map(edge, things, repeat(self.page), range(len(things))))

    edges.__annotations__ = {"return": list[edge]}
    fields = {"edges": edges, "page_info": _page_info, "total_count": _total}
    return _made(
        f"{name}Connection",
        _List,
        f"A page of {load_model().cls(name).plural.en}.",
        {field: strawberry.field(resolver=resolver) for field, resolver in fields.items()},
    )


CONNECTIONS: dict[str, Any] = {
    cls.name: _connection(cls.name, TYPES[cls.name]) for cls in load_model().kinds.values()
}
