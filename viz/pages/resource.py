"""The page of one thing, whatever its kind: facts in the ontology's order, links grouped, sources, similar ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi.responses import RedirectResponse
from markupsafe import Markup

from graph.catalogue.base import Record, SourceRef, Statement
from graph.catalogue.calls import call_state
from ontology.errors import NotFoundError, Said
from ontology.model import PropertyDef, load_model
from viz.close_by import drawing
from viz.pages.cards import STATES, Card, Chip, cards, chips
from viz.pages.map import anchor
from viz.site import Asked, PageDef, href

_APART = {"label", "description", "topics", "identifiers", "altLabels"}
_SHOWN_LINKS = 60


@dataclass(frozen=True)
class Piece:
    """One value as it is shown: plain words, or a link; `source` is the number of its source in the list below."""

    words: Markup
    url: str | None
    source: tuple[int, ...]


@dataclass(frozen=True)
class Fact:
    """One field with its values; `contested` when sources disagree about it."""

    name: str
    label: str
    hint: str
    values: tuple[Piece, ...]
    contested: bool


@dataclass(frozen=True)
class Group:
    """Things that are linked in one way; `more` is how many are not shown."""

    label: str
    cards: tuple[Card, ...]
    more: int


@dataclass(frozen=True)
class Rule:
    """One eligibility rule of a call."""

    label: str
    text: Mapping[str, str]


@dataclass(frozen=True)
class Page:
    """`facts` in the ontology's order, `groups` of links, `sources` numbered, `picture` of what is close by, `map_url` where a place is known."""

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
    rules: tuple[Rule, ...]
    groups: tuple[Group, ...]
    sources: tuple[SourceRef, ...]
    updated: str | None
    similar: tuple[Card, ...]
    picture: Markup | None
    network_url: str
    match_url: str | None
    report_url: str | None
    json_ld: Markup
    map_url: str | None


def _words(asked: Asked, prop: PropertyDef, value: Any, record: Record) -> Markup:
    speech, kind = asked.speech, prop.kind.name
    if kind == "text":
        return speech.text(value if isinstance(value, Mapping) else {"ro": str(value)})
    if kind == "code" and prop.code_list:
        codes = load_model().codes[prop.code_list].codes
        return Markup.escape(codes[value].label(asked.lang) if value in codes else value)
    if kind in ("date", "calendar"):
        return Markup('<time datetime="{0}">{1}</time>').format(value, speech.day(value))
    if kind == "decimal" and prop.name in ("amount", "budget", "minGrant", "maxGrant"):
        return Markup.escape(speech.money(value, record.values.get("currency")))
    if kind == "percent":
        return Markup.escape(speech.percent(value))
    if kind == "decimal" or (kind == "integer" and prop.name != "year"):
        return Markup.escape(speech.number(value))
    if kind == "boolean":
        return Markup.escape(speech.say("yes") if value else speech.say("no"))
    if kind == "point":
        return Markup.escape(f"{value[0]:.5f}, {value[1]:.5f}")
    return Markup.escape(str(value))


def _facts(
    asked: Asked,
    record: Record,
    statements: list[Statement],
    numbers: Mapping[str, int],
    contested: set[str],
) -> tuple[Fact, ...]:
    """Fields of the record in the ontology's order, each value with the sources that state it."""
    cls = load_model().cls(record.type)
    said: dict[tuple[str, str], tuple[int, ...]] = {}
    for one in statements:
        key = (one.field, str(one.object if one.object is not None else one.value))
        said[key] = tuple(numbers[s] for s in one.sources if s in numbers)
    ends = {
        t
        for name, p in cls.properties.items()
        if p.kind.name == "reference" and not p.inverse and not p.many
        for t in record.refs(name)
    }
    names = {r.id: r for r in asked.ground.data.catalogue.records(sorted(ends)) if r is not None}
    facts = []
    for name, prop in cls.properties.items():
        value = record.values.get(name)
        if (
            name in _APART
            or prop.inverse
            or prop.kind.name == "part"
            or value is None
            or (prop.kind.name == "reference" and prop.many)
        ):
            continue
        many = value if isinstance(value, list) and prop.kind.name != "point" else [value]
        if prop.kind.name == "text" and prop.many:
            many = list(asked.speech.spoken(many))
        pieces = []
        for one in many:
            source = said.get((name, str(one)), ())
            if prop.kind.name == "reference":
                target = names.get(one)
                words = (
                    asked.speech.name(target.values.get("label")) if target else Markup.escape(one)
                )
                pieces.append(Piece(words, href(asked.lang, one), source))
            elif prop.kind.name == "url":
                pieces.append(
                    Piece(
                        Markup.escape(
                            str(one).removeprefix("https://").removeprefix("http://").rstrip("/")
                        ),
                        str(one),
                        source,
                    )
                )
            else:
                if prop.kind.name == "text":
                    source = tuple(
                        dict.fromkeys(n for (f, _), ns in said.items() if f == name for n in ns)
                    )
                pieces.append(Piece(_words(asked, prop, one, record), None, source))
        facts.append(
            Fact(
                name,
                prop.label(asked.lang),
                prop.definition(asked.lang),
                tuple(pieces),
                name in contested,
            )
        )
    return tuple(facts)


def _groups(asked: Asked, record: Record) -> tuple[Group, ...]:
    """Lists of linked things: those the record names and those that name it."""
    catalogue = asked.ground.data.catalogue
    cls = load_model().cls(record.type)
    groups = []
    for name, prop in cls.properties.items():
        if (
            prop.kind.name not in ("reference", "part")
            or name in _APART
            or not prop.many
            or (prop.kind.name == "part" and not prop.inverse)
        ):
            continue
        ids = catalogue.links([record.id], name)[record.id]
        shown = _through(asked, record, ids)
        if shown:
            groups.append(
                Group(
                    prop.label(asked.lang),
                    cards(asked, shown[:_SHOWN_LINKS]),
                    max(0, len(shown) - _SHOWN_LINKS),
                )
            )
    return tuple(groups)


def _through(asked: Asked, record: Record, ids: Sequence[str]) -> list[str]:
    """Things at the other end: links that are things of their own (memberships, involvements) are seen through."""
    catalogue = asked.ground.data.catalogue
    found: list[str] = []
    for one in catalogue.records(ids):
        if one is None:
            continue
        if one.kind is not None:
            found.append(one.id)
            continue
        for name in ("organisation", "body", "participant", "involvedIn"):
            found += [target for target in one.refs(name) if target != record.id]
    return list(dict.fromkeys(found))


def _named_only(asked: Asked, record: Record) -> Fact | None:
    """Members and actors that are known by name only."""
    catalogue = asked.ground.data.catalogue
    names = []
    for field in ("members", "actors"):
        ids = catalogue.links([record.id], field)[record.id]
        for one in catalogue.records(ids):
            if one is not None and not one.refs("organisation") and not one.refs("participant"):
                words = one.text("genericGroup", asked.lang) or str(one.values.get("name") or "")
                if words:
                    names.append(Piece(Markup.escape(words), None, ()))
    if not names:
        return None
    say = asked.speech.say
    return Fact(
        "named",
        say("also named"),
        say("Named by the source without being identified."),
        tuple(names),
        False,
    )


def _json_ld(asked: Asked, record: Record, sources: tuple[SourceRef, ...]) -> Markup:
    """The schema.org view of a thing: a view, never the data itself."""
    types = {
        "Organisation": "Organization",
        "Project": "Project",
        "Programme": "FundingScheme",
        "Call": "MonetaryGrant",
        "Grant": "MonetaryGrant",
        "Place": "Place",
        "Platform": "WebApplication",
        "Event": "Event",
        "LegalAct": "Legislation",
    }
    forms = {
        "association": "NGO",
        "foundation": "NGO",
        "federation": "NGO",
        "public_institution": "GovernmentOrganization",
        "university": "CollegeOrUniversity",
    }
    values = record.values
    kind = types.get(record.type, "Thing")
    if record.type == "Organisation":
        kind = forms.get(str(values.get("legalForm")), kind)
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": asked.ground.base.thing(record.id),
        "name": record.label(asked.lang),
    }
    if record.text("description", asked.lang):
        made["description"] = record.text("description", asked.lang)
    if values.get("altLabels"):
        made["alternateName"] = values["altLabels"]
    if values.get("homepage") or values.get("page"):
        made["url"] = values.get("homepage") or values.get("page")
    if values.get("founded"):
        made["foundingDate"] = values["founded"]
    cui = next((i["value"] for i in values.get("identifiers", ()) if i["scheme"] == "ro-cui"), None)
    if cui:
        made["taxID"] = cui
    if values.get("amount"):
        made["amount"] = {
            "@type": "MonetaryAmount",
            "value": values["amount"],
            "currency": values.get("currency"),
        }
    if values.get("location"):
        made["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": values["location"][0],
            "longitude": values["location"][1],
        }
    if sources:
        made["isBasedOn"] = [s.url for s in sources if s.url]
    text = json.dumps(made, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - JSON with < and & escaped


def _report_url(asked: Asked, record: Record) -> str | None:
    contact = asked.ground.contact
    if not contact:
        return None
    if "@" in contact and "://" not in contact:
        from urllib.parse import quote

        return f"mailto:{contact.removeprefix('mailto:')}?subject={quote(f'Resurse: {record.id}')}"
    return contact


def _map_url(asked: Asked, record: Record) -> str | None:
    """Where the map page tells of the place of a thing."""
    places = [record.id] if record.kind == "PLACE" else list(record.refs("place"))
    return f"/{asked.lang}/map#{anchor(places[0])}" if places else None


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
    facts = _facts(asked, record, statements, numbers, set(catalogue.contradictions(found)))
    named = _named_only(asked, record)
    cls = load_model().cls(record.type)
    state = call_state(record.values, asked.ground.today) if record.type == "Call" else None
    kinds = load_model().codes["RuleKind"].codes
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
        rules=tuple(
            Rule(kinds[r["kind"]].label(asked.lang), r.get("text") or {})
            for r in record.values.get("rules", ())
        ),
        groups=_groups(asked, record),
        sources=sources,
        updated=record.updated,
        similar=cards(asked, [h.id for h in near]),
        picture=drawing(data.network, found, asked.lang),
        network_url=f"/{asked.lang}/network?around={found}&depth=1",
        match_url=f"/{asked.lang}/match?subject={found}"
        if record.kind in ("ORGANISATION", "PROJECT", "CALL", "ACTION", "COMMITMENT")
        else None,
        report_url=_report_url(asked, record),
        json_ld=_json_ld(asked, record, sources),
        map_url=_map_url(asked, record),
    )


PAGES = (PageDef("resource", "/r/{id:path}", build, "resource.html", Page),)
