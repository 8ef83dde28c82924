"""The plan itself stands among the strategies: that row is the plan, known here by another id."""

from collections.abc import Iterator, Mapping
from typing import Any

from ontology.entity import Entity
from ontology.kinds import KINDS


def extend(entity: Entity, row: Mapping[str, str], context: Any) -> Iterator[Entity]:
    """Says which strategies exist, which are promised, and which laws are drafts."""
    states = context.options["strategies"]
    if entity.cls.name == "Strategy":
        entity.add("status", states.get(row["id"], states["otherwise"]))
    if entity.cls.name == "Plan":
        entity.add("adopted", KINDS["calendar"].clean(row["date"]))
        for item in context.items(row["concerns"]):
            entity.add("preparedBy", context.refer(item, "concerns"))
    return iter(())
