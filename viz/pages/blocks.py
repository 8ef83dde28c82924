"""The lists of the match page: partners, money, councils and the rest, each with the reasons of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue.base import Record
from graph.match.base import Subject
from graph.match.score import FEATURES, check_weights, weights_for
from ontology.errors import Said
from viz.asked import Asked
from viz.pages.applying import Judged, for_applicant
from viz.pages.matching import Line, lines
from viz.pages.sorts import SortChoice, filter_for, sort_asked, sort_choices

FIRST = 12
"""Lines of one list."""

WANT: Mapping[str, tuple[str, ...]] = {
    "ORGANISATION": ("PROGRAMME", "CALL", "ACTION", "ORGANISATION", "COUNCIL", "WORKING_GROUP"),
    "CALL": ("ORGANISATION", "PROJECT", "ACTION"),
    "PROGRAMME": ("ORGANISATION", "PROJECT", "ACTION"),
    "TEXT": ("ORGANISATION", "PROGRAMME", "CALL", "COUNCIL", "WORKING_GROUP", "PROJECT"),
}
"""What is shown for each kind of subject when the visitor does not say."""

DEFAULT = ("ORGANISATION", "PROGRAMME", "CALL", "COUNCIL", "WORKING_GROUP")
MONEY = ("PROGRAMME", "CALL")
GROUPS: tuple[tuple[tuple[str, ...], Said], ...] = (
    (("ORGANISATION",), Said("Parteneri", "Partners")),
    (MONEY, Said("Bani", "Money")),
    (
        ("COUNCIL", "WORKING_GROUP"),
        Said("Consilii și grupuri de consultat", "Councils and groups to consult"),
    ),
    (("ACTION",), Said("Acțiuni din plan care au nevoie de asta", "Plan actions that need this")),
    (("PROJECT",), Said("Proiecte asemănătoare", "Similar projects")),
    (("PLATFORM",), Said("Platforme", "Platforms")),
)


@dataclass(frozen=True)
class Block:
    """One list of matches; `note` says why it is empty, `sorts` narrow it to some organisations.

    `refused` are the lines that a stated rule closes to who would apply.
    """

    title: str
    lines: tuple[Line, ...]
    refused: tuple[Line, ...]
    sorts: tuple[SortChoice, ...]
    note: str


def moved(asked: Asked) -> dict[str, float]:
    """Weights that the visitor moved, as factors: 50 in the address means the weight we use."""
    found = {}
    for name in FEATURES:
        text = asked.one(f"w-{name}")
        if text and text != "50":
            found[name] = asked.number(f"w-{name}", 50, 0, 100) / 50
    return found


def _weights(asked: Asked, kinds: tuple[str, ...]) -> dict[str, float]:
    base = weights_for(kinds[0] if kinds else "ORGANISATION", {})
    return check_weights({name: base[name] * factor for name, factor in moved(asked).items()})


def blocks(
    asked: Asked, subject: Subject, chosen: tuple[str, ...], applicant: Record | None
) -> tuple[Block, ...]:
    """A list for each group of kinds that is chosen."""
    made = []
    for group, title in GROUPS:
        kinds = tuple(kind for kind in group if kind in chosen)
        if kinds:
            made.append(_block(asked, subject, kinds, title(asked.lang), applicant))
    return tuple(made)


def _block(
    asked: Asked, subject: Subject, kinds: tuple[str, ...], title: str, applicant: Record | None
) -> Block:
    partners, applying = kinds == ("ORGANISATION",), kinds[0] in MONEY and applicant is not None
    found = asked.ground.data.matcher.match(
        subject,
        kinds,
        first=2 * FIRST if applying else FIRST,
        filter=filter_for(sort_asked(asked)) if partners else None,
        include_ineligible=asked.one("all") == "1",
        weights=_weights(asked, kinds),
        as_of=asked.ground.today,
    )
    told = lines(asked, found.matches, asked.many("pick"))
    judged = Judged(told, ())
    if applying and applicant is not None:
        judged = for_applicant(asked, subject, told, applicant)
    return Block(
        title,
        judged.lines[:FIRST],
        judged.refused,
        sort_choices(asked) if partners else (),
        found.note(asked.lang) if found.note else "",
    )
