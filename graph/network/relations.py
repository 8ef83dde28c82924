"""Which fields of which classes count as links, and how each link reads as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ontology.errors import Said
from ontology.loading import load_model

PROPOSED = 0.5
"""The weight of what is only proposed or only mentioned, beside 1 for what was done."""

STRUCTURE = 0.75
"""The weight of a tie inside a document or an administration."""


@dataclass(frozen=True)
class Relation:
    """One kind of link: its name, the verb beside an arrow, the whole sentence, its weight."""

    name: str
    verb: Said
    sentence: Said
    weight: float = 1.0

    def text(self, source: str, target: str, lang: str = "ro") -> str:
        """The sentence with both names put in as they are (never as markup or a format)."""
        before, _, rest = self.sentence(lang).partition("{source}")
        between, _, after = rest.partition("{target}")
        return f"{before}{source}{between}{target}{after}"


@dataclass(frozen=True)
class FieldLink:
    """A reference field that counts as a link; `turned` when the field's value is the source."""

    type: str
    field: str
    relation: str
    turned: bool = False


def _relation(
    name: str, ro: str, en: str, weight: float = 1.0, nouns: tuple[str, str] = ("", "")
) -> Relation:
    before = Said(*(f"{noun} " if noun else "" for noun in nouns))
    sentence = Said(
        f"{{source}} {ro} {before.ro}{{target}}", f"{{source}} {en} {before.en}{{target}}"
    )
    return Relation(name, Said(ro, en), sentence, weight)


_RELATIONS = (
    _relation("leads", "conduce", "leads", nouns=("proiectul", "project")),
    _relation("partner", "este partener în", "is a partner in", nouns=("proiectul", "project")),
    _relation("under-call", "se înscrie în", "falls under", nouns=("apelul", "the call")),
    _relation(
        "edition-of", "este o ediție a", "is an edition of", nouns=("programului", "the programme")
    ),
    _relation("funds-call", "finanțează", "funds", nouns=("apelul", "the call")),
    _relation("manages", "gestionează", "manages", nouns=("programul", "the programme")),
    _relation("receives", "primește", "receives", nouns=("finanțarea", "the grant")),
    _relation("awards", "acordă", "awards", nouns=("finanțarea", "the grant")),
    _relation(
        "granted-under", "este acordată prin", "is awarded under", nouns=("apelul", "the call")
    ),
    _relation("supports", "susține", "supports", nouns=("proiectul", "project")),
    _relation("member", "este membru în", "is a member of"),
    _relation("belongs-to", "ține de", "belongs to", STRUCTURE),
    _relation("set-up-by", "se întemeiază pe", "rests on", STRUCTURE),
    _relation("runs", "administrează", "runs", nouns=("platforma", "the platform")),
    _relation("prepared", "a pregătit", "prepared", nouns=("planul", "the plan")),
    _relation("names-act", "numește", "names", STRUCTURE, ("actul", "the act")),
    _relation("event-of", "are evenimentul", "has the event", STRUCTURE),
    _relation("commitment-of", "este un angajament din", "is a commitment of", STRUCTURE),
    _relation("action-of", "este o acțiune din", "is an action of", STRUCTURE),
    _relation("target-of", "este o țintă din", "is a target of", STRUCTURE),
    _relation("pursues", "urmărește ținta", "pursues the target", STRUCTURE),
    _relation("relevant-to", "este relevant pentru", "is relevant to", PROPOSED),
    _relation("passed", "a adoptat", "passed", STRUCTURE, ("actul", "the act")),
    _relation("concerns", "privește", "concerns", PROPOSED),
    _relation("discusses", "discută", "discusses", PROPOSED),
    _relation("located-in", "se află în", "is in", PROPOSED),
    _relation("active-in", "este activă în", "is active in", PROPOSED),
    _relation("within", "face parte din", "is part of", PROPOSED),
    _relation("about", "are ca temă", "is about", PROPOSED),
    _relation("narrower-than", "este o temă din", "is a topic within", PROPOSED),
    _relation(
        "involved-possible-actor", "este propus ca actor în", "is proposed as an actor in", PROPOSED
    ),
    _relation(
        "involved-initiative-member",
        "este membru al inițiativei pentru",
        "is a member of the initiative for",
    ),
    _relation("involved-implementer", "pune în practică", "implements"),
    _relation("involved-partner", "este partener la", "is a partner of"),
    _relation("involved-funder", "finanțează", "funds"),
    _relation("involved-host", "găzduiește", "hosts"),
    _relation("involved-beneficiary", "beneficiază de", "benefits from"),
    _relation("involved-evaluator", "evaluează", "evaluates"),
    _relation("shared-projects", "are proiecte comune cu", "shares projects with"),
    _relation("shared-calls", "are apeluri comune cu", "shares calls with"),
    _relation("shared-funders", "are finanțatori comuni cu", "shares funders with"),
    _relation("shared-councils", "stă în aceleași grupuri cu", "sits in the same groups as"),
    _relation("involved", "este implicat în", "is involved in", PROPOSED),
)

FIELD_LINKS = (
    FieldLink("Project", "lead", "leads", turned=True),
    FieldLink("Project", "partners", "partner", turned=True),
    FieldLink("Project", "calls", "under-call"),
    FieldLink("Project", "place", "located-in"),
    FieldLink("Call", "programme", "edition-of"),
    FieldLink("Call", "funder", "funds-call", turned=True),
    FieldLink("Programme", "manager", "manages", turned=True),
    FieldLink("Grant", "recipient", "receives", turned=True),
    FieldLink("Grant", "funder", "awards", turned=True),
    FieldLink("Grant", "call", "granted-under"),
    FieldLink("Grant", "project", "supports"),
    FieldLink("Organisation", "place", "located-in"),
    FieldLink("Organisation", "activeIn", "active-in"),
    FieldLink("Council", "parent", "belongs-to"),
    FieldLink("Council", "legalActs", "set-up-by"),
    FieldLink("Council", "place", "located-in"),
    FieldLink("Council", "places", "located-in"),
    FieldLink("WorkingGroup", "parent", "belongs-to"),
    FieldLink("WorkingGroup", "legalActs", "set-up-by"),
    FieldLink("WorkingGroup", "place", "located-in"),
    FieldLink("WorkingGroup", "places", "located-in"),
    FieldLink("Plan", "preparedBy", "prepared", turned=True),
    FieldLink("Plan", "legalActs", "names-act"),
    FieldLink("Plan", "events", "event-of"),
    FieldLink("Commitment", "plan", "commitment-of"),
    FieldLink("Action", "commitment", "action-of"),
    FieldLink("Action", "targets", "pursues"),
    FieldLink("Target", "commitment", "target-of"),
    FieldLink("Platform", "operator", "runs", turned=True),
    FieldLink("Strategy", "concerns", "concerns"),
    FieldLink("LegalAct", "passedBy", "passed", turned=True),
    FieldLink("LegalAct", "concerns", "concerns"),
    FieldLink("Event", "discusses", "discusses"),
    FieldLink("Place", "within", "within"),
    FieldLink("Topic", "broader", "narrower-than"),
)
"""The fields that are links. Memberships, involvements and relevance are parts: see `project`."""

ABOUT = "topics"
"""The field that every resource has: what it is about."""


@cache
def _known() -> Mapping[tuple[str, str], FieldLink]:
    """By class and field: the table above, then every other reference the ontology defines."""
    found = {(one.type, one.field): one for one in FIELD_LINKS}
    for cls in load_model().kinds.values():
        for name, prop in cls.properties.items():
            if prop.kind.name == "reference" and not prop.inverse:
                relation = "about" if name == ABOUT else name
                found.setdefault((cls.name, name), FieldLink(cls.name, name, relation))
    return MappingProxyType(found)


def field_links(class_name: str) -> tuple[FieldLink, ...]:
    """The fields of a class that count as links, by name."""
    return tuple(one for key, one in sorted(_known().items()) if key[0] == class_name)


@cache
def relations() -> Mapping[str, Relation]:
    """Every relation by name; a field without its own sentence reads `source – field: target`."""
    found = {one.name: one for one in _RELATIONS}
    for cls in load_model().kinds.values():
        for name, prop in cls.properties.items():
            link = _known().get((cls.name, name))
            if link is not None and link.relation not in found:
                label = prop.label
                sentence = Said(
                    f"{{source}} – {label.ro}: {{target}}", f"{{source}} – {label.en}: {{target}}"
                )
                found[link.relation] = Relation(link.relation, label, sentence, PROPOSED)
    return MappingProxyType(found)


def relation(name: str) -> Relation:
    """The relation called `name`; one that no table knows reads by its bare name."""
    known = relations().get(name)
    if known is not None:
        return known
    sentence = f"{{source}} – {name}: {{target}}"
    return Relation(name, Said(name, name), Said(sentence, sentence), PROPOSED)
