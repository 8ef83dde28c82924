"""Computed fields: what a thing's record does not hold but follows from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Optional

import strawberry

from api.graphql.nodes import Node, checked, in_lang
from api.graphql.scalars import CallState, Date, Kind, Lang, Source
from graph.catalogue.calls import call_state

_RESOURCE = Annotated["Resource", strawberry.lazy("api.graphql.derived")]  # type: ignore[name-defined]  # noqa: F821


@strawberry.type(description="A thing that is linked to another, and how.")
class Related:
    """One link, as a name and the thing at its other end; `direction` is out or in."""

    name: str
    direction: str
    resource: _RESOURCE


@strawberry.type(description="A thing that resembles another.")
class Similar:
    """How alike (0 to 1), and what."""

    score: float
    resource: _RESOURCE


def _id(self: Node) -> Any:
    """The canonical id, as in the IRI."""
    return self.record.id


_id.__annotations__ = {"return": strawberry.ID}
_id.of_all = lambda nodes: [node.record.id for node in nodes]  # type: ignore[attr-defined]


def _iri(self: Node) -> Any:
    """The IRI of the thing."""
    return self.reading.base.thing(self.record.id)


_iri.__annotations__ = {"return": str}


def _kind(self: Node) -> Any:
    """What kind of thing it is."""
    return Kind[self.record.kind] if self.record.kind else None


_kind.__annotations__ = {"return": Kind}


def _updated(self: Node) -> Any:
    """When its newest source was read."""
    return self.record.updated


_updated.__annotations__ = {"return": Optional[Date]}  # noqa: UP045


def _sources(self: Node) -> Any:
    """Where its facts were read."""
    return [
        Source(
            id=strawberry.ID(s.id),
            title=s.title,
            url=s.url,
            publisher=s.publisher,
            licence=s.licence,
            retrieved=s.retrieved,  # type: ignore[arg-type]
        )  # type: ignore[arg-type]
        for s in self.cohort.sources(self.record.id)
    ]


_sources.__annotations__ = {"return": Optional[list[Source]]}  # noqa: UP045


def _related(self: Node, first: int | None = None) -> Any:
    """Everything it is linked to, nearest first, with the name of each link."""
    city = self.reading.snapshot.network
    held = city.incident[city.index[self.record.id]] if self.record.id in city.index else ()
    chosen = [city.links[at] for at in held[: checked(first) if first is not None else 500]]
    ends = [link.target if link.source == self.record.id else link.source for link in chosen]
    things = self.reading.things_of(ends)
    return [
        Related(
            name=link.relation,
            direction="out" if link.source == self.record.id else "in",
            resource=thing,
        )
        for link, thing in zip(chosen, things, strict=True)
        if thing is not None
    ]


_related.__annotations__ = {"first": Optional[int], "return": Optional[list[Related]]}  # noqa: UP045


def _similar(self: Node, first: int | None = None) -> Any:
    """Things of the same kind that resemble it."""
    first = 10 if first is None else checked(first)
    kinds = (self.record.kind,) if self.record.kind else ()
    found = self.reading.snapshot.search.similar(self.record.id, first or 10, kinds=kinds)
    things = self.reading.things_of([hit.id for hit in found])
    return [
        Similar(score=hit.score, resource=t)
        for hit, t in zip(found, things, strict=True)
        if t is not None
    ]


_similar.__annotations__ = {"first": Optional[int], "return": Optional[list[Similar]]}  # noqa: UP045


def _state(self: Node) -> Any:
    """FORTHCOMING, OPEN, CLOSED or UNKNOWN today, from the dates."""
    return CallState(call_state(self.record.values, self.reading.today))


_state.__annotations__ = {"return": Optional[CallState]}  # noqa: UP045


def _member_name(self: Node) -> Any:
    """The member's name."""
    own = self.record.values.get("name")
    if own:
        return own
    found = self.cohort.linked(self.record.id, "organisation", False, 1)
    return found[0].record.label() if found else None


_member_name.__annotations__ = {"return": Optional[str]}  # noqa: UP045


def _action_actors(self: Node, first: int | None = None) -> Any:
    """The actors that the plan names for the action's commitment."""
    found = self.cohort.linked(self.record.id, "commitment", False, 1)
    if not found:
        return []
    commitment = found[0]
    return commitment.cohort.linked(
        commitment.record.id, "actors", True, checked(first) if first is not None else 500
    )


def _progress(self: Node) -> Any:
    """The newest reported value, in the target's own unit; null while nothing was reported."""
    reports = self.cohort.linked(self.record.id, "reports", True, 500)
    dated = sorted(
        (r.record.values for r in reports if r.record.values.get("value") is not None),
        key=lambda v: str(v.get("date")),
    )
    return dated[-1]["value"] if dated else None


_progress.__annotations__ = {"return": Optional[float]}  # noqa: UP045


def _generic_group(self: Node, lang: Lang = Lang.RO) -> Any:
    """The kind of actor that is meant, when the plan names no body."""
    return in_lang(self.record.values.get("genericGroup"), lang.value)


_generic_group.__annotations__ = {"lang": Lang, "return": Optional[str]}  # noqa: UP045


def computed(types: dict[str, Any]) -> dict[str, dict[str, Callable[..., Any]]]:
    """The computed fields of each class."""
    involvement = types["Involvement"]
    _action_actors.__annotations__ = {"first": int | None, "return": list[involvement] | None}
    return {
        "Resource": {
            "id": _id,
            "iri": _iri,
            "kind": _kind,
            "updated": _updated,
            "sources": _sources,
            "related": _related,
            "similar": _similar,
        },
        "Call": {"state": _state},
        "Membership": {"name": _member_name},
        "Action": {"actors": _action_actors},
        "Target": {"progress": _progress},
        "Involvement": {"genericGroup": _generic_group},
    }
