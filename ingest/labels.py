"""Codes and topics by what people call them: a clerk writes `Educație` or `asociație`, not their slugs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from ontology.cleaning import bare
from ontology.errors import Said
from ontology.kinds import tidy
from ontology.loading import load_model


def topic_of(item: str) -> str | None:
    """The slug of a topic that is named by its slug or by its label in either language."""
    return item if item in load_model().topics else _topics().get(_folded(item))


def code_of(code_list: str, item: str) -> str | None:
    """The value of a code that is named by its value or by its label in either language."""
    return (
        item
        if item in load_model().codes[code_list].codes
        else _codes(code_list).get(_folded(item))
    )


def _folded(text: str) -> str:
    return bare(tidy(text)).replace("_", " ").replace("-", " ")


@cache
def _topics() -> Mapping[str, str]:
    return _by_name((topic.slug, topic.label) for topic in load_model().topics.values())


@cache
def _codes(name: str) -> Mapping[str, str]:
    return _by_name((code.value, code.label) for code in load_model().codes[name].codes.values())


def _by_name(named: Iterable[tuple[str, Said]]) -> Mapping[str, str]:
    """By each folded name the word that it stands for; names of several are left out."""
    pairs = {(_folded(name), word) for word, label in named for name in (word, label.ro, label.en)}
    count = Counter(name for name, _ in pairs)
    return {name: word for name, word in pairs if count[name] == 1}
