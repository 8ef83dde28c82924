"""Held things that a new one may be, by the words of their names: questions for a person, no answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue.base import Catalogue, Record
from graph.catalogue.schema import sort_key
from ingest.identity.decision import Decision

KINDS = {"Platform": "PLATFORM", "Strategy": "STRATEGY", "WorkingGroup": "WORKING_GROUP"}
"""The classes of things that documents name in words of their own."""

_COMMON = frozenset(
    re.findall(
        r"\S+",
        "a al ale ai de din despre in la pe pentru prin privind cu si sau unui unei un o strategia strategiei "
        "platforma platformei portal portalul site website web pagina pagini digital digitala instrument aplicatie "
        "aplicatia repository online registru grup grupul grupului lucru nou noua proprie municipiului orasului",
    )
)


def alike(catalogue: Catalogue, class_name: str, label: str, city: str | None) -> Iterator[Record]:
    """The held things of a class that have every telling word of the name, or the name theirs.

    The city's own name tells nothing. One word is too little, but for a strategy.
    """
    kind = KINDS.get(class_name)
    wanted = _words(label, city)
    least = 1 if kind == "STRATEGY" else 2
    if kind is None or len(wanted) < least:
        return
    for record in catalogue.scan((kind,)):
        held = _words(record.label(), city)
        if len(held) >= least and (wanted <= held or held <= wanted):
            yield record


def question(record: Record, id_: str, label: str) -> Decision:
    """The row of the decisions file that asks whether a held thing and a new one are the same."""
    why = f"au aceleași cuvinte: {record.label()} / {label}"
    return Decision(record.id, id_, "", "", "", why, record.label(), label, "")


def _words(name: str, city: str | None) -> frozenset[str]:
    own = set(re.findall(r"\w+", sort_key(city or "")))
    found = re.findall(r"[a-z]{3,}", sort_key(name))
    return frozenset(word[:6] for word in found if word not in _COMMON and word not in own)
