"""Pages that are ready leave here: no routing, no request objects, no thread for what is only copied."""

from __future__ import annotations

from api.web.guard import App, Receive, Scope, Send
from graph.catalogue.calls import today
from viz.shelf import Shelf


class Kept:
    """ASGI middleware that answers with finished pages; stands behind the guard, which names the edition."""

    def __init__(self, app: App, *, shelf: Shelf) -> None:
        self.app = app
        self.shelf = shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the page if it is there, passes everything else on."""
        edition = scope.get("edition")
        if scope["type"] != "http" or scope["method"] != "GET" or edition is None:
            await self.app(scope, receive, send)
            return
        page = self.shelf.take(edition, today(), scope["raw_path"], scope["query_string"])
        if page is None:
            await self.app(scope, receive, send)
            return
        body, headers = page.sent(scope["headers"])
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
