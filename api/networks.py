"""A self-contained network page around some things, for `resurse network`."""

from __future__ import annotations

from collections.abc import Sequence

from api.snapshot import Snapshot
from graph.network import neighbourhood
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
                Said(f"Poate ați vrut: {near}.", f"Did you mean: {near}."),
            )
    return [id_ for id_ in found if id_ is not None]


def page_of(
    snapshot: Snapshot, ids: Sequence[str], *, depth: int, limit: int, lang: str
) -> tuple[str, int, bool]:
    """The page, how many things it shows, and whether the limit left some out.

    The same data gives the same bytes.
    """
    around = resolved(snapshot, ids)
    part = neighbourhood(snapshot.network, around, depth, limit=limit)
    html = network_page(
        part.nodes,
        part.links,
        lang=lang,
        measures=snapshot.survey,
        total=part.total,
        around=around,
    )
    return html, len(part.nodes), part.truncated
