"""How ranking works (from the features' own words), accessibility statement, data protection, interfaces."""

from __future__ import annotations

from dataclasses import dataclass

from graph.match.features import described
from graph.match.score import FEATURES, WEIGHTS
from ontology.errors import Said
from viz.asked import Asked, PageDef
from viz.pages.matching import FEATURE_NAMES

GROUPS = {
    "ORGANISATION": Said("organizații", "organisations"),
    "MONEY": Said("bani", "money"),
    "BODY": Said("consilii și grupuri", "councils and groups"),
    "OTHER": Said("altele", "others"),
}


@dataclass(frozen=True)
class FeatureLine:
    """A feature: its name in queries, what it is called, what it looks at, its weight for each kind of candidate."""

    name: str
    label: str
    text: str
    weights: tuple[str, ...]


@dataclass(frozen=True)
class AboutPage:
    """`groups` heads the table of weights."""

    features: tuple[FeatureLine, ...]
    groups: tuple[str, ...]


def build(asked: Asked) -> AboutPage:
    """The about page."""
    texts, lang = described(), asked.lang
    lines = tuple(
        FeatureLine(
            n,
            FEATURE_NAMES[n](lang),
            texts[n](lang),
            tuple(asked.speech.number(WEIGHTS[g][n]) for g in GROUPS),
        )
        for n in FEATURES
    )
    return AboutPage(lines, tuple(words(lang) for words in GROUPS.values()))


PAGES = (PageDef("about", "/about", build, "about.html", AboutPage),)
