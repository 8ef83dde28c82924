"""Members of councils and groups, given as ids and as plain names; the first quarter is the seat."""

from collections.abc import Iterator, Mapping
from typing import Any

from ontology.entity import Entity


def extend(entity: Entity, row: Mapping[str, str], context: Any) -> Iterator[Entity]:
    """One Membership per member; a member without an id has its name only."""
    place = entity.first("places")
    if place is not None:
        entity.add("place", place)
    for item in context.items(row["members"]):
        if context.is_key(item):
            yield context.membership(context.refer(item, "members"), entity.id)
        else:
            yield context.named_member(item, entity.id)
