"""The terms of our own are complete and sound: the pitfalls of OOPS! that a script can see."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib import namespace as vocabularies
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, SH, SKOS, VANN
from rdflib.term import Node

from ontology.loading import load_model
from ontology.publish import ns_ttl
from ontology.turtle import vocabulary_graph
from ontology.vocab import CR, CRS, PREFIXES, expand

ONTOLOGY = URIRef("https://w3id.org/resurse/ns")
CLASSES = {OWL.Class, RDFS.Datatype, SH.ConstraintComponent}
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property}
CONCEPTS = {SKOS.Concept, SKOS.ConceptScheme}


@pytest.fixture(scope="module")
def published() -> Graph:
    return Graph().parse(data=ns_ttl(), format="turtle")


def _own(graph: Graph, types: set[URIRef]) -> Iterator[URIRef]:
    for kind in types:
        for term in graph.subjects(RDF.type, kind):
            if isinstance(term, URIRef) and str(term).startswith((CR, CRS)):
                yield term


def _languages(graph: Graph, term: Node, predicate: URIRef) -> list[str]:
    texts = [o for o in graph.objects(term, predicate) if isinstance(o, Literal) and str(o).strip()]
    return sorted(str(text.language) for text in texts)


def test_every_term_is_named_and_defined_once_in_each_language(published: Graph) -> None:
    """P08."""
    for term in _own(published, CLASSES | PROPERTIES):
        assert _languages(published, term, RDFS.label) == ["en", "ro"], term
        assert _languages(published, term, SKOS.definition) == ["en", "ro"], term
    for term in _own(published, CONCEPTS):
        assert _languages(published, term, SKOS.prefLabel) == ["en", "ro"], term
        assert _languages(published, term, SKOS.definition) == ["en", "ro"], term


def test_every_term_says_where_it_is_defined(published: Graph) -> None:
    for term in _own(published, CLASSES | PROPERTIES | CONCEPTS):
        home = ONTOLOGY if str(term).startswith(CR) else URIRef("https://w3id.org/resurse/shapes")
        assert list(published.objects(term, RDFS.isDefinedBy)) == [home], term


def test_every_property_has_exactly_one_domain_and_one_range(published: Graph) -> None:
    """P11 and P19: two domains would mean both at once; a union is one."""
    for term in _own(published, PROPERTIES):
        for side in (RDFS.domain, RDFS.range):
            assert len(list(published.objects(term, side))) == 1, (term, side)


def _members(graph: Graph, node: Node) -> list[Node]:
    head = graph.value(node, OWL.unionOf)
    return list(Collection(graph, head)) if head is not None else [node]


def test_domains_and_ranges_name_declared_classes(published: Graph) -> None:
    """P34: no class is used that is never declared."""
    declared = set(_own(published, CLASSES))
    for term in _own(published, PROPERTIES):
        for side in (RDFS.domain, RDFS.range):
            for member in _members(published, published.value(term, side)):
                if str(member).startswith(CR):
                    assert member in declared, (term, member)


def test_the_domain_of_a_field_admits_the_class_that_uses_it(published: Graph) -> None:
    """A shape that puts a property on a thing outside its domain would type the thing wrongly."""
    up = {c: set(published.transitive_objects(c, RDFS.subClassOf)) for c in published.subjects()}
    known_above = {
        # ORG says so itself; we do not repeat its statements.
        URIRef(expand("cr:WorkingGroup")): {URIRef(expand("org:Organization"))},
    }
    for cls in load_model().classes.values():
        for prop in cls.properties.values():
            domain = published.value(URIRef(prop.path), RDFS.domain)
            if domain is None or prop.inverse or not prop.path.startswith(CR):
                continue
            iri = URIRef(cls.iri)
            above = up.get(iri, {iri}) | known_above.get(iri, set()) | {iri}
            assert above & set(_members(published, domain)), (cls.name, prop.name)


def test_no_term_stands_alone(published: Graph) -> None:
    """P04: every class of ours is a super- or sub-class, or the domain or range of a property."""
    linked: set[Node] = set()
    for child, parent in published.subject_objects(RDFS.subClassOf):
        linked |= {child, parent}
    for side in (RDFS.domain, RDFS.range):
        for node in published.objects(None, side):
            linked |= set(_members(published, node))
    alone = [c for c in _own(published, {OWL.Class}) if c not in linked]
    assert alone == []


def test_every_field_read_from_the_other_end_has_a_declared_inverse(published: Graph) -> None:
    """P13, for properties of ours; others' have theirs in their own vocabularies."""
    inverted = set(published.objects(None, OWL.inverseOf))
    for cls in load_model().classes.values():
        for prop in cls.properties.values():
            if prop.inverse and prop.path.startswith(CR):
                assert URIRef(prop.path) in inverted, (cls.name, prop.name)


def _disjoint_pairs(graph: Graph) -> set[tuple[Node, Node]]:
    pairs = set(graph.subject_objects(OWL.disjointWith))
    for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        members = list(Collection(graph, graph.value(group, OWL.members)))
        pairs |= {(a, b) for a in members for b in members if a != b}
    return pairs


def test_the_kinds_of_things_are_disjoint(published: Graph) -> None:
    """P10: what the design sets apart."""
    pairs = _disjoint_pairs(published)
    names = [
        "org:Organization",
        "cr:Project",
        "cr:FundingProgramme",
        "cr:FundingCall",
        "cr:Grant",
        "cr:Target",
        "cr:Action",
        "eli:LegalResource",
        "skos:Concept",
    ]
    apart = [URIRef(expand(name)) for name in names]
    for one in apart:
        for other in apart:
            assert one == other or (one, other) in pairs, (one, other)


def test_no_class_is_below_two_disjoint_classes(published: Graph) -> None:
    pairs = _disjoint_pairs(published)
    for term in _own(published, {OWL.Class}):
        above = set(published.transitive_objects(term, RDFS.subClassOf))
        clash = [(a, b) for a in above for b in above if (a, b) in pairs]
        assert clash == [], term


def test_classes_begin_with_a_capital_and_properties_do_not(published: Graph) -> None:
    """P22."""
    for term in _own(published, {OWL.Class, SKOS.ConceptScheme}):
        assert re.fullmatch(r"[A-Z][A-Za-z]+", str(term).split("#")[1]), term
    for term in _own(published, PROPERTIES | {SKOS.Concept}):
        assert re.fullmatch(r"[a-z][A-Za-z]+", str(term).split("#")[1]), term


def test_the_ontology_is_declared_versioned_and_licensed(published: Graph) -> None:
    """P36, P38 and P41."""
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in published
    assert not re.search(r"\.(owl|ttl|rdf|xml|jsonld)", str(ONTOLOGY))
    version = published.value(ONTOLOGY, OWL.versionInfo)
    assert published.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    assert str(published.value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "cr"
    assert str(published.value(ONTOLOGY, VANN.preferredNamespaceUri)) == CR
    for name in ("creator", "publisher", "created", "modified", "license", "bibliographicCitation"):
        assert published.value(ONTOLOGY, DCTERMS[name]) is not None, name
    for name in ("title", "description"):
        assert _languages(published, ONTOLOGY, DCTERMS[name]) == ["en", "ro"]


DEFINING = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDFS.label, OWL.inverseOf,
            OWL.equivalentClass, SKOS.definition}  # fmt: skip


def test_nothing_is_defined_in_a_namespace_of_others(published: Graph) -> None:
    """P40: we say nothing about org:Organization that ORG does not say."""
    ours = (CR, CRS, str(ONTOLOGY), "https://w3id.org/resurse/")
    for subject, predicate, _ in published:
        if isinstance(subject, BNode):
            continue
        if predicate in DEFINING or predicate == RDF.type:
            assert str(subject).startswith(ours), (subject, predicate)


def test_every_foreign_iri_is_in_a_namespace_that_we_know(published: Graph) -> None:
    """A slip such as w3.org/ns/locn without www makes a new word that nobody else has."""
    known = (*PREFIXES.values(), "https://w3id.org/resurse/", "https://creativecommons.org/")
    for triple in published:
        for node in triple:
            if isinstance(node, URIRef):
                assert str(node).startswith(known), node


CLOSED = ["org", "skos", "prov", "foaf", "sh", "owl", "dcterms", "geo", "rdfs", "rdf"]
"""Vocabularies whose terms rdflib knows."""
READ = {
    "m8g": {"PublicOrganisation", "PublicEvent", "Participation", "Criterion", "hasParticipant",
            "role"},
    "p-plan": {"Plan", "Step", "isSubPlanOfPlan", "isStepOfPlan"},
    "eli": {"LegalResource", "ResourceType", "type_document", "number", "passed_by"},
    "frapo": {"FundingProgramme", "Grant", "University"},
    "schema": {"MonetaryGrant", "WebApplication", "Project", "FundingScheme", "NGO",
               "GovernmentOrganization"},
    "eurio": {"Project", "FundingScheme", "Grant"},
    "cids": {"Target", "IndicatorReport"},
    "locn": {"geometry"},
    "oa": {"SpecificResource"},
    "vann": {"preferredNamespacePrefix", "preferredNamespaceUri"},
}  # fmt: skip
"""Terms of vocabularies that rdflib does not know, each looked up in the vocabulary itself."""


def _local_names(graph: Graph, prefix: str) -> set[str]:
    base = PREFIXES[prefix]
    iris = (str(node) for triple in graph for node in triple if isinstance(node, URIRef))
    return {iri[len(base) :] for iri in iris if iri.startswith(base)} - {""}


@pytest.mark.parametrize("prefix", CLOSED)
def test_every_foreign_term_exists_in_its_vocabulary(published: Graph, prefix: str) -> None:
    known = getattr(vocabularies, prefix.upper())
    missing = {name for name in _local_names(published, prefix) if name not in known}
    assert missing == set()


@pytest.mark.parametrize("prefix", READ)
def test_other_foreign_terms_are_those_that_were_looked_up(published: Graph, prefix: str) -> None:
    assert _local_names(published, prefix) <= READ[prefix]


def test_what_is_only_close_is_never_a_super_class(published: Graph) -> None:
    """In schema.org a project is an organisation; under it, every project would be one."""
    close = set(published.objects(None, SKOS.closeMatch))
    assert close
    assert not close & set(published.objects(None, RDFS.subClassOf))


def test_no_path_carries_a_domain_that_would_type_the_thing_as_something_else() -> None:
    """The traps that were found while reading the vocabularies."""
    traps = {
        "dcat:startDate", "dcat:endDate", "dcat:landingPage", "frapo:hasApplicationDeadline",
        "frapo:isAwardedBy", "frapo:awards", "locn:fullAddress", "geo:asWKT", "eli:title",
        "p-plan:isPreceededBy", "p-plan:isPrecededBy", "schema:Project", "schema:FundingScheme",
    }  # fmt: skip
    used = {p.path for c in load_model().classes.values() for p in c.properties.values()}
    assert not used & {expand(trap) for trap in traps}
    assert "http://schema.org/" not in ns_ttl()


def test_only_numbers_are_ordered_by_core_shacl() -> None:
    """A violated order of months stops pySHACL with an error; dates have crs:notAfter."""
    for cls in load_model().classes.values():
        for prop in cls.properties.values():
            tests = {rule.test for rule in prop.rules}
            if "lessThanOrEquals" in tests:
                assert prop.kind.name == "decimal", (cls.name, prop.name)
            if "notAfter" in tests:
                assert prop.kind.name in ("date", "calendar"), (cls.name, prop.name)


def test_the_published_document_is_the_same_every_time() -> None:
    text = ns_ttl()
    ns_ttl.cache_clear()
    assert ns_ttl() == text


def test_the_published_document_holds_every_file(published: Graph) -> None:
    """Every statement about an IRI of ours; only the `sh:node` links are replaced."""
    for subject, predicate, value in vocabulary_graph():
        if isinstance(subject, BNode) or isinstance(value, BNode) or predicate == SH.node:
            continue
        assert (subject, predicate, value) in published, (subject, predicate, value)
    assert not list(published.subject_objects(SH.node))
