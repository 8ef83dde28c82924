"""Reads the network out of the catalogue: things become nodes, their references become links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.catalogue.base import Catalogue, Record
from graph.network.city import City, Link, Node, city, with_sources
from graph.network.relations import ABOUT, FieldLink, field_links, relation, relations

Span = tuple[int | None, int | None]

ALWAYS: Span = (None, None)
_YEAR = re.compile(r"\d{4}")

_SPANS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Organisation": (("founded",), ()),
    "Project": (("start", "year"), ("end", "year")),
    "Call": (("year", "opens", "closes"), ("closes", "year", "opens")),
    "Grant": (("awarded",), ("awarded",)),
    "Council": (("established",), ()),
    "WorkingGroup": (("established",), ()),
    "Plan": (("start",), ("end",)),
    "Commitment": (("start",), ("end",)),
    "LegalAct": (("date",), ()),
    "Strategy": (("date",), ()),
    "Event": (("date",), ("date",)),
    "Membership": (("start",), ("end",)),
}
"""By class: the fields that tell its first year and its last, the first that is filled wins."""


def year(value: object) -> int | None:
    """The year of `2023`, `2023-05`, `2023-05-01` or a number; None when there is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value)
    found = _YEAR.search(str(value))
    return int(found.group()) if found else None


def span(record: Record) -> Span:
    """The first and last year a record speaks of; None where it does not say."""
    starts, ends = _SPANS.get(record.type, ((), ()))

    def first(names: Sequence[str]) -> int | None:
        return next((y for name in names if (y := year(record.values.get(name))) is not None), None)

    start, end = first(starts), first(ends)
    if start is not None and end is not None and start > end:
        return (end, start)
    return (start, end)


def _node(record: Record) -> Node | None:
    if record.kind is None:
        return None
    ro, en = record.label("ro"), record.label("en")
    return Node(record.id, record.kind, ro, en, record.refs(ABOUT), span(record))


def _of_field(record: Record, field: FieldLink, years: Span) -> Iterator[Link]:
    weight = relation(field.relation).weight
    for other in record.refs(field.field):
        source, target = (other, record.id) if field.turned else (record.id, other)
        yield Link(source, target, field.relation, weight, *years, (), record.id, field.field)


def _of_record(record: Record) -> Iterator[Link]:
    years = span(record)
    # An organisation's founding says nothing about since when it is where it is.
    ties = ALWAYS if record.type == "Organisation" else years
    for field in field_links(record.type):
        yield from _of_field(record, field, ALWAYS if field.field == ABOUT else ties)
    for part in record.values.get("relevance") or ():
        for other in part.get("refersTo") or ():
            weight = relation("relevant-to").weight
            yield Link(
                record.id,
                other,
                "relevant-to",
                weight,
                *years,
                (),
                str(part.get("id", record.id)),
                "refersTo",
            )


def _of_membership(record: Record) -> Iterator[Link]:
    for member in record.refs("organisation"):
        for body in record.refs("body"):
            yield Link(member, body, "member", 1.0, *span(record), (), record.id, "organisation")


def _of_involvement(record: Record, spans: Mapping[str, Span]) -> Iterator[Link]:
    name = f"involved-{record.values.get('role')}"
    found = relation(name if name in relations() else "involved")
    for one in record.refs("participant"):
        for other in record.refs("involvedIn"):
            years = spans.get(other, ALWAYS)
            yield Link(one, other, found.name, found.weight, *years, (), record.id, "participant")


def project(catalogue: Catalogue) -> City:
    """The whole network of one data version, its links without sources: `cite` adds those."""
    nodes: list[Node] = []
    links: list[Link] = []
    spans: dict[str, Span] = {}
    for record in catalogue.scan():
        node = _node(record)
        if node is not None:
            nodes.append(node)
            spans[record.id] = node.years
            links.extend(_of_record(record))
    for record in catalogue.scan_type("Membership"):
        links.extend(_of_membership(record))
    for record in catalogue.scan_type("Involvement"):
        links.extend(_of_involvement(record, spans))
    return city(nodes, links)


def cite(catalogue: Catalogue, links: Iterable[Link]) -> list[Link]:
    """The links with the ids of the sources that state them, in the same order.

    One look-up per stating record: for a path or a page, not for a whole city of 10^5 links.
    """
    given = list(links)
    stated: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for subject in sorted({link.subject for link in given if link.subject}):
        for fact in catalogue.statements(subject):
            if fact.object is not None:
                stated[subject, fact.field, fact.object] = fact.sources
    return [with_sources(link, _sources(stated, link)) for link in given]


def _sources(stated: Mapping[tuple[str, str, str], tuple[str, ...]], link: Link) -> tuple[str, ...]:
    ends = (link.target, link.source)
    return next(
        (stated[key] for end in ends if (key := (link.subject, link.field, end)) in stated),
        link.sources,
    )
