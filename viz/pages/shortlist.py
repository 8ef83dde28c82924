"""What a visitor chose, kept in the address: shown with its reasons, taken away one by one, given as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from graph.catalogue.base import Record
from graph.match.base import Match, Subject
from ontology.errors import NotFoundError
from viz.asked import Asked
from viz.pages.cards import Card, cards
from viz.pages.matching import Line, lines
from viz.pages.tables import table


@dataclass(frozen=True)
class Picked:
    """One line of the shortlist, with the address that takes it away."""

    card: Card
    line: Line | None
    without_url: str


def picks_asked(asked: Asked) -> tuple[str, ...]:
    """The ids of the shortlist in the address, as things are called today; what means nothing is passed over."""
    found = asked.ground.data.catalogue.resolve(asked.many("pick"))
    return tuple(dict.fromkeys(id_ for id_ in found if id_))


def picked(
    asked: Asked, subject: Subject, picks: Sequence[str], ranked: Sequence[Match] = ()
) -> tuple[Picked, ...]:
    """The shortlist (`picks_asked`) with its reasons; `ranked` are matches of the page that need not be made again."""
    known = {match.id: match for match in ranked}
    matches = [known.get(id_) or _explained(asked, subject, id_) for id_ in picks]
    told = {line.pick: line for line in lines(asked, [m for m in matches if m is not None], picks)}
    shown = {one.id: one for one in cards(asked, picks)}
    return tuple(
        Picked(
            shown[id_],
            told.get(id_),
            asked.link(pick=[one for one in picks if one != id_] or None),
        )
        for id_ in picks
        if id_ in shown
    )


def _explained(asked: Asked, subject: Subject, id_: str) -> Match | None:
    """The pair in full; None for a kind of thing that is never a match."""
    try:
        return asked.ground.data.matcher.explain(subject, id_, as_of=asked.ground.today)
    except NotFoundError:
        return None


def shortlist_csv(asked: Asked, subject: Subject, picks: Sequence[str], name: str) -> Response:
    """The shortlist as CSV: name, kind, score, whether it may, reasons, sources, and where to find it."""
    say = asked.speech.say
    head = [say("name"), say("kind"), "id"]
    head += [say(w) for w in ("score", "may it", "reasons", "sources")]
    head += [say(w) for w in ("website", "town", "address")]
    chosen = picked(asked, subject, picks)
    records = asked.ground.data.catalogue.records([one.card.id for one in chosen])
    rows = zip(chosen, records, strict=True)
    return table(
        f"resurse-{name}", head, [[*_row(asked, one), *_where(asked, held)] for one, held in rows]
    )


def _where(asked: Asked, record: Record | None) -> list[str]:
    """Its site, town and address, as far as they are known."""
    names = ("homepage", "city", "address")
    return [(record.text(name, asked.lang) if record is not None else None) or "" for name in names]


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
