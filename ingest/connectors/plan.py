"""A reviewed plan.yml as a source: the bundled plan, and any that a clerk hands over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import yaml

from ingest.context import Context
from ingest.declaration import load_source
from ingest.plan import load_plan_yaml, plan_entities, plan_id_of
from ingest.plan.things import DECIDED
from ingest.source import Source
from ontology.entity import Entity


def crawl(context: Context) -> Iterator[Entity]:
    """Every thing the plan states; names of bodies, acts and platforms are looked up among what is held."""
    document = load_plan_yaml(context.path(str(context.options["plan"])))

    def known(name: str) -> str | None:
        if name.startswith(DECIDED):
            return (
                context.identify.decided(name.removeprefix(DECIDED)) if context.identify else None
            )
        return context.resolve(name) or context.named(name)

    made = list(
        plan_entities(document, plan_id=plan_id_of(document, context.resolve), resolver=known)
    )
    if context.identify is not None:
        context.identify.ask(made, document.plan.city)
    yield from made


def plan_source(path: Path, folder: Path) -> Source:
    """A plan.yml as a source of its own: it is checked, copied into the home and declared there.

    Raises FileError naming the key that is wrong.
    """
    document = load_plan_yaml(path)
    slug = plan_id_of(document, None).replace("/", "-")
    own = folder / slug
    own.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, own / "plan.yml")
    title = document.plan.title or slug
    declared = {
        "slug": slug,
        "title": {"ro": title, "en": title},
        "publisher": document.plan.city or "",
        "priority": 15,
        "connector": "plan",
        "identity": False,
        "options": {"plan": "./plan.yml"},
    }
    (own / "source.yml").write_text(
        yaml.safe_dump(declared, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return load_source(own)
