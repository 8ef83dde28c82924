"""The pages: one file each, with its context as a documented dataclass."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI

from viz.ground import Ground
from viz.pages import (
    about,
    dossier,
    funding,
    home,
    match,
    network,
    plan,
    resource,
    search,
    sources,
)
from viz.pages import map as map_page
from viz.site import STATIC, PageDef, mount

PAGES: tuple[PageDef, ...] = (
    *home.PAGES,
    *search.PAGES,
    *funding.PAGES,
    *plan.PAGES,
    *dossier.PAGES,
    *match.PAGES,
    *network.PAGES,
    *map_page.PAGES,
    *sources.PAGES,
    *about.PAGES,
    *resource.PAGES,
)
"""Every page, in the order in which addresses are tried."""


def register(app: FastAPI, ground: Callable[[], Ground]) -> None:
    """Adds all pages to an application."""
    mount(app, PAGES, ground)


__all__ = ["PAGES", "STATIC", "register"]
