"""Texts from other systems as plain text: markup taken out, translations by language."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup

from ontology.kinds import tidy

_MARKUP = re.compile(r"<[a-zA-Z!/]|&[a-zA-Z#]")
_BLOCKS = ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote")


def plain(value: object) -> str:
    """Text without markup: scripts and styles go, paragraphs become lines."""
    if value is None:
        return ""
    text = str(value)
    if not _MARKUP.search(text):
        return tidy(text)
    page = BeautifulSoup(text, "lxml")
    for gone in page.find_all(["script", "style", "template", "iframe", "noscript"]):
        gone.decompose()
    for line in page.find_all(["br", *_BLOCKS]):
        line.append("\n") if line.name in _BLOCKS else line.replace_with("\n")
    lines = (tidy(line) for line in page.get_text().splitlines())
    return "\n".join(filter(None, lines))


def translated(value: Any, fallback: str) -> dict[str, str]:
    """A text by language: from `{translations: [{locale, text}]}`, a map, or one plain text.

    Languages other than ro and en are left out, unless there is nothing else: then the first
    one stands under `fallback`.
    """
    found: dict[str, str] = {}
    texts = _by_language(value, fallback)
    for lang, text in texts:
        if lang in ("ro", "en") and text:
            found.setdefault(lang, text)
    rest = next((text for _, text in texts if text), "")
    return found or ({fallback: rest} if rest else {})


def elsewhere(value: Any) -> list[str]:
    """The same text in languages other than ro and en: for a name, its other names."""
    texts = [(lang, text) for lang, text in _by_language(value, "ro") if text]
    others = [text for lang, text in texts if lang not in ("ro", "en")]
    return others if len(others) < len(texts) else others[1:]


def _by_language(value: Any, fallback: str) -> list[tuple[str, str]]:
    if isinstance(value, dict) and isinstance(value.get("translations"), list):
        told = (one for one in value["translations"] if isinstance(one, dict))
        pairs = [(str(one.get("locale")), one.get("text")) for one in told]
    elif isinstance(value, dict):
        pairs = [(str(k), v) for k, v in value.items()]
    else:
        pairs = [(fallback, value)]
    return [(locale.split("-")[0].lower(), plain(text)) for locale, text in pairs]
