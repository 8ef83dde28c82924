"""A rule that does not hold, told in both languages: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from ontology.errors import Said
from ontology.model import ClassDef, Model, PropertyDef, Rule

_KINDS: dict[str, tuple[Said, Said]] = {
    "text": (Said("un text", "a text"), Said("Scrieți un text.", "Write a text.")),
    "string": (Said("un text", "a text"), Said("Scrieți un text.", "Write a text.")),
    "integer": (
        Said("un număr întreg", "a whole number"),
        Said("Scrieți un număr fără zecimale.", "Write a number without decimals."),
    ),
    "decimal": (
        Said("un număr", "a number"),
        Said("Scrieți, de exemplu, 1200 sau 1200.50.", "Write 1200 or 1200.50, for example."),
    ),
    "percent": (
        Said("un procent", "a percentage"),
        Said("Scrieți 3 pentru 3 %.", "Write 3 for 3 %."),
    ),
    "currency": (
        Said("o monedă", "a currency"),
        Said("Scrieți codul ei: RON, EUR.", "Write its code: RON, EUR."),
    ),
    "boolean": (Said("da sau nu", "yes or no"), Said("Scrieți da sau nu.", "Write yes or no.")),
    "date": (
        Said("o zi din calendar", "a day of the calendar"),
        Said("Scrieți, de exemplu, 2024-05-31.", "Write 2024-05-31, for example."),
    ),
    "calendar": (
        Said("un an, o lună sau o zi", "a year, a month or a day"),
        Said("Scrieți 2024, 2024-05 sau 2024-05-31.", "Write 2024, 2024-05 or 2024-05-31."),
    ),
    "duration": (
        Said("o durată", "a duration"),
        Said("Scrieți P1Y pentru un an.", "Write P1Y for one year."),
    ),
    "url": (
        Said("o adresă web", "a web address"),
        Said("Scrieți adresa întreagă, cu https://.", "Write the whole address, with https://."),
    ),
    "point": (
        Said("un punct pe glob", "a point on the globe"),
        Said("Scrieți latitudinea și longitudinea.", "Write latitude and longitude."),
    ),
    "code": (Said("un cod din listă", "a code of the list"), Said("", "")),
    "reference": (
        Said("un id", "an id"),
        Said("Scrieți id-ul unui lucru de pe hartă.", "Write the id of a thing on the map."),
    ),
    "identifier": (
        Said("un identificator", "an identifier"),
        Said("Scrieți valoarea și schema ei.", "Write the value and its scheme."),
    ),
    "part": (
        Said("o parte de felul cerut", "a part of the kind asked for"),
        Said("Verificați ce conține câmpul.", "Check what the field holds."),
    ),
}


def _split(message: Said) -> tuple[Said, Said]:
    """A rule's own message: its first sentence says what, the rest what to do."""
    ro, _, ro_fix = message.ro.partition(". ")
    en, _, en_fix = message.en.partition(". ")
    return Said(ro.rstrip("."), en.rstrip(".")), Said(ro_fix, en_fix)


def _other(cls: ClassDef, path: str) -> Said:
    found = (prop.label for prop in cls.properties.values() if prop.path == path)
    return next(found, Said(path, path))


def _pair(cls: ClassDef, prop: PropertyDef, rule: Rule, value: str) -> tuple[Said, Said]:
    label, other = prop.label, _other(cls, str(rule.value))
    if rule.test == "notAfter":
        return (
            Said(
                f"„{label.ro}” ({value}) vine după „{other.ro}”",
                f"'{label.en}' ({value}) comes after '{other.en}'",
            ),
            Said("Verificați cele două date.", "Check the two dates."),
        )
    return (
        Said(
            f"„{label.ro}” ({value}) este mai mare decât „{other.ro}”",
            f"'{label.en}' ({value}) is greater than '{other.en}'",
        ),
        Said("Verificați cele două valori.", "Check the two values."),
    )


def _closed(model: Model, prop: PropertyDef, value: str) -> tuple[Said, Said]:
    assert prop.code_list is not None
    codes = model.codes[prop.code_list]
    known = ", ".join(codes.codes)
    return (
        Said(
            f"„{value}” nu este în lista „{codes.label.ro}”",
            f"'{value}' is not in the list '{codes.label.en}'",
        ),
        Said(f"Valorile sunt: {known}.", f"The values are: {known}."),
    )


def _target(model: Model, prop: PropertyDef, value: str) -> tuple[Said, Said]:
    wanted = [model.classes[name].label for name in prop.targets]
    ro, en = " / ".join(w.ro for w in wanted), " / ".join(w.en for w in wanted)
    return (
        Said(f"„{value}” nu este: {ro}", f"'{value}' is not: {en}"),
        Said(f"„{prop.label.ro}” trimite la: {ro}.", f"'{prop.label.en}' points at: {en}."),
    )


_SENTENCES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "minCount": (
        ("lipsește „{ro}”", "'{en}' is missing"),
        ("Completați câmpul {field}.", "Fill in the field {field}."),
    ),
    "maxCount": (
        ("„{ro}” are mai multe valori", "'{en}' has several values"),
        ("Păstrați una singură.", "Keep one only."),
    ),
    "uniqueLang": (
        ("„{ro}” are două texte în aceeași limbă", "'{en}' has two texts in the same language"),
        ("Păstrați câte unul în fiecare limbă.", "Keep one in each language."),
    ),
    "languageIn": (
        (
            "„{value}” nu este nici în română, nici în engleză",
            "'{value}' is neither in Romanian nor in English",
        ),
        (
            "Marcați limba (ro sau en); numele în alte limbi merg în altLabels.",
            "Mark the language (ro or en); names in other languages go to altLabels.",
        ),
    ),
    "minInclusive": (
        ("„{ro}” ({value}) este sub {limit}", "'{en}' ({value}) is below {limit}"),
        ("Scrieți o valoare de la {limit} în sus.", "Write a value from {limit} upward."),
    ),
    "maxInclusive": (
        ("„{ro}” ({value}) este peste {limit}", "'{en}' ({value}) is above {limit}"),
        ("Scrieți o valoare până la {limit}.", "Write a value up to {limit}."),
    ),
}
"""By test, what is wrong and what to do, each in Romanian and English."""


def tell(
    model: Model, cls: ClassDef, prop: PropertyDef | None, rule: Rule, value: str
) -> tuple[Said, Said]:
    """What is wrong and what to do, for one rule that does not hold."""
    if rule.message is not None:
        return _split(rule.message)
    if rule.test == "idPrefix":
        return (
            Said(
                f"id-ul nu începe cu „{rule.value}”", f"the id does not begin with '{rule.value}'"
            ),
            Said("Verificați de ce clasă este.", "Check which class it is of."),
        )
    assert prop is not None, (cls.name, rule)
    ro, en = prop.label.ro, prop.label.en
    if rule.test == "in" and prop.code_list:
        return _closed(model, prop, value)
    if rule.test == "target":
        return _target(model, prop, value)
    if rule.test in ("notAfter", "lessThanOrEquals"):
        return _pair(cls, prop, rule, value)
    if rule.test in _SENTENCES:
        limit = f"{rule.value:g}" if isinstance(rule.value, int | float) else str(rule.value)
        given = {"ro": ro, "en": en, "value": value, "limit": limit, "field": prop.name}
        what, then = _SENTENCES[rule.test]
        return (
            Said(what[0].format(**given), what[1].format(**given)),
            Said(then[0].format(**given), then[1].format(**given)),
        )
    noun, fix = _KINDS[prop.kind.name]
    return Said(f"„{value}” nu este {noun.ro}", f"'{value}' is not {noun.en}"), fix
