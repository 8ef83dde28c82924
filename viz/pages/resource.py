"""The page of one thing, whatever its kind: facts in the ontology's order, links grouped, sources, similar ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi.responses import RedirectResponse
from markupsafe import Markup

from graph.catalogue.base import Record, SourceRef
from graph.catalogue.calls import call_state
from ontology.errors import NotFoundError, Said
from ontology.loading import load_model
from viz.asked import Asked, PageDef, href
from viz.close_by import drawing
from viz.pages.cards import STATES, Card, Chip, cards, chips
from viz.pages.cite import Citation, citation, work
from viz.pages.editions import Editions, Rule, editions_of
from viz.pages.facts import Fact, facts_of, named_only, unknown_of
from viz.pages.linked import Group, groups_of
from viz.pages.map import anchor
from viz.pages.plan import newest_plan
from viz.pages.schema_org import json_ld


@dataclass(frozen=True)
class Page:
    """`facts` in the ontology's order, `groups` of links, `unknown` names what no source states, `sources` numbered, `editions` of a programme with the `rules` of the newest, `picture` of what is close by, `map_url` where a place is known."""

    id: str
    iri: str
    type: str
    kind_label: str
    name: Mapping[str, str]
    line: Mapping[str, str]
    other_names: tuple[str, ...]
    topics: tuple[Chip, ...]
    identifiers: tuple[tuple[str, str], ...]
    state: str | None
    state_label: str | None
    facts: tuple[Fact, ...]
    unknown: tuple[str, ...]
    editions: Editions | None
    rules: tuple[Rule, ...]
    groups: tuple[Group, ...]
    sources: tuple[SourceRef, ...]
    updated: str | None
    similar: tuple[Card, ...]
    picture: Markup | None
    network_url: str
    match_url: str | None
    dossier_url: str | None
    list_url: str | None
    report_url: str | None
    json_ld: Markup
    citation: Citation
    map_url: str | None


def _report_url(asked: Asked, record: Record) -> str | None:
    contact = asked.ground.contact
    if not contact:
        return None
    if "@" in contact and "://" not in contact:
        return f"mailto:{contact.removeprefix('mailto:')}?subject={quote(f'Resurse: {record.id}')}"
    return contact


def _map_url(asked: Asked, record: Record) -> str | None:
    """Where the map page tells of the place of a thing."""
    places = [record.id] if record.kind == "PLACE" else list(record.refs("place"))
    return f"/{asked.lang}/map#{anchor(places[0])}" if places else None


def _dossier_url(asked: Asked, record: Record) -> str | None:
    """The dossier of an action of the plan that is shown; others have no dossier."""
    if record.kind != "ACTION" or not record.values.get("code"):
        return None
    plan = newest_plan(asked).id
    return (
        f"/{asked.lang}/actions/{record.values['code']}"
        if record.id.startswith(f"{plan}/")
        else None
    )


def build(asked: Asked) -> Any:
    """The page of the thing in the address; a former id leads to the present one."""
    data = asked.ground.data
    catalogue = data.catalogue
    given = asked.path["id"]
    found = catalogue.resolve([given])[0]
    if found is None:
        raise NotFoundError(
            Said(f"„{given[:80]}” nu există pe hartă", f"'{given[:80]}' is not on the map"),
            Said("Căutați după nume.", "Search by name."),
        )
    if found != given:
        return RedirectResponse(href(asked.lang, found), 301)
    record = catalogue.records([found])[0]
    assert record is not None
    if record.kind is None:
        raise NotFoundError(
            Said(f"„{given[:80]}” nu are pagină", f"'{given[:80]}' has no page of its own"),
            Said("Căutați după nume.", "Search by name."),
        )
    sources = tuple(catalogue.sources([found])[found])
    statements = catalogue.statements(found)
    numbers = {ref.id: n for n, ref in enumerate(sources, start=1)}
    more = [s for one in statements for s in one.sources if s not in numbers]
    for ref in catalogue.source(list(dict.fromkeys(more))):
        if ref is not None:
            sources = (*sources, ref)
            numbers[ref.id] = len(sources)
    facts = facts_of(asked, record, statements, numbers, set(catalogue.contradictions(found)))
    named = named_only(asked, record)
    cls = load_model().cls(record.type)
    state = call_state(record.values, asked.ground.today) if record.type == "Call" else None
    editions, rules = editions_of(asked, record)
    near = data.search.similar(found, 6, (record.kind,)) if record.kind != "TOPIC" else []
    return Page(
        id=found,
        iri=asked.ground.base.thing(found),
        type=record.type,
        kind_label=cls.label(asked.lang),
        name=record.values.get("label") or {"ro": found},
        line=record.values.get("description") or {},
        other_names=tuple(record.values.get("altLabels", ())),
        topics=chips(asked, record.refs("topics")),
        identifiers=tuple((i["scheme"], i["value"]) for i in record.values.get("identifiers", ())),
        state=state,
        state_label=STATES[state](asked.lang) if state else None,
        facts=facts + ((named,) if named else ()),
        unknown=unknown_of(asked, record),
        editions=editions,
        rules=rules,
        groups=groups_of(asked, record),
        sources=sources,
        updated=record.updated,
        similar=cards(asked, [h.id for h in near]),
        picture=drawing(data.network, found, asked.lang),
        network_url=f"/{asked.lang}/network?around={found}&depth=1",
        match_url=f"/{asked.lang}/match?subject={found}"
        if record.kind in ("ORGANISATION", "PROJECT", "CALL", "PROGRAMME", "ACTION", "COMMITMENT")
        else None,
        dossier_url=_dossier_url(asked, record),
        list_url=f"/{asked.lang}/search?topic={found.removeprefix('topic/')}"
        if record.kind == "TOPIC"
        else None,
        report_url=_report_url(asked, record),
        json_ld=json_ld(asked, record, sources),
        map_url=_map_url(asked, record),
        citation=citation(asked, work(asked, record, sources), found),
    )


PAGES = (PageDef("resource", "/r/{id:path}", build, "resource.html", Page),)
