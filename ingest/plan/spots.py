"""Where in a plan something stands, said in English: spots are noted in Romanian."""

from __future__ import annotations

import re

_ENGLISH = {
    "Descriere": "Description",
    "Obiectiv general": "General objective",
    "Context și problemă": "Context and problem",
    "Posibili actori implicați": "Possible actors",
    "Relevanță locală": "Local relevance",
    "Relevanță națională": "National relevance",
    "Relevanță internațională": "International relevance",
    "Rezultate țintite": "Target results",
    "Calendar estimativ": "Estimated calendar",
    "Acțiuni": "Actions",
    "alt titlu": "another heading",
    "caracterul": "character",
    "tot documentul": "the whole document",
    "sfârșitul documentului": "the end of the document",
    "secțiunea": "section",
    "pagina": "page",
    "codare": "encoding",
    "antet și subsol": "running head and foot",
    "angajamente": "commitments",
    "text ascuns": "hidden text",
    "notă de subsol": "footnote",
}
_PHRASE = re.compile("|".join(sorted(map(re.escape, _ENGLISH), key=len, reverse=True)))


def in_english(where: str) -> str:
    """`A2, Rezultate țintite, 4 (caracterul 93)` as `A2, Target results, 4 (character 93)`."""
    return _PHRASE.sub(lambda match: _ENGLISH[match[0]], where)
