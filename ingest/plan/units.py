"""What a number counts: the noun after it, and the unit of the ontology it falls under."""

from __future__ import annotations

import re

BREAKERS = (
    r"(?: (?:din|dintre|pentru|privind|care|ce|in|la|pe|cu|prin|conform|ca|catre|sub|de la|si|sau|"
    r"propus[ei]?|votat[ei]?|potrivit|anual[ae]?|lunar[ae]?|semestrial[ae]?|trimestrial[ae]?|minim(?:um)?|maxim(?:um)?)\b"
    r"|[(),;.:])"
)
"""Where the phrase that names the counted thing ends."""

_UNITS: tuple[tuple[str, str], ...] = (
    (r"grup\w* de (?:lucru|initiativa)|comisi[ie]\w*|comitet\w*|consili[iu]\w*", "working-group"),
    (r"set\w* de date|baze? de date|seturi", "dataset"),
    (
        r"surs\w* de finantare|surse|fond(?:uri|urile)?\b|finantari\w*|granturi\w*|linii de finantare",
        "funding-source",
    ),
    (r"parteneriat\w*|protocoa?l\w*|acord(?:uri)?\w*|colaborari\w*", "partnership"),
    (r"proiect\w*|initiativ[ea]\b|idei\b", "project"),
    (r"model\w*|bune practici|exempl\w*", "model"),
    (r"resurs\w*", "resource"),
    (
        r"functionar\w*|pers\b|angajat\w*|reprezentan\w*|persoan\w*|cetaten\w*|participan\w*|voluntar\w*|"
        r"tiner\w*|elev\w*|student\w*|locuitor\w*|formator\w*|expert\w*|membr\w*|utilizator\w*|"
        r"beneficiar\w*|specialist\w*|profesor\w*|copi[il]\w*|seniori\w*|oameni\w*|alesi\w*|consilieri\w*|"
        r"votan\w*|facilitator\w*|femei\w*|familii\w*",
        "person",
    ),
    (
        r"organizati\w*|ong\w*|asociati\w*|fundati\w*|parteneri\w*|parti interesate|institutii\w*|firme\w*|"
        r"companii\w*|universitat\w*|scoli\w*|licee\w*|actori\w*|entitat\w*|autoritat\w*|orase\w*|primarii\w*",
        "organisation",
    ),
    (
        r"platform\w*|aplicat\w*|portal\w*|site\w*|website\w*|pagin\w* web|instrument\w* digital\w*",
        "platform",
    ),
    (
        r"eveniment\w*|atelier\w*|intalnir\w*|dezbater\w*|consultar\w*|sesiun\w*|seminar\w*|workshop\w*|"
        r"conferint\w*|hackath\w*|cursuri\w*|campani\w*|targuri\w*|training\w*|forum\w*|vizit\w*|instruir\w*",
        "event",
    ),
    (
        r"document\w*|strategi\w*|ghid\w*|raport\w*|studi\w*|regulament\w*|procedur\w*|plan\w*|metodolog\w*|"
        r"brosuri\w*|manual\w*|politic[ia]\w* public\w*|analiz\w*",
        "document",
    ),
    (r"lei\b|ron\b|euro?\b|€|\$|£|milioane de (?:lei|euro)", "money"),
)
_COMPILED = [(re.compile(rf"(?<!\w)(?:{pattern})"), code) for pattern, code in _UNITS]
_DAMAGED = [
    (re.compile(rf"(?<!\w)(?:{pattern.replace('t', '(?: ?t ?| )?')})"), code)
    for pattern, code in _UNITS
]
"""The same where a lost font left out the letter ț, or set it apart: `func ionari`."""


def unit_of(phrase: str) -> str | None:
    """The unit of a folded noun phrase: that of its earliest known noun; `item` for other nouns."""
    for patterns in (_COMPILED, _DAMAGED):
        found = ((m.start(), code) for pattern, code in patterns if (m := pattern.search(phrase)))
        best = min(found, key=lambda one: one[0], default=None)
        if best is not None:
            return best[1]
    return "item" if re.search(r"[a-z]{3}", phrase) else None


_LEAD = re.compile(
    r"\+? {0,2}(?:\((?:[a-z -]{2,40}|\d+)\) )?(?:de )?(?:(?:alte|alti|noi|mari|mici|cele|cei|dintre) )*"
)


def counted_phrase(folded: str, at: int) -> tuple[int, int]:
    """Where the phrase that names the counted thing begins and ends after the number at `at`."""
    lead = _LEAD.match(folded, at)
    start = lead.end() if lead else at
    if start < len(folded) and folded[start] in "(),;.:%":
        return start, start
    stop = re.compile(BREAKERS).search(folded, start)
    end = stop.start() if stop else len(folded)
    return start, max(start, end)
