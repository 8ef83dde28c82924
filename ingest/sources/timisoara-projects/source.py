"""Money of projects: an award becomes a grant, any other sum stays what it is, a stated amount."""

from collections.abc import Iterator, Mapping
from typing import Any

from ontology.entity import Entity
from ontology.kinds import KINDS


def extend(entity: Entity, row: Mapping[str, str], context: Any) -> Iterator[Entity]:
    """Says what kind of sum the row gives; a Grant where it states an award to a named body."""
    money = context.lines(context.options["money"], "id").get(row["id"], {})
    status = money.get("amount_status")
    entity.add("status", "funded" if status == "awarded" else "unknown")
    if entity.first("amount") is not None:
        entity.add("amountStatus", status or "unknown")
    if status == "awarded" and entity.first("lead") is not None:
        yield _grant(entity, row, money, context)


def _grant(
    project: Entity, row: Mapping[str, str], money: Mapping[str, str], context: Any
) -> Entity:
    call = context.lines(context.options["calls"], "id")[row["fund"]]
    grant = Entity.of("Grant", f"grant/{project.id.removeprefix('project/')}")
    grant.add("label", row["title"], lang="ro")
    grant.add("recipient", project.first("lead"))
    grant.add("funder", context.refer(call["funder"], "fund"))
    grant.add("call", project.first("calls"))
    grant.add("project", project.id)
    grant.add("amount", project.first("amount"))
    grant.add("currency", row["currency"])
    if when := money["awarded"] or row["year"]:
        grant.add("awarded", KINDS["calendar"].clean(when))
    for topic in context.items(row["topics"]):
        grant.add("topics", f"topic/{topic}")
    return grant
