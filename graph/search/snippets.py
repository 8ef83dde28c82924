"""The passage of a document that answers a query, as it is written, its words marked."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from graph.search.documents import Document
from graph.search.text import LANGS, STEMMED, WRITTEN, fold

LENGTH: Final = 200
"""Characters of a snippet, about; it begins and ends between words."""

Place = tuple[int, int, str]
"""Where an answer starts and ends, and the word of the query it answers."""

_folded = lru_cache(maxsize=100_000)(fold)


@dataclass(frozen=True)
class Finder:
    """Recognises the words of a query in a text: in any form, begun, or looking alike.

    `stems` give a query word by its stem, with what stems a word, for each language; `alike` by a
    word of the documents that looks like it; `begun` are beginnings of words.
    """

    words: frozenset[str]
    stems: tuple[tuple[Callable[[str], str], Mapping[str, str]], ...]
    alike: Mapping[str, str]
    begun: tuple[str, ...] = ()
    _seen: dict[str, list[Place]] = field(default_factory=dict, compare=False, repr=False)
    _known: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls, words: Iterable[str], alike: Mapping[str, str], begun: tuple[str, ...] = ()
    ) -> Finder:
        """A finder for folded words."""
        kept = tuple(words)
        stems = tuple(
            (stemmed, {stemmed(word): word for word in kept}) for stemmed in STEMMED.values()
        )
        return cls(frozenset(kept), stems, alike, begun)

    def asked(self, folded: str) -> str | None:
        """The word of the query that a folded word of a text answers."""
        if folded in self.words:
            return folded
        for stemmed, words in self.stems:
            stem = stemmed(folded)
            if stem in words:
                return words[stem]
        alike = self.alike.get(folded)
        if alike is None and self.begun:
            return next(filter(folded.startswith, self.begun), None)
        return alike

    def places(self, text: str) -> list[Place]:
        """Every answer in a text."""
        if text not in self._seen:
            self._seen[text] = [
                (match.start(), match.end(), word)
                for match in WRITTEN.finditer(text)
                if (word := self._answered(match.group())) is not None
            ]
        return self._seen[text]

    def _answered(self, written: str) -> str | None:
        """What `asked` says of a word as it is written; each is looked at once."""
        if written not in self._known:
            self._known[written] = self.asked(_folded(written))
        return self._known[written]


def passages(document: Document, lang: str) -> Iterator[str]:
    """The texts of a document in the order they are preferred: in `lang` before the other."""
    langs = sorted(LANGS, key=lambda one: one != lang)
    for texts in (document.activities, document.name, document.rest):
        yield from (texts[one] for one in langs if texts.get(one))
    yield from document.aliases


def snippet(document: Document, finder: Finder, lang: str) -> str | None:
    """The passage with the most words of the query, safe as HTML, the words in <em>.

    Without any such word, the beginning of what the document says; None when it says nothing.
    """
    best, most = None, -1
    for text in passages(document, lang):
        found = len({word for _, _, word in finder.places(text)})
        if found > most:
            best, most = text, found
    if best is None:
        return None
    return _marked(unicodedata.normalize("NFC", best), finder)


def _marked(text: str, finder: Finder) -> str:
    places = finder.places(text)
    start, end = _window(text, places)
    made, at = ["…"] if start else [], start
    for left, right, _ in places:
        if start <= left and right <= end:
            made += [html.escape(text[at:left]), "<em>", html.escape(text[left:right]), "</em>"]
            at = right
    made += [html.escape(text[at:end]), "…" if end < len(text) else ""]
    return "".join(made).strip()


def _window(text: str, places: list[Place]) -> tuple[int, int]:
    """Where to cut: the stretch of LENGTH characters with the most different words."""
    if len(text) <= LENGTH * 1.3:
        return 0, len(text)
    starts = [max(0, left - LENGTH // 5) for left, _, _ in places] or [0]

    def holds(start: int) -> int:
        return len({w for left, right, w in places if start <= left and right <= start + LENGTH})

    start = max(starts, key=lambda one: (holds(one), -one))
    end = min(len(text), start + LENGTH)
    start = text.find(" ", start) + 1 if start else 0
    cut = text.rfind(" ", start, end) if end < len(text) else end
    return start, cut if cut > start else end
