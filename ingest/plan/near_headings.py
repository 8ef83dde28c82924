"""Knows a heading of the template that is misspelt, misread or worded otherwise.

Only where a commitment lacks the field: a label that is nearly the template's own, or whose first
words say what it heads (`Scurtă descriere:`, `Durata:`), opens it. What stands inside an item or a
sentence is no label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

FIELD_NAMES: dict[str, str] = {
    "descriere": "description",
    "obiectiv general": "objectives",
    "obiective": "objectives",
    "context si problema vizata": "problem",
    "posibili actori implicati": "actors",
    "actori implicati": "actors",
    "relevanta locala": "relevance.local",
    "relevanta nationala": "relevance.national",
    "relevanta internationala": "relevance.international",
    "rezultate tintite": "targets",
    "rezultate asteptate": "targets",
    "calendar estimativ": "calendar",
    "perioada de implementare": "calendar",
    "actiuni": "actions",
    "activitati": "actions",
}
"""The template's headings, folded, as they should be spelt."""

_STEMS: tuple[tuple[str, str], ...] = (
    (r"(?:local|community) relevance", "relevance.local"),
    (r"national relevance", "relevance.national"),
    (r"(?:international|european|global) relevance", "relevance.international"),
    (r"corel\w+\b.*\b(?:local|comunita|oras|municip)\w*", "relevance.local"),
    (r"corel\w+\b.*\bnational\w*", "relevance.national"),
    (r"corel\w+\b.*\b(?:internationa|europea|global)\w*", "relevance.international"),
    (r"relevant\w*\b.*\b(?:local|comunita|oras|municip)\w*", "relevance.local"),
    (r"relevant\w*\b.*\bnational\w*", "relevance.national"),
    (r"relevant\w*\b.*\b(?:internationa|europea|global)\w*", "relevance.international"),
    (r"(?:nivel|plan) local\b", "relevance.local"),
    (r"(?:nivel|plan) national\b", "relevance.national"),
    (r"(?:nivel|plan) (?:international|european)\b", "relevance.international"),
    (
        r"descri\w+|prezentare\w*|rezumat\w*|sumar\b|pe scurt\b|summary|despre angajament\w*|ce propunem",
        "description",
    ),
    (
        r"obiectiv\w*|scop(?:ul|uri|urile)?\b|objectives?\b|goals?\b|tel(?:ul|uri)?\b|ce (?:urmarim|ne propunem)",
        "objectives",
    ),
    (
        r"context\w*|problem\w*|nevo(?:ia|ile|i|ie)\b|provoca(?:re|rea|ri)\b|challenges?\b|situatia (?:actuala|existenta)|de ce (?:este|e) nevoie",
        "problem",
    ),
    (
        r"actor(?:i|ii)\b|partener(?:i|ii|ul)?\b|parti(?:le)? interesate|(?:institutii|organizatii|entitati|persoane|factori)(?: si (?:institutii|organizatii|entitati|persoane))? (?:implicat|interesat|responsabil|partener)\w*"
        r"|cine (?:se (?:poate )?implica|participa|poate (?:fi implicat|participa))|colaborator\w*|stakeholders?\b|actors?\b|partners?\b",
        "actors",
    ),
    (
        r"rezultat\w*|tint(?:a|e|ele)\b|indicator\w*|livrabil\w*|efecte(?:le)? asteptate|results?\b|outcomes?\b|outputs?\b|targets?\b|deliverables?\b|ce (?:vom|vrem sa) (?:livra|obtine|realiza)\w*",
        "targets",
    ),
    (
        r"calendar\w*|perioad\w*|termen\w*|durat[ae]\w*|interval\w*|grafic\w*|orizont\w* de timp|esalonare\w*|planificare\w* in timp|cand\b|time(?:line|frame)\b|schedule\b|period\b",
        "calendar",
    ),
    (
        r"actiun\w*|activitat\w*|masuri(?:le)?\b|pas(?:i|ii)\b|etape(?:le)?\b|demersuri(?:le)?\b|actions\b|activities\b|steps\b",
        "actions",
    ),
)
_STEMMED = tuple((re.compile(pattern), name) for pattern, name in _STEMS)
_LEADING = re.compile(
    r"(?:(?:scurta|principal(?:ul|ele|a)?|posibil(?:i|ii)?|lista|tabel(?:ul)?|alti|cu|la|pe|de|si|in|general|specific|possible|potential|relevant|targeted|expected|estimated|indicative|planned|proposed|list of) )*"
)
_SENTENCE = re.compile(r"\b(?:este|e|sunt|era|are|au|se|va|vor|sa|nu|prin|pentru|care|ce|din)\b")
_LABEL = re.compile(
    r"(?P<lead>[^\S\n]*[\[(_*#=|]*\s?(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s{1,2})?[\[_*\"]*)"
    r"(?P<words>[a-z0-9|][a-z0-9|/()' -]{2,72}?)"
    r"(?P<end>\](?=\s)|\.{2,12}\s?:?(?=\s)|[\])_*\"]*\s?(?::[:*_-]{0,3}(?=\s|$|[a-z])|[.;](?=\s|$)|-{1,2}(?=\s|$)|(?=[\n\t\f]|$))[\])_*]*)"
)
_MISREAD = str.maketrans("01|5", "ollS".lower())
_TWO_NAMES = re.compile(r"([^/()]+?) ?(?:/|\() ?([^/()]+?)\)?")
_ENOUGH = 0.84


def read_label(folded: str, at: int) -> tuple[str, int, bool] | None:
    """(field, where the label ends, whether it is spelt as the template has it) of a label at `at`.

    `folded` is the whole text; `at` is where a paragraph or cell begins.
    """
    match = _LABEL.match(folded, at, at + 90)
    if match is None:
        return None
    words, end = " ".join(match["words"].split()), match["end"]
    name, exact = _name(words)
    if name is None and (parts := _TWO_NAMES.fullmatch(words)) is not None:
        # the same heading in two languages
        name, exact = next(
            (made for part in parts.groups() if (made := _name(part))[0]), (None, False)
        )
    if name is None or (not exact and ":" not in end and ".." not in end):
        return None
    if exact and words != match["words"] and len(words) < 4:
        return None
    return name, match.end(), exact


def _name(words: str) -> tuple[str | None, bool]:
    plain = words.translate(_MISREAD).strip(" -()")
    close = plain.replace(" ", "").replace("-", "")
    best, name = 0.0, None
    for heading, field in FIELD_NAMES.items():
        written = heading.replace(" ", "")
        if abs(len(written) - len(close)) > 3:
            continue
        alike = Levenshtein.normalized_similarity(close, written)
        if alike > best:
            best, name = alike, field
    if best >= _ENOUGH:
        return name, best == 1.0
    return _by_stem(words), False


def _by_stem(words: str) -> str | None:
    if len(words.split()) > 6 or (
        _SENTENCE.search(words) and not words.startswith(("relevant", "ce ", "de ce ", "cine "))
    ):
        return None
    start = _LEADING.match(words)
    rest = words[start.end() :] if start else words
    return next((name for pattern, name in _STEMMED if pattern.match(rest)), None)


def label_starts(clean: str) -> Iterator[int]:
    """Where paragraphs and cells begin."""
    yield 0
    for match in re.finditer(r"[\n\t\f][ ]*(?=[^\s])", clean):
        yield match.end()
