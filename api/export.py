"""The whole map, or a part of it, as files: RDF, tables, networks, GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import orjson

from api.wiring import Installation
from api.writing import csv_rows, joined, workbook
from graph.catalogue.base import Catalogue, Record
from graph.network import gexf, graphml, layout
from graph.store.files import serialise
from ingest.rejects import neutral
from ontology.errors import NotFoundError, Said
from ontology.loading import load_model
from ontology.model import ClassDef, PropertyDef
from viz.map import features

FORMATS = ("trig", "nq", "ttl", "jsonld", "csv", "xlsx", "gexf", "graphml", "geojson")

MEDIA = {
    "trig": "application/trig",
    "nq": "application/n-quads",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "geojson": "application/geo+json",
}

_RDF = {"trig", "nq", "ttl", "jsonld"}
_ALL = ("city", "resurse", "all", "map", "network", "graph")
_PLURALS = {
    "organisations": "ORGANISATION",
    "projects": "PROJECT",
    "programmes": "PROGRAMME",
    "calls": "CALL",
    "grants": "GRANT",
    "groups": "WORKING_GROUP",
    "councils": "COUNCIL",
    "platforms": "PLATFORM",
    "legal-acts": "LEGAL_ACT",
    "places": "PLACE",
    "topics": "TOPIC",
    "strategies": "STRATEGY",
    "commitments": "COMMITMENT",
    "actions": "ACTION",
    "targets": "TARGET",
    "plans": "PLAN",
    "events": "EVENT",
    "funding": "CALL",
}


def _kinds(name: str) -> tuple[str, ...]:
    """The kinds a file name means. Raises NotFoundError."""
    if name in _ALL:
        return ()
    if name in _PLURALS:
        return (_PLURALS[name],)
    known = ", ".join(["city", *_PLURALS])
    raise NotFoundError(
        Said(f"fișierul „{name[:80]}” nu există", f"there is no file '{name[:80]}'"),
        Said(f"Există: {known}.", f"There are: {known}."),
    )


def export(
    installation: Installation,
    format: str,
    *,
    name: str = "city",
    kinds: tuple[str, ...] = (),
    query: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[bytes]:
    """The file in chunks. `query` holds the filters of a network page (kind, topic, year, around)."""
    chosen = kinds or _kinds(name)
    snapshot = installation.snapshot
    if format in _RDF:
        graphs = [v.graph(installation.base) for v in snapshot.versions]
        with_meta = [*graphs, installation.base.meta] if format in ("trig", "nq") else graphs
        with installation.reading() as store:
            yield from serialise(store, with_meta, format)
    elif format == "csv":
        yield from _csv(snapshot.catalogue, chosen)
    elif format == "xlsx":
        yield from _xlsx(snapshot.catalogue, chosen)
    elif format == "geojson":
        yield from joined(_geojson(snapshot.catalogue, chosen))
    else:
        from viz.pages.network_part import chosen_part

        city, survey = chosen_part(snapshot, query or {}, chosen)
        yield (gexf if format == "gexf" else graphml)(
            city, survey, layout(city), installation.base.iri
        )


# -- tables ----------------------------------------------------------------------------------------


def _fields(kinds: tuple[str, ...]) -> list[PropertyDef]:
    """The fields of the kinds that a table can hold, in the ontology's order, each name once."""
    model = load_model()
    classes: list[ClassDef] = (
        [model.kinds[k] for k in kinds] if kinds else list(model.kinds.values())
    )
    found: dict[str, PropertyDef] = {}
    for cls in classes:
        for name, prop in cls.properties.items():
            if not prop.inverse and prop.kind.name != "part":
                found.setdefault(name, prop)
    return list(found.values())


def _columns(fields: list[PropertyDef]) -> list[str]:
    columns = ["id", "kind"]
    for prop in fields:
        columns += (
            [f"{prop.name}_ro", f"{prop.name}_en"] if prop.kind.name == "text" else [prop.name]
        )
        if prop.kind.name == "reference":
            columns.append(f"{prop.name}_label")
    return [*columns, "updated", "sources"]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Mapping):
        return f"{value['scheme']}:{value['value']}"
    return str(value)


def _cells(
    record: Record, fields: list[PropertyDef], labels: Mapping[str, str], sources: str
) -> list[str]:
    cells = [record.id, record.kind or ""]
    for prop in fields:
        value = record.values.get(prop.name)
        if prop.kind.name == "text":
            texts = value if isinstance(value, list) else [value or {}]
            cells += [
                "; ".join(t.get(lang, "") for t in texts if t.get(lang)) for lang in ("ro", "en")
            ]
            continue
        if prop.kind.name == "point":
            cells.append(f"{value[0]}, {value[1]}" if value else "")
            continue
        many = [] if value is None else value if isinstance(value, list) else [value]
        cells.append("; ".join(_plain(one) for one in many))
        if prop.kind.name == "reference":
            cells.append("; ".join(labels.get(one, one) for one in many))
    return [neutral(cell) for cell in [*cells, record.updated or "", sources]]


def _batches(records: Iterable[Record], size: int = 500) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _table(
    catalogue: Catalogue, records: Iterable[Record], fields: list[PropertyDef]
) -> Iterator[list[str]]:
    references = [p.name for p in fields if p.kind.name == "reference"]
    for batch in _batches(records):
        wanted = list(dict.fromkeys(t for r in batch for name in references for t in r.refs(name)))
        labels = {r.id: r.label("ro") for r in catalogue.records(wanted) if r is not None}
        pages = catalogue.sources([r.id for r in batch])
        for record in batch:
            yield _cells(
                record,
                fields,
                labels,
                "; ".join(p.url or p.title or p.id for p in pages[record.id]),
            )


def _csv(catalogue: Catalogue, kinds: tuple[str, ...]) -> Iterator[bytes]:
    fields = _fields(kinds)
    return csv_rows(chain([_columns(fields)], _table(catalogue, catalogue.scan(kinds), fields)))


def _xlsx(catalogue: Catalogue, kinds: tuple[str, ...]) -> Iterator[bytes]:
    return workbook(
        (load_model().kinds[kind].plural.en, _sheet(catalogue, kind))
        for kind in kinds or tuple(load_model().kinds)
    )


def _sheet(catalogue: Catalogue, kind: str) -> Iterator[list[str]]:
    fields = _fields((kind,))
    yield _columns(fields)
    yield from _table(catalogue, catalogue.scan((kind,)), fields)


def _geojson(catalogue: Catalogue, kinds: tuple[str, ...]) -> Iterator[bytes]:
    before = b'{"type":"FeatureCollection","features":['
    for feature in features(catalogue, kinds):
        yield before + orjson.dumps(feature)
        before = b","
    yield b"]}" if before == b"," else before + b"]}"
