"""One search as every way in asks it: the index ranks, the catalogue narrows and counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.catalogue.base import Catalogue, Facet, Filter
from graph.search.documents import DEFAULT_KINDS
from graph.search.hybrid import Hit, Search
from ontology.errors import Said


@dataclass(frozen=True)
class Found:
    """One page of a search: hits, facets over the whole result, topics understood, a better spelling."""

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    understood: tuple[str, ...]
    suggestion: str | None
    has_next: bool
    note: Said | None = None

    def as_json(self, catalogue: Catalogue) -> dict[str, Any]:
        """Plain data for `--json`."""
        records = catalogue.records([hit.id for hit in self.hits])
        return {
            "totalCount": self.total,
            "edges": [
                {
                    "score": hit.score,
                    "id": hit.id,
                    "kind": r.kind,
                    "label": {"ro": r.label("ro"), "en": r.label("en")},
                    "why": [{"ro": w.ro, "en": w.en} for w in hit.why],
                    "cursor": hit.cursor,
                }
                for hit, r in zip(self.hits, records, strict=True)
                if r is not None
            ],
            "facets": {facet.name: dict(facet.values) for facet in self.facets},
            "understood": list(self.understood),
            "suggestion": self.suggestion,
        }


def find(
    search: Search,
    catalogue: Catalogue,
    text: str,
    *,
    kinds: tuple[str, ...],
    filter: Filter,
    first: int,
    after: str | None,
    today: date,
) -> Found:
    """Searches one data version. Raises InputError for a broken cursor."""
    wanted = kinds or filter.kinds or DEFAULT_KINDS
    narrowed = Filter(**{**filter.__dict__, "kinds": wanted})
    allowed = None if filter == Filter(kinds=filter.kinds) else catalogue.matching(narrowed, today)
    result = search.query(text, kinds=wanted, allowed=allowed, first=first, after=after)
    places = search.found(text, kinds=wanted, allowed=allowed)
    facets = catalogue.facets_at(catalogue.numbered(search)[places], today)
    return Found(
        result.total,
        tuple(result.hits),
        tuple(facets),
        tuple(result.understood),
        result.suggestion,
        result.has_next,
    )
