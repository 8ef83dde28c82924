"""Organisations and services in Open Referral's HSDS 3 API form.

Options: `url` (the API's root), `page_size`, `lang`. An organisation keeps what it offers as text:
the names of its active services. Contacts and phones are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest import failures
from ingest.answers import PageGuard
from ingest.records import (
    Crawling,
    Made,
    Record,
    Seen,
    count_option,
    fetcher,
    get,
    language,
    listed,
    option,
    organisation_id,
    whole,
)
from ingest.texts import plain

_OFFERS = {"ro": "Servicii", "en": "Services"}
_CUI = ("ro-cui", "cui")


def crawl(context: Crawling) -> Iterator[Made]:
    """Every organisation, with the names of its active services."""
    services: dict[str, list[str]] = {}
    for service in _pages(context, "services"):
        owner = get(service, "organization", "id") or get(service, "organization_id")
        if owner and get(service, "status") == "active":
            services.setdefault(str(owner), []).append(plain(get(service, "name")))
    seen = Seen()
    for number, raw in enumerate(_pages(context, "organizations"), 1):
        yield from _record(context, number, raw, services).done(seen)


def _pages(context: Crawling, route: str) -> Iterator[Any]:
    """Every item of a paged list (`contents`, `total_pages`)."""
    root, size = option(context, "url").rstrip("/"), count_option(context, "page_size", 100)
    guard, page = PageGuard(), 1
    while True:
        answer = fetcher(context).get(f"{root}/{route}", {"page": page, "per_page": size})
        told = answer.json()
        contents, pages = get(told, "contents"), whole(get(told, "total_pages"))
        if not isinstance(contents, list):
            raise failures.unexpected(answer.url, "contents")
        yield from contents
        if pages is None or page >= pages:
            return
        if not contents:
            raise failures.incomplete(answer.url, page - 1, pages)
        guard.check(answer, contents)
        page += 1


def _record(context: Crawling, number: int, raw: Any, services: dict[str, list[str]]) -> Record:
    lang, scheme = language(context), context.source.scheme
    record = Record("organizations", number, _without_persons(raw))
    key = record.require("id", get(raw, "id"))
    name = record.require("name", plain(get(raw, "name")))
    cui = _cui(raw)
    id_ = organisation_id(context, name, cui=cui, keys=(f"{scheme}:{key}",))
    made = record.entity("Organisation", id_, get(raw, "website"))
    record.put(made, "identifiers", key, scheme=scheme)
    record.put(made, "identifiers", cui, scheme="ro-cui")
    record.put(made, "label", name, lang=lang)
    record.put(made, "altLabels", plain(get(raw, "alternate_name")))
    record.put(made, "homepage", get(raw, "website"))
    record.put(made, "founded", get(raw, "year_incorporated"))
    told = [plain(get(raw, "description"))]
    if offers := "; ".join(dict.fromkeys(filter(None, services.get(key, ())))):
        told.append(f"{_OFFERS[lang]}: {offers}.")
    record.put(made, "description", "\n".join(filter(None, told)), lang=lang)
    address = get(raw, "locations", 0, "addresses", 0)
    record.put(made, "address", get(address, "address_1"))
    record.put(made, "city", get(address, "city"))
    return record


def _without_persons(raw: Any) -> dict[str, Any]:
    told = raw if isinstance(raw, dict) else {"item": raw}
    return {k: v for k, v in told.items() if k not in ("contacts", "phones", "email")}


def _cui(raw: Any) -> str | None:
    for one in listed(get(raw, "organization_identifiers")):
        if str(get(one, "identifier_scheme") or "").lower() in _CUI:
            return str(get(one, "identifier")).upper().removeprefix("RO").strip()
    return None
