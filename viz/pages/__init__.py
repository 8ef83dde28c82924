"""The pages: one file each, with its context as a documented dataclass.

By what they show; under each page the files that serve it:

    home about query sources        the first page, and those about the map itself
    search facets suggest named tables
                                    lists, and finding a thing by what somebody types
    resource facts linked cards schema_org cite
                                    one thing
    plan commitment targets         the plan and its commitments
    dossier match                   an action, or anything else, with who and what fits it
      matching blocks sorts compared shortlist note
    funding                         money
      calls programmes editions applicant applying deadlines feed
    network network_part paths circles changed
                                    the network
    map                             the map
"""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI

from viz.asked import PageDef
from viz.ground import Ground
from viz.pages import (
    about,
    cite,
    dossier,
    funding,
    home,
    match,
    network,
    plan,
    query,
    resource,
    search,
    sources,
    suggest,
)
from viz.pages import map as map_page
from viz.shelf import Shelf
from viz.site import STATIC, mount

PAGES: tuple[PageDef, ...] = (
    *home.PAGES,
    *search.PAGES,
    *suggest.PAGES,
    *funding.PAGES,
    *plan.PAGES,
    *dossier.PAGES,
    *match.PAGES,
    *network.PAGES,
    *map_page.PAGES,
    *sources.PAGES,
    *query.PAGES,
    *about.PAGES,
    *cite.PAGES,
    *resource.PAGES,
)
"""Every page, in the order in which addresses are tried."""


def register(app: FastAPI, ground: Callable[[], Ground], shelf: Shelf) -> None:
    """Adds all pages to an application; those that are made go to the shelf."""
    mount(app, PAGES, ground, shelf)


__all__ = ["PAGES", "STATIC", "register"]
