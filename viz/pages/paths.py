"""How two things hang together: the shortest paths between them, each step with its source."""

from __future__ import annotations

from dataclasses import dataclass

from graph.network import cite, paths
from viz.asked import Asked
from viz.pages.named import Doubt, doubt, meant


@dataclass(frozen=True)
class Step:
    """One statement of a path, with the page it was read from."""

    text: str
    source_title: str | None
    source_url: str | None


def paths_between(
    asked: Asked, start: str, end: str
) -> tuple[tuple[tuple[Step, ...], ...], str, tuple[Doubt, ...]]:
    """Paths between two things, or why there are none: nothing ties them, or a name is no exact one."""
    if not start or not end:
        return (), "", ()
    data, lang = asked.ground.data, asked.lang
    ends = [meant(asked, start), meant(asked, end)]
    doubts = tuple(
        doubt(asked, given, found.near, **{name: "{id}"})
        for name, given, found in zip(("from", "to"), (start, end), ends, strict=True)
        if found.record is None
    )
    one, other = (found.record.id if found.record else "" for found in ends)
    if doubts:
        return (), "", doubts
    found = paths(data.network, one, other)
    if not found:
        return (), asked.speech.say("No path of at most six steps ties them."), ()
    made = []
    for path in found:
        links = cite(data.catalogue, [step.link for step in path.steps])
        pages = data.catalogue.source([link.sources[0] if link.sources else "" for link in links])
        made.append(
            tuple(
                Step(
                    step.text(data.network, lang),
                    page.title if page else None,
                    page.url if page else None,
                )
                for step, page in zip(path.steps, pages, strict=True)
            )
        )
    return tuple(made), "", ()
