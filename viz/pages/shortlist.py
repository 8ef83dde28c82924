"""What a visitor chose, kept in the address: shown with its reasons, taken away one by one, given as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from graph.match.base import Subject
from ontology.errors import NotFoundError
from viz.pages.cards import Card, card
from viz.pages.matching import Line, lines
from viz.pages.tables import table
from viz.site import Asked


@dataclass(frozen=True)
class Picked:
    """One line of the shortlist, with the address that takes it away."""

    card: Card
    line: Line | None
    without_url: str


def picked(asked: Asked, subject: Subject, picks: Sequence[str]) -> tuple[Picked, ...]:
    """The shortlist of an address; an id that means nothing is passed over."""
    data = asked.ground.data
    found = []
    for pick in picks:
        id_ = data.catalogue.resolve([pick])[0]
        record = data.catalogue.records([id_])[0] if id_ else None
        if record is None or id_ is None:
            continue
        try:
            line = next(
                iter(
                    lines(
                        asked, [data.matcher.explain(subject, id_, as_of=asked.ground.today)], picks
                    )
                ),
                None,
            )
        except NotFoundError:
            line = None
        rest = [one for one in picks if one != pick]
        found.append(Picked(card(asked, record), line, asked.link(pick=rest or None)))
    return tuple(found)


def shortlist_csv(asked: Asked, subject: Subject, picks: Sequence[str], name: str) -> Response:
    """The shortlist as CSV: name, kind, score, whether it may, reasons, sources."""
    say = asked.speech.say
    head = [say("name"), say("kind"), "id"]
    head += [say(w) for w in ("score", "may it", "reasons", "sources")]
    return table(
        f"resurse-{name}", head, [_row(asked, one) for one in picked(asked, subject, picks)]
    )


def _row(asked: Asked, one: Picked) -> list[str]:
    label = one.card.name.get(asked.lang) or next(iter(one.card.name.values()), one.card.id)
    cells = [label, one.card.kind_label, one.card.id]
    if one.line is None:
        return [*cells, "", "", "", ""]
    pages = [p.source.url for why in one.line.why for p in why.proofs if p.source]
    return [
        *cells,
        str(one.line.score),
        one.line.eligible_label,
        "; ".join(f"{why.name}: {why.text}" for why in one.line.why),
        "; ".join(dict.fromkeys(url for url in pages if url)),
    ]
