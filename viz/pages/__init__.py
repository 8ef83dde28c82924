"""The pages: one file each, with its context as a documented dataclass."""

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
