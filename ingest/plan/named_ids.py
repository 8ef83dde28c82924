"""The ids of things that a plan names and nobody else has named yet."""

from __future__ import annotations

import re

from ingest.mapping import slug
from ingest.plan.document import PlanDocument
from ingest.plan.funds import FUNDS
from ingest.plan.records import PlanNamed

_ACTS = {"law": "lege", "oug": "oug", "directive": "directiva-ue", "regulation": "regulament-ue"}


def city_of(doc: PlanDocument) -> str:
    """`-iasi`: what tells one city's strategy from another's of the same name."""
    return f"-{slug(doc.plan.city)}" if doc.plan.city else ""


def act_id(act: PlanNamed, city: str) -> str:
    """`act/lege-52-2003`, `act/hcl-iasi-100-2024`, or a slug of its name and date."""
    number = (act.number or "").replace("/", "-")
    year = (act.date or "")[:4]
    if act.type == "hcl" and number:
        return f"act/hcl{city}-{number}" + (f"-{year}" if year else "")
    if act.type in _ACTS and number:
        return f"act/{_ACTS[act.type]}-{number}"
    if act.type == "draft_law":
        return f"act/proiect-lege-{slug(act.title or act.name, 60)}" + (f"-{year}" if year else "")
    return f"act/{slug(act.name)}"


def is_phrase(name: str) -> bool:
    """Whether a name is a phrase for several funds (`planurile de finanțare …`), not one of them."""
    return name[:1].islower() and not re.match(r"(?:sub)?programul|fondul|mecanismul", name)


def programme_id(one: PlanNamed, city: str) -> str:
    """The id of a fund open to every city, or of one of this city's own."""
    full = one.title if one.title in FUNDS.values() else None
    if full:
        return f"programme/{slug(full)}"
    return f"programme/{slug(re.sub(r'(?i)^programului', 'programul', one.name))}{city}"
