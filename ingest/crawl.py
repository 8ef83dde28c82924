"""A crawl as a connector sees it: what it is given of the run, and the options of its source.yml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from ingest.fetch import Fetcher
from ingest.nested import whole
from ingest.rejects import Reject
from ingest.source import Source
from ingest.unread import Unread
from ontology.entity import Entity
from ontology.errors import MappingError, Said

Made = Entity | Reject
"""What a crawl gives, one after the other."""


class Crawling(Protocol):
    """The part of `ingest.context.Context` that a connector uses."""

    source: Source
    today: date
    resolve: Callable[[str], str | None]
    fetch: Any
    options: Mapping[str, Any]
    unread: Unread


def fetcher(context: Crawling) -> Fetcher:
    """The fetcher of this run. Raises MappingError when the run has none."""
    if not isinstance(context.fetch, Fetcher):
        raise MappingError(
            Said("sursa se citește din rețea", "the source is read from the network"),
            Said("Porniți ingest cu acces la rețea.", "Run ingest with network access."),
            context.source.slug,
        )
    hosts = frozenset(options(context, "hosts"))
    return context.fetch.allowing(hosts) if hosts else context.fetch


def room(context: Crawling) -> Path | None:
    """The folder for large work of this run; None for the system's own."""
    return context.fetch.seen.within if isinstance(context.fetch, Fetcher) else None


def option(context: Crawling, name: str, default: str | None = None) -> str:
    """A text option of source.yml. Raises MappingError when it is missing and has no default."""
    value = context.options.get(name, default)
    if value is None:
        raise MappingError(
            Said(f"lipsește options.{name}", f"options.{name} is missing"),
            Said(f"Scrieți {name} în source.yml.", f"Write {name} in source.yml."),
            context.source.slug,
        )
    return str(value)


def options(context: Crawling, name: str) -> tuple[str, ...]:
    """A list option of source.yml; one text counts as a list of one."""
    value = context.options.get(name)
    if value is None:
        return ()
    return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)


def count_option(context: Crawling, name: str, default: int) -> int:
    """A whole-number option of source.yml. Raises MappingError for anything else."""
    value = whole(context.options.get(name, default))
    if value is None or value < 0:
        raise MappingError(
            Said(f"options.{name} nu este un număr", f"options.{name} is not a number"),
            Said(f"Scrieți, de exemplu, {default}.", f"Write {default}, for example."),
            context.source.slug,
        )
    return value


def language(context: Crawling) -> str:
    """The language of the source's texts: `ro` unless options.lang says `en`."""
    return "en" if context.options.get("lang") == "en" else "ro"
