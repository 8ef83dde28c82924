"""What search engines had better leave: lists of every filter and answers made to order have no end."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from ontology.errors import LANGS

router = APIRouter()

MADE = ("search?", "match?", "network?", "suggest", "cite.")
"""Pages below a language that are made to order; pages of things and whole lists may be read."""

ENDLESS = (
    *("/graphql", "/sparql", "/export/"),
    *(f"/{lang}/{page}" for lang in LANGS for page in MADE),
    *("/*?after=", "/*&after="),
)
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in ENDLESS)


@router.get("/robots.txt", include_in_schema=False)
def robots() -> Response:
    """The rules for crawlers (RFC 9309)."""
    return Response(ROBOTS, media_type="text/plain", headers={"Cache-Control": "max-age=86400"})
