"""Memberships of organisations in other bodies: each is a thing of its own, with two ends."""

from collections.abc import Iterator, Mapping
from typing import Any

from ontology.entity import Entity


def extend(entity: Entity, row: Mapping[str, str], context: Any) -> Iterator[Entity]:
    """One Membership per body that the row names."""
    for item in context.items(row["memberships"]):
        body = context.refer(item, "memberships")
        yield context.membership(entity.id, body)
