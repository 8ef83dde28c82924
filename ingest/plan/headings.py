"""The words of the template: how its fields and sections are headed, in folded Romanian."""

from __future__ import annotations

import re

FIELDS: dict[str, str] = {
    "description": r"descriere(?:a)?(?: pe scurt| angajamentului)?",
    "objectives": r"obiectiv(?:ul|e|ele)?(?: general(?:e|ul|ele)?| specific(?:e|ele|ul)?)?(?: si obiective specifice)?",
    "problem": r"context(?:ul)?(?: ?(?:si|/) ?problema(?: vizata| abordata| identificata)?)?"
    r"|problema(?: vizata| abordata| identificata)|problema",
    "actors": r"(?:posibili(?:i)? )?(?:actori(?:i)?|parteneri(?:i)?)(?: relevanti)?(?: posibili?)?(?: implicati| locali)*"
    r"|parti interesate(?: implicate)?",
    "relevance.local": r"relevanta (?:la nivel(?:ul)? )?locala?",
    "relevance.national": r"relevanta (?:la nivel(?:ul)? )?nationala?",
    "relevance.international": r"relevanta (?:la nivel(?:ul)? )?(?:internationala?|europeana?)",
    "targets": r"(?:rezultate(?:le)?|tinte(?:le)?|indicatori(?:i)?)(?: de (?:rezultat|realizare|performanta))?"
    r"(?: (?:tintite|asteptate|vizate|urmarite|estimate|preconizate))?(?: ?(?:/|si) ?(?:tinte(?:le)?|indicatori(?:i)?|rezultate(?:le)?))?",
    "calendar": r"(?:calendar(?:ul)?|perioada|termen(?:ul)?)(?: estimativ(?:a|ul)?| estimata?| de implementare| de realizare)*",
    "actions": r"(?:lista )?(?:actiuni(?:le|lor)?|activitati(?:le|lor)?)(?: propuse| prevazute| planificate| concrete| specifice)?",
    "other": r"buget(?:ul)?(?: estimat(?:iv)?| necesar| total| alocat)?|resurse(?:le)?(?: necesare| financiare| umane)+|surs[ae](?:le)? de finantare"
    r"|responsabil(?:i|ul|ii|itati)?(?: (?:de|cu|pentru) implementare(?:a)?)?|(?:institutia|autoritatea) responsabila|coordonator(?:ul)?(?: angajamentului)?"
    r"|riscuri(?:le)?(?: identificate| asumate)?(?: si ipoteze)?|persoan[ae] de contact|date de contact|stadiu(?:l)?(?: implementarii| actual)?|observatii"
    r"|grup(?:ul)? tinta|beneficiari(?:i)?(?: directi| finali| vizati)?|justificare(?:a)?|motivare(?:a)?|ipoteze|note|(?:principii|valori)(?:le)? ogp(?: vizate)?"
    r"|mod(?:ul)? de (?:verificare|implementare|monitorizare)|mijloace de verificare",
}
"""Each field of a commitment, and the folded wordings of its heading."""

PAIRS = ("description", "objectives"), ("problem", "actors"), ("relevance", "targets")
"""Fields that stand side by side, left and right (or the other way round)."""

ROMANIAN: dict[str, str] = {
    "description": "Descriere", "objectives": "Obiectiv general", "problem": "Context și problemă",
    "actors": "Posibili actori implicați", "relevance.local": "Relevanță locală",
    "relevance.national": "Relevanță națională", "targets": "Rezultate țintite",
    "relevance.international": "Relevanță internațională", "calendar": "Calendar estimativ",
    "actions": "Acțiuni", "other": "alt titlu",
}  # fmt: skip

SECTIONS = (
    "detalii despre procesul prin care a fost elaborat pla",
    "viziunea pe termen lung",
    "angajamentele asumate",
    "plan de implementare",
    "monitorizare si evaluare",
    "monitorizarea si evaluarea",
)

FIELD_HEAD = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<f{i}>{p})" for i, p in enumerate(FIELDS.values()))
    + r")(?!\w)(?: ?\([^()\n\t:]{2,40}\)(?= ?:))? ?(?:(?P<colon>:(?:[:*_-]{1,3}(?=\s|$))?)|(?P<dash>-(?=\s|$)))?"
)
"""A heading as the template has it, with the sign that ends it."""

BROKEN_HEAD = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<f{i}>{p})" for i, p in enumerate(FIELDS.values())).replace(" ", r"[ \n]")
    + r")(?!\w) ?(?P<colon>:)?"
)
"""The same where its words stand on two lines, as in a narrow column."""

FIELD_WITH_COLON = re.compile(rf"(?<![\w-])(?:{'|'.join(FIELDS.values())})(?!\w) ?:")
"""A heading wherever it stands, told by its colon."""

HEADING = re.compile(r"(?:" + "|".join(FIELDS.values()) + r")(?!\w) ?(?::|$)")
"""A line that begins with a field's heading."""

FULL_WIDTH = re.compile(
    rf"(?:{FIELDS['calendar']}|{FIELDS['actions']}) ?(?::|$)|(?:[•*-] )?a ?\d{{1,2}} ?[:.]|angajamentul (?:nr\.? ?)?(?:\d|[ivx]+\b)"
)
"""A line that spans both columns of the table: its title, its calendar, its actions."""

COMMITMENT_HEAD = re.compile(r"(?:angajament\w* )?a\.? ?\d{1,2} ?[:.]")
"""A line that begins with the title of a commitment."""
