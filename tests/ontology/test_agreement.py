"""Whatever is left out of a thing or put into it, the gate and pySHACL say the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from ontology.entity import Entity, Value
from ontology.kinds import KINDS
from ontology.loading import load_model
from ontology.model import PropertyDef
from ontology.shacl import check_graph
from ontology.validate import inspect

MODEL = load_model()
CLASSES = sorted(MODEL.classes.keys() - {"Resource", "EligibilityRule", "Relevance"})

POOLS: dict[str, list[object]] = {
    "text": ["Un text", "Alt text"],
    "string": ["RON", "lei", "A1", "A1.2", ""],
    "currency": ["RON", "EUR", "lei", "ron", ""],
    "integer": [-1, 0, 1, 17, 18, 1899, 2024, 2101],
    "decimal": [-0.5, 0.0, 3.0, 150.0, 5000.0],
    "percent": [-1.0, 0.0, 50.0, 100.5],
    "boolean": [True, False],
    "date": ["2029-12-31", "2030-01-01", "2030-01-01T10:00:00+02:00", "2030-02-30", "2032-06-01"],
    "calendar": ["2029", "2030", "2030-05", "2030-13", "2030-05-31", "2031-01-01"],
    "duration": ["P1Y", "P6M", "anual"],
    "url": ["https://example.org/x", "ftp://example.org/x"],
    "point": [(45.7, 21.2)],
    "reference": ["org/a", "council/a", "place/a", "call/a/2030", "topic/culture", "plan/a"],
    "identifier": ["14399840", "14399841", "0123", "1960101350011", "x"],
}


def test_every_kind_of_value_is_tried() -> None:
    drawn = {kind for kind in KINDS if kind not in ("code", "part")}
    assert drawn == POOLS.keys()


def _values(draw: Any, prop: PropertyDef) -> list[Value]:
    kind = prop.kind.name
    pool = list(MODEL.codes[prop.code_list].codes) if prop.code_list else POOLS[kind]
    chosen = draw(st.lists(st.sampled_from(pool), max_size=3, unique=True))
    langs = st.sampled_from(["ro", "en", "de"])
    schemes = st.sampled_from(["ro-cui", "timisoara"])
    return [
        Value(
            value,
            draw(langs) if kind == "text" else None,
            draw(schemes) if kind == "identifier" else None,
        )
        for value in chosen
    ]


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_both_engines_agree(
    data: st.DataObject,
    good: Callable[[str], Entity],
    to_rdf: Callable[[list[Entity]], Graph],
) -> None:
    entity = good(data.draw(st.sampled_from(CLASSES)))
    writable = [p for p in entity.cls.properties.values() if not p.inverse]
    for prop in data.draw(st.lists(st.sampled_from(writable), max_size=6)):
        if prop.kind.name == "part":
            entity.values.pop(prop.name, None)
        else:
            entity.values[prop.name] = _values(data.draw, prop)
    if data.draw(st.booleans()):
        entity.sources.clear()
    gate = {(f.subject, f.field, f.test, f.severity) for f in inspect([entity]).findings}
    shacl = {
        (f.subject, f.field, f.test, f.severity) for f in check_graph(to_rdf([entity])).findings
    }
    assert gate == shacl
