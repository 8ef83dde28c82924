"""The paragraphs of a commitment as they were found, each under the heading it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.plan.anchors import Anchor
from ingest.plan.text import Span

_DANGLING = re.compile(
    r"(?:^|\s)(?:a|al|ai|ale|ca|care|ce|cel|cea|cu|dar|de|despre|din|dintre|dintr-o|dintr-un|fara|iar|in|"
    r"intr-o|intr-un|intre|la|la care|o|pe|pentru|prin|privind|sa|sau|se|si|spre|sub|un|"
    r"unei|unor|unui|asupra|catre|conform|contra|datorita|respectiv|precum|nr\.?|art\.?|,|-)$"
)


@dataclass
class Part:
    """A paragraph of a field. `moved`: it stood apart from its field and was joined to it."""

    span: Span
    moved: bool = False


@dataclass
class RawCommitment:
    """A commitment's headings and the paragraphs under each."""

    anchor: Anchor
    title: list[Span] = field(default_factory=list)
    fields: dict[str, list[Part]] = field(default_factory=dict)
    actions: list[tuple[Anchor, list[Part]]] = field(default_factory=list)
    loose: list[Span] = field(default_factory=list)
    """Text under the title with no heading of its own."""
    end: int = 0


def dangling(text: str) -> bool:
    """Whether a folded text stops where a sentence cannot: after a preposition or a comma."""
    return _DANGLING.search(text.rstrip()) is not None
