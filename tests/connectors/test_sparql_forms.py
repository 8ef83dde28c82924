"""Whatever form an endpoint answers in, what it built comes in, or is refused with a reason (all synthetic)."""

from __future__ import annotations

import pytest
import rdflib

from ingest.connectors.sparql import crawl
from ontology.errors import SourceError

HEAD = """@prefix org: <http://www.w3.org/ns/org#> . @prefix ex: <http://example.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix cr: <https://w3id.org/resurse/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
MUSEUM = HEAD + 'ex:a a org:Organization ; skos:prefLabel "Muzeul de Probă"@ro .'
QUERY = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


@pytest.fixture
def built(site, reply, harvest):
    """What comes of a graph, as Turtle unless another form is asked for."""

    def run(body, kind="text/turtle", headers=None, query=QUERY):
        sent = body if isinstance(body, bytes) else body.encode()
        site.on("/sparql", reply(sent, 200, {"content-type": kind, **(headers or {})}))
        return harvest(crawl, url=f"{site.url}/sparql", query=query)

    return run


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("nt", "application/n-triples"),
        ("nt", "text/plain"),
        ("turtle", "text/turtle; charset=utf-8"),
        ("turtle", "text/plain;charset=UTF-8"),
        ("turtle", "application/x-turtle"),
        ("turtle", "application/octet-stream"),
        ("xml", "application/rdf+xml"),
        ("xml", "text/xml"),
        ("json-ld", "application/ld+json"),
        ("json-ld", "application/json"),
    ],
)
def test_the_same_thing_in_every_form(built, form, kind):
    body = rdflib.Graph().parse(data=MUSEUM, format="turtle").serialize(format=form)
    assert built(body, kind).value("org/proba-a", "label", "ro") == "Muzeul de Probă"


def test_an_answer_that_the_engine_cut_at_its_own_clock_is_no_whole_answer(built):
    cut = {"x-sql-state": "S1TAT", "x-sql-message": "Returning incomplete results"}
    with pytest.raises(SourceError, match="incomplete results"):
        built(MUSEUM, headers=cut)


@pytest.mark.parametrize(
    ("triples", "said"),
    [
        ('[] a org:Organization ; skos:prefLabel "M"@ro .', "blank node"),
        ('ex:a a schema:Museum ; skos:prefLabel "M"@ro .', "no known class: https://schema.org/M"),
        ('ex:a skos:prefLabel "M"@ro .', "no known class"),
        ('ex:a a org:Organization ; schema:telephone "0" ; skos:prefLabel "M"@ro .', "telephone"),
    ],
)
def test_what_cannot_become_a_thing_is_refused_and_not_dropped(built, triples, said):
    got = built(HEAD + triples)
    assert not got.entities
    assert said in got.rejects[0].errors[0].message()


def test_names_in_other_languages_are_other_names(built):
    got = built(
        HEAD + 'ex:a a org:Organization ; skos:prefLabel "Muzeul"@ro-RO, "Museum"@en, "Múzeum"@hu .'
    )
    museum = got["org/proba-a"]
    assert (museum.first("label", "ro"), museum.first("label", "en")) == ("Muzeul", "Museum")
    assert museum.first("altLabels") == "Múzeum"


def test_a_name_in_no_language_of_ours_is_still_its_name(built):
    got = built(HEAD + 'ex:a a org:Organization ; skos:prefLabel "Múzeum"@hu .')
    assert got.value("org/proba-a", "label", "ro") == "Múzeum"


def test_texts_lose_their_markup_and_moments_become_days(built):
    got = built(
        HEAD + 'ex:g a cr:Grant ; skos:prefLabel "G"@ro ; dcterms:description "<p>Unu</p>"@ro ;'
        ' cr:awardDate "2023-08-09T21:00:00Z"^^xsd:dateTime .'
    )
    assert got.value("grant/proba-g", "description") == "Unu"
    assert got.value("grant/proba-g", "awarded") == "2023-08-10", "midnight in the city"


def test_conditions_of_a_call_come_inside_it_in_the_same_order_each_time(built):
    triples = (
        'ex:p a cr:FundingProgramme ; skos:prefLabel "P"@ro .'
        'ex:c a cr:FundingCall ; skos:prefLabel "C"@ro ; cr:callOf ex:p ; cr:hasEligibilityRule'
        " [ a cr:EligibilityRule ; cr:ruleKind cr:territory ; cr:ruleText 'În oraș'@ro ],"
        " [ a cr:EligibilityRule ; cr:ruleKind cr:partners ; cr:ruleText 'Doi parteneri'@ro ] ."
    )
    orders = set()
    for _ in range(3):
        got = built(HEAD + triples)
        assert not got.rejects
        rules = [rule.value for rule in got["call/proba-c"].values["rules"]]
        orders.add(tuple((rule.id, rule.first("text", "ro")) for rule in rules))
    (order,) = orders
    assert {text for _, text in order} == {"În oraș", "Doi parteneri"}


def test_a_query_too_long_for_an_address_goes_in_the_body(site, built):
    built(MUSEUM, query=QUERY + "\n# comentariu" * 300)
    (asked,) = site.requests
    assert (asked.method, "query=" in asked.path) == ("POST", False)
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.body.startswith(b"query=CONSTRUCT")


def test_two_things_whose_addresses_end_alike_stay_two(built):
    got = built(
        HEAD + '<http://x.example.org/1/a> a org:Organization ; skos:prefLabel "Unu"@ro .'
        '<http://y.example.org/2/a> a org:Organization ; skos:prefLabel "Doi"@ro .'
    )
    assert {got.value(id_, "label") for id_ in got.ids("org/")} == {"Unu", "Doi"}


def test_a_point_is_read_as_geosparql_writes_it(built):
    got = built(
        "@prefix locn: <http://www.w3.org/ns/locn#> . @prefix geo: <http://www.opengis.net/ont/geosparql#> ."
        + HEAD
        + 'ex:a a org:Organization ; skos:prefLabel "M"@ro ; '
        'locn:geometry "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT (21.22 45.75)"^^geo:wktLiteral .'
    )
    assert got.value("org/proba-a", "location") == (45.75, 21.22)
