"""The network for the command line: a page, what changed between two years, who joins the circles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from api.snapshot import Snapshot
from graph.network import Link, bridges, brokers, change, neighbourhood, relation
from ontology.errors import NotFoundError, Said
from viz.network import network_page


def resolved(snapshot: Snapshot, ids: Sequence[str]) -> list[str]:
    """Canonical ids. Raises NotFoundError with what looks like the one that means nothing."""
    found = snapshot.catalogue.resolve(list(ids))
    for given, id_ in zip(ids, found, strict=True):
        if id_ is None:
            near = ", ".join(snapshot.catalogue.nearest(given[:200]))
            raise NotFoundError(
                Said(f"„{given[:80]}” nu există", f"'{given[:80]}' does not exist"),
                Said(
                    f"Poate ați vrut: {near}." if near else "Verificați id-ul.",
                    f"Did you mean: {near}." if near else "Check the id.",
                ),
            )
    return [id_ for id_ in found if id_ is not None]


def page_of(
    snapshot: Snapshot,
    ids: Sequence[str],
    *,
    depth: int,
    limit: int,
    lang: str,
    sharing: str | None = None,
) -> tuple[str, int, bool]:
    """The page, how many things it shows, and whether the limit left some out.

    With `sharing` (projects, calls, funders, councils), organisations tied by what they share.
    The same data gives the same bytes. Raises NotFoundError, UnknownWordError.
    """
    around = resolved(snapshot, ids)
    city, measures = snapshot.network, snapshot.survey
    if sharing is not None:
        city, measures = snapshot.shared(sharing, "ORGANISATION")
        alone = next((one for one in around if one not in city.index), None)
        if alone is not None:
            raise NotFoundError(
                Said(
                    f"„{alone}” nu are nimic în comun cu alte organizații ({sharing})",
                    f"'{alone}' has nothing in common with other organisations ({sharing})",
                ),
                Said("Alegeți altceva cu --sharing.", "Choose something else with --sharing."),
            )
    part = neighbourhood(city, around, depth, limit=limit)
    html = network_page(
        part.nodes,
        part.links,
        lang=lang,
        measures=measures,
        total=part.total,
        around=around,
    )
    return html, len(part.nodes), part.truncated


def change_json(
    snapshot: Snapshot, before: int, after: int, first: int, lang: str
) -> dict[str, Any]:
    """What came and what went between two years, its lists cut at `first`."""
    found = change(snapshot.network, before, after)
    lists = (found.things_new, found.things_gone, found.links_new, found.links_gone)
    return {
        "before": before,
        "after": after,
        "newThings": _things(snapshot, found.things_new[:first], lang),
        "goneThings": _things(snapshot, found.things_gone[:first], lang),
        "newLinks": _links(snapshot, found.links_new[:first], lang),
        "goneLinks": _links(snapshot, found.links_gone[:first], lang),
        "newThingCount": len(found.things_new),
        "goneThingCount": len(found.things_gone),
        "newLinkCount": len(found.links_new),
        "goneLinkCount": len(found.links_gone),
        "keptLinkCount": found.links_kept,
        "undatedLinkCount": found.undated,
        "truncated": any(len(one) > first for one in lists),
    }


def bridges_json(snapshot: Snapshot, first: int, lang: str) -> dict[str, Any]:
    """Who joins several circles, and the single ties that hold parts together, each `first` long."""
    city, measures = snapshot.network, snapshot.survey
    joining = brokers(city, measures.betweenness, measures.community, None)
    hanging = bridges(city)
    return {
        "brokers": [
            {
                **_things(snapshot, [one.id], lang)[0],
                "betweenness": one.betweenness,
                "circles": [measures.communities[n].label(lang) for n in one.communities],
            }
            for one in joining[:first]
        ],
        "bridges": [
            {"one": one, "other": other, "cut": tie.cut}
            for tie in hanging[:first]
            for one, other in [_things(snapshot, [tie.one, tie.other], lang)]
        ],
        "brokerCount": len(joining),
        "bridgeCount": len(hanging),
        "truncated": max(len(joining), len(hanging)) > first,
    }


def _things(snapshot: Snapshot, ids: Iterable[str], lang: str) -> list[dict[str, Any]]:
    nodes = [snapshot.network.node(id_) for id_ in ids]
    return [{"id": one.id, "kind": one.kind, "label": one.label(lang)} for one in nodes]


def _links(snapshot: Snapshot, links: Sequence[Link], lang: str) -> list[dict[str, Any]]:
    label = {
        end: snapshot.network.node(end).label(lang)
        for link in links
        for end in (link.source, link.target)
    }
    return [
        {
            "source": link.source,
            "target": link.target,
            "relation": link.relation,
            "yearFrom": link.year_from,
            "yearTo": link.year_to,
            "text": relation(link.relation).text(label[link.source], label[link.target], lang),
        }
        for link in links
    ]
