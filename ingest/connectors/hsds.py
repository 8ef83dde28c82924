"""Organisations and services in Open Referral's HSDS 3 API form.

Options: `url` (the API's root), `page_size`, `lang`. An organisation keeps what it offers as text:
its services that are not closed for good, what they are, for whom and where. An organisation that is
part of another is its member. Contacts, phones, schedules and costs are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest import failures
from ingest.circles import chains, refusal
from ingest.connectors._services import SERVICE, Services
from ingest.crawl import Crawling, Made, count_option, fetcher, language, option
from ingest.given import Seen, organisation_id
from ingest.identifiers import bare_cui
from ingest.mapping import slug
from ingest.nested import get, listed, point, uid, whole
from ingest.paging import Page, numbered
from ingest.records import Record
from ingest.texts import plain
from ontology.entity import Entity
from ontology.errors import Said

_CUI = ("ro-cui", "cui", "cif", "cod-fiscal", "cod-unic-de-inregistrare")
_KNOWN = frozenset(
    {
        "id", "name", "alternate_name", "description", "website", "year_incorporated",
        "parent_organization_id", "parent_organization", "locations", "organization_identifiers",
        "services",
        # left out on purpose: persons, papers, the making of the record
        "email", "contacts", "phones", "additional_websites", "tax_status", "tax_id",
        "legal_status", "logo", "uri", "funding", "programs", "attributes", "metadata",
    }
)  # fmt: skip
"""What an organisation of the format has."""

_PERSONS = ("contacts", "phones", "email")


def crawl(context: Crawling) -> Iterator[Made]:
    """Every organisation with what it offers, what it is part of, and the services of none of them."""
    offers, seen = Services(language(context)), Seen()
    for number, service in enumerate(_items(context, "services"), 1):
        offers.take(number, service)
        context.unread.see("services", service if isinstance(service, dict) else (), SERVICE)
    ids: dict[str, str] = {}
    parents: dict[str, str] = {}
    for number, raw in enumerate(_items(context, "organizations"), 1):
        context.unread.see("organizations", raw if isinstance(raw, dict) else (), _KNOWN)
        record = _record(context, number, raw, offers)
        made = list(record.done(seen))
        yield from made
        key = uid(get(raw, "id"))
        if any(isinstance(one, Entity) for one in made):
            ids[key] = record.entities[0].id
        if above := get(raw, "parent_organization_id") or get(raw, "parent_organization", "id"):
            parents[key] = uid(above)
    circles = {key: chain for chain in chains(parents) for key in chain}
    for key, above in parents.items():
        if key in ids:
            yield from _member(key, ids[key], ids.get(above), circles.get(key)).done(seen)
    for number, service in offers.left(set(ids)):
        yield from _orphan(number, service).done(seen)


def _items(context: Crawling, route: str) -> Iterator[Any]:
    """Every item of a paged list (`contents`, `total_items`, `total_pages`)."""
    root, size = _root(context), count_option(context, "page_size", 100)

    def ask(number: int) -> Page:
        answer = fetcher(context).get(f"{root}/{route}", {"page": number, "per_page": size})
        told = answer.json()
        contents = get(told, "contents")
        if not isinstance(contents, list):
            raise failures.unexpected(answer.url, "contents")
        pages, total = whole(get(told, "total_pages")), whole(get(told, "total_items"))
        return Page(answer, contents, pages, total)

    return numbered(ask, size)


def _root(context: Crawling) -> str:
    """The API's root, also where the address of one of its lists is given."""
    root = option(context, "url").rstrip("/")
    return root.removesuffix("/organizations").removesuffix("/services")


def _record(context: Crawling, number: int, raw: Any, offers: Services) -> Record:
    lang, scheme = language(context), context.source.scheme
    record = Record("organizations", number, _without_persons(raw))
    key = uid(record.require("id", get(raw, "id")))
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
    for service in listed(get(raw, "services")):
        offers.take(0, {"organization_id": key, **service} if isinstance(service, dict) else {})
    told = [plain(get(raw, "description")), offers.of(key)]
    record.put(made, "description", "\n".join(filter(None, told)), lang=lang)
    _where(record, made, listed(get(raw, "locations")))
    return record


def _where(record: Record, made: Entity, locations: list[Any]) -> None:
    """The first address, and the point of the place it belongs to, else the first point."""
    addressed = [one for one in locations if get(one, "addresses", 0)]
    address = get(addressed, 0, "addresses", 0)
    record.put(made, "address", get(address, "address_1"))
    record.put(made, "city", get(address, "city"))
    for one in (*addressed[:1], *locations):
        if "location" not in made.values:
            record.put(made, "location", point(one))


def _member(key: str, member: str, body: str | None, circle: list[str] | None) -> Record:
    """An organisation that is part of another; refused where it would be part of itself, or of one
    that did not come."""
    record = Record("organizations", 0, {"id": key})
    if body is None:
        record.fail(
            "parent_organization_id",
            Said(
                "organizația de deasupra nu a venit din API",
                "the parent organisation did not come from the API",
            ),
            Said("Cereți publicatorului organizația.", "Ask the publisher for the organisation."),
        )
        return record
    if circle is not None:
        wrong = refusal(key, circle, "parent_organization_id")
        record.fail("parent_organization_id", wrong.what, wrong.fix)
    flat = f"{member}--{body}".replace("/", "-")
    made = record.entity("Membership", f"membership/{flat}")
    made.add("organisation", member)
    made.add("body", body)
    return record


def _orphan(number: int, service: Any) -> Record:
    """A service whose organisation did not come: it cannot stand alone, so it is told."""
    record = Record("services", number, service)
    record.fail(
        "organization_id",
        Said(
            "organizația serviciului nu a venit din API",
            "the service's organisation did not come from the API",
        ),
        Said("Cereți publicatorului organizația.", "Ask the publisher for the organisation."),
        str(get(service, "organization_id") or get(service, "organization", "id") or ""),
    )
    return record


def _without_persons(raw: Any) -> dict[str, Any]:
    told = raw if isinstance(raw, dict) else {"item": raw}
    return {k: v for k, v in told.items() if k not in _PERSONS}


def _cui(raw: Any) -> str | None:
    for one in listed(get(raw, "organization_identifiers")):
        told = (get(one, "identifier_scheme"), get(one, "identifier_type"))
        if any(slug(str(name or "")) in _CUI for name in told):
            return bare_cui(str(get(one, "identifier")))
    return None
