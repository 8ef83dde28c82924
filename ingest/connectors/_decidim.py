"""How a Decidim platform is asked: by GraphQL, only for what its version has, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ingest import failures
from ingest.answers import PageGuard
from ingest.connectors.queries import decidim as queries
from ingest.crawl import Crawling, fetcher
from ingest.nested import get, listed


class Api:
    """The API of one platform; `fields` holds by type what can be asked of it."""

    def __init__(self, context: Crawling, root: str, size: int) -> None:
        self._context = context
        self._url = f"{root}/api"
        self._size = size
        have = {name: self._have(name) for name in queries.WANTED}
        self.fields = {name: queries.selection(name, have) for name in queries.WANTED}

    def ask(self, query: str, variables: Mapping[str, Any] | None = None) -> Any:
        """The `data` of an answer."""
        payload = {"query": query, "variables": dict(variables or {})}
        answer = fetcher(self._context).post(self._url, payload)
        data = get(answer.json(), "data")
        if not isinstance(data, dict):
            raise failures.unexpected(answer.url, "data")
        return data

    def _have(self, name: str) -> set[str]:
        """The fields that this instance's type has; none, when it has no such type."""
        told = self.ask(queries.INTROSPECT, {"name": name})
        return {str(get(field, "name")) for field in listed(get(told, "__type", "fields"))}

    def nodes(self, query: str, component: str, connection: str) -> Iterator[Any]:
        """Every node of a component's connection, page by page (Relay)."""
        after, guard = None, PageGuard()
        while True:
            variables = {"id": component, "first": self._size, "after": after}
            payload = {"query": query, "variables": variables}
            answer = fetcher(self._context).post(self._url, payload)
            found = get(answer.json(), "data", "component", connection)
            if after is not None and not isinstance(found, dict):
                raise failures.unexpected(answer.url, f"data.component.{connection}")
            yield from filter(None, listed(get(found, "nodes")))
            if get(found, "pageInfo", "hasNextPage") is not True:
                return
            guard.check(answer, listed(get(found, "nodes")))
            after = get(found, "pageInfo", "endCursor")
