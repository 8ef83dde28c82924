"""The topics of the ontology as things on the map, so that they have pages and can be linked to."""

from collections.abc import Iterator
from typing import Any

from ontology.entity import Entity
from ontology.loading import load_model


def crawl(_context: Any) -> Iterator[Entity]:
    """One Topic per concept of the scheme."""
    for topic in load_model().topics.values():
        entity = Entity.of("Topic", topic.id, origin=f"topics.ttl, {topic.slug}")
        entity.add("label", topic.label.ro, lang="ro")
        entity.add("label", topic.label.en, lang="en")
        entity.add("description", topic.definition.ro, lang="ro")
        entity.add("description", topic.definition.en, lang="en")
        entity.add("identifiers", topic.slug, scheme="topic")
        for names in topic.alt.values():
            for name in names:
                entity.add("altLabels", name)
        for slug in topic.broader:
            entity.add("broader", f"topic/{slug}")
        for goal in topic.sdg:
            entity.add("sdg", goal)
        for concept in topic.eurovoc:
            entity.add("eurovoc", f"http://eurovoc.europa.eu/{concept}")
        for code in topic.cofog:
            entity.add("cofog", code)
        yield entity
