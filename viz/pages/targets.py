"""Targets of the plan: what each wants in figures, and what is known of its progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue.base import Record
from ontology.loading import load_model
from viz.asked import Asked


@dataclass(frozen=True)
class TargetLine:
    """A target: its text, what it wants in figures, what was reported, met or not where it can be counted."""

    text: Mapping[str, str]
    wanted: str
    progress: str
    met: bool | None
    counted: str


UNITS: Mapping[str, tuple[str, str]] = {
    "person": ("%(n)s person", "%(n)s people"),
    "organisation": ("%(n)s organisation", "%(n)s organisations"),
    "project": ("%(n)s project", "%(n)s projects"),
    "dataset": ("%(n)s dataset", "%(n)s datasets"),
    "working-group": ("%(n)s working group", "%(n)s working groups"),
    "partnership": ("%(n)s partnership", "%(n)s partnerships"),
    "funding-source": ("%(n)s funding source", "%(n)s funding sources"),
    "resource": ("%(n)s resource", "%(n)s resources"),
    "model": ("%(n)s model", "%(n)s models"),
    "document": ("%(n)s document", "%(n)s documents"),
    "platform": ("%(n)s platform", "%(n)s platforms"),
    "event": ("%(n)s event", "%(n)s events"),
    "item": ("%(n)s item", "%(n)s items"),
}
"""What targets count, in the singular and the plural; a unit that is not here is named after the figure."""


def _measured_in(asked: Asked, value: float, unit: str) -> str:
    """A figure with its unit: `50 people`, `3%`."""
    speech = asked.speech
    if unit in UNITS and float(value).is_integer():
        return speech.count(*UNITS[unit], int(value))
    if unit == "percent":
        return speech.percent(value)
    units = load_model().codes["Unit"].codes
    name = units[unit].label(asked.lang) if unit in units else ""
    return f"{speech.number(value)} {name}".strip()


_SIGNS = {"atLeast": "≥\u00a0", "atMost": "≤\u00a0", "approximately": "≈\u00a0"}


def wanted(asked: Asked, record: Record) -> str:
    """The figure of a target: `≥ 50 persons`, `2 – 4`, `≈ 1 %`."""
    values, speech = record.values, asked.speech
    unit = str(values.get("unit") or "")
    if values.get("lower") is not None and values.get("upper") is not None:
        upper = _measured_in(asked, values["upper"], unit)
        figure = f"{speech.number(values['lower'])} – {upper}"
    elif values.get("value") is not None:
        sign = _SIGNS.get(str(values.get("comparator")), "")
        figure = sign + _measured_in(asked, values["value"], unit)
    else:
        return ""
    rate = speech.say("a year") if values.get("ratePeriod") == "P1Y" else ""
    return f"{figure} {rate}".strip()


def target_line(asked: Asked, record: Record, met: Mapping[str, tuple[bool, int]]) -> TargetLine:
    """A target with what was reported about it."""
    catalogue, speech = asked.ground.data.catalogue, asked.speech
    reports = [
        r
        for r in catalogue.records(catalogue.links([record.id], "reports")[record.id])
        if r is not None
    ]
    dated = sorted(
        (r for r in reports if r.values.get("value") is not None),
        key=lambda r: str(r.values.get("date")),
    )
    progress = ""
    if dated:
        last = dated[-1].values
        progress = speech.say(
            "%(value)s on %(day)s",
            value=speech.number(last["value"]),
            day=speech.day(last.get("date")),
        )
    held = met.get(record.id)
    counted = speech.say("the map counts %(n)s", n=speech.number(held[1])) if held else ""
    return TargetLine(
        record.values.get("text") or record.values.get("label") or {},
        wanted(asked, record),
        progress,
        held[0] if held else None,
        counted,
    )
