"""Whether a platform runs today is not in the file: unknown."""

from collections.abc import Iterator, Mapping

from ontology.entity import Entity


def extend(entity: Entity, _row: Mapping[str, str], _context: object) -> Iterator[Entity]:
    """Says that the status is unknown."""
    entity.add("status", "unknown")
    return iter(())
