"""A quarter's point needs two columns; and every row of this file is a quarter."""

from collections.abc import Iterator, Mapping

from ontology.entity import Entity
from ontology.kinds import KINDS


def extend(entity: Entity, row: Mapping[str, str], _context: object) -> Iterator[Entity]:
    """Adds the point (WGS 84) and says what kind of place it is."""
    entity.add("placeType", "neighbourhood")
    if row["latitude"] and row["longitude"]:
        entity.add("location", KINDS["point"].clean(f"{row['latitude']}, {row['longitude']}"))
    return iter(())
