"""The addresses that every check of pages visits."""

from __future__ import annotations

KINDS = (
    "/r/org/fitt",
    "/r/project/beta-2022",
    "/r/call/impuls-in-comunitate-2023",
    "/r/council/cartier",
    "/r/plan/pla-2022-2023",
    "/r/plan/pla-2022-2023/A1/target/4",
    "/r/topic/youth",
)
"""A thing of several kinds each."""

PATHS = (
    "",
    "/search",
    "/search?q=festival",
    "/search?q=qzxwv",
    "/organisations",
    "/projects",
    "/funding",
    "/funding?org=org/fitt",
    "/groups",
    "/plan",
    "/plan/A1",
    "/actions/A1.3?pick=org/fitt",
    "/actions/A1.2?who=ngo&pick=org/fitt&pick=org/fundatia-comunitara-timisoara",
    "/match",
    "/match?text=festival%20de%20teatru&why=org/fitt&org=org/fitt&pick=org/merlin&pick=org/fitt",
    "/network?around=org/fitt&depth=1",
    "/map",
    "/sources",
    "/query",
    "/about",
    *KINDS,
)
"""Every page, some in more than one state; below `/{lang}`."""

MISSING = "/r/org/fundatia-comunitara-timis"
"""An address that answers 404 with suggestions."""
