"""The data sets of a CKAN portal (`package_search`): publishers, and each set as a source of data.

Options: `url` (the portal's root), `query` (free text), `filter` (Solr, for example
`organization:primaria-timisoara`), `page_size`, `lang`. A data set is a thing of the class Source:
title, address, publisher and licence. Sets that were deleted or are private are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from graph.entities import source_id
from ingest import failures
from ingest.answers import PageGuard
from ingest.crawl import Crawling, Made, count_option, fetcher, language, option
from ingest.given import Seen, organisation_id
from ingest.mapping import slug
from ingest.nested import get, whole
from ingest.records import Record
from ingest.texts import plain, translated

ROUTE = "/api/3/action/package_search"


def crawl(context: Crawling) -> Iterator[Made]:
    """The portal, then every data set with its publisher, in the order of their names."""
    root = option(context, "url").rstrip("/").removesuffix(ROUTE)
    size = count_option(context, "page_size", 100)
    guard, seen, start, total = PageGuard(), Seen(), 0, 1
    yield from _portal(context, root).done(seen)
    while start < total:
        asked = {
            "q": context.options.get("query"),
            "fq": context.options.get("filter"),
            "rows": size,
            "start": start,
            "sort": "name asc",
        }
        answer = fetcher(context).get(f"{root}{ROUTE}", asked)
        told = answer.json()
        found, count = get(told, "result", "results"), whole(get(told, "result", "count"))
        if not isinstance(found, list) or count is None:
            raise failures.unexpected(answer.url, "result.results, result.count")
        total = count
        if not found:
            if start < total:
                raise failures.incomplete(answer.url, start, total)
            return
        guard.check(answer, found)
        for number, raw in enumerate(found, start + 1):
            if get(raw, "state") == "deleted" or get(raw, "private") is True:
                continue
            yield from _record(context, root, number, raw).done(seen)
        start += len(found)


def _portal(context: Crawling, root: str) -> Record:
    host = urlsplit(root).hostname or root
    record = Record(host, 0, {"url": root})
    made = record.entity("Platform", f"platform/{slug(host)}", root)
    record.put(made, "label", host, lang=language(context))
    record.put(made, "page", root)
    record.put(made, "software", "CKAN")
    record.put(made, "status", "live")
    return record


def _record(context: Crawling, root: str, number: int, raw: Any) -> Record:
    record = Record("package_search", number, raw if isinstance(raw, dict) else {"item": raw})
    name = record.require("name", get(raw, "name"))
    title = (
        _said(context, get(raw, "title_translated")) or _said(context, get(raw, "title")) or name
    )
    if record.errors:
        return record
    page = f"{root}/dataset/{name}"
    made = record.entity("Source", source_id(page), root)
    record.put(made, "title", title)
    record.put(made, "url", page)
    record.put(made, "licence", _licence(raw))
    publisher = _said(context, get(raw, "organization", "title")) or plain(
        get(raw, "organization", "name")
    )
    record.put(made, "publisher", publisher)
    if publisher:
        _publisher(context, record, root, get(raw, "organization"), publisher)
    return record


def _licence(raw: Any) -> Any:
    """The licence by its name, else by its page, else by its code."""
    return next(
        (told for key in ("title", "url", "id") if (told := get(raw, f"license_{key}"))), None
    )


def _said(context: Crawling, value: Any) -> str:
    """A text in the source's language; portals of several languages give one by language."""
    lang = language(context)
    texts = translated(value, lang) if isinstance(value, dict | str) else {}
    return texts.get(lang) or next(iter(texts.values()), "")


def _publisher(context: Crawling, record: Record, root: str, raw: Any, name: str) -> None:
    keys = (f"{context.source.scheme}:{own}",) if (own := get(raw, "id")) else ()
    page = f"{root}/organization/{slug_}" if (slug_ := get(raw, "name")) else root
    made = record.entity("Organisation", organisation_id(context, name, keys=keys), page)
    record.put(made, "label", name, lang=language(context))
    record.put(made, "description", _said(context, get(raw, "description")), lang=language(context))
    record.put(made, "identifiers", get(raw, "id"), scheme=context.source.scheme)
