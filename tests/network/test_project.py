"""The network is read out of the catalogue: which facts become links, and how they read."""

from __future__ import annotations

import pytest

from graph.catalogue.base import Record
from graph.network import City, Link, cite, city, project, relation, relations
from graph.network.project import span, year
from graph.network.relations import FIELD_LINKS
from ontology.loading import load_model


def links_of(whole: City, thing: str) -> set[tuple[str, str, str]]:
    return {
        (li.source, li.relation, li.target) for li in whole.links if thing in (li.source, li.target)
    }


def test_a_project_is_led_and_falls_under_a_call_of_a_programme(timisoara):
    found = links_of(timisoara, "project/beta-2022")
    assert ("org/oar-timis", "leads", "project/beta-2022") in found
    assert ("project/beta-2022", "under-call", "call/repere-in-cultura-2022") in found
    assert ("call/repere-in-cultura-2022", "edition-of", "programme/repere-în-cultură") in links_of(
        timisoara, "call/repere-in-cultura-2022"
    )


def test_a_membership_is_one_link_from_the_member_to_the_body(timisoara):
    found = links_of(timisoara, "group/ogp-initiativa-locala")
    assert ("org/aid-ong", "member", "group/ogp-initiativa-locala") in found
    assert (
        "group/ogp-initiativa-locala",
        "belongs-to",
        "org/primaria-municipiului-timisoara",
    ) in found


def test_an_involvement_reads_by_its_role_and_lasts_as_long_as_the_commitment():
    class Small:
        def scan(self, kinds=()):
            yield Record("org/x", "Organisation", "ORGANISATION", {"label": {"ro": "X", "en": "X"}})
            values = {"label": {"ro": "C"}, "start": "2022-02-01", "end": "2023-06-30"}
            yield Record("plan/p/A1", "Commitment", "COMMITMENT", values)

        def scan_type(self, name):
            if name == "Involvement":
                values = {
                    "participant": "org/x",
                    "involvedIn": "plan/p/A1",
                    "role": "possible-actor",
                }
                yield Record("involvement/1", "Involvement", None, values)
                other = {"participant": "actor-group/y", "involvedIn": "plan/p/A1", "role": "host"}
                yield Record("involvement/2", "Involvement", None, other)

    (link,) = project(Small()).links
    assert (link.source, link.relation, link.target) == (
        "org/x",
        "involved-possible-actor",
        "plan/p/A1",
    )
    assert (link.year_from, link.year_to) == (2022, 2023)


def test_relevance_points_from_the_commitment_to_what_it_names():
    class Small:
        def scan(self, kinds=()):
            values = {"relevance": [{"id": "r/1", "refersTo": ["act/oug-1"]}], "label": {"ro": "A"}}
            yield Record("plan/p/A1", "Commitment", "COMMITMENT", values)
            yield Record("act/oug-1", "LegalAct", "LEGAL_ACT", {"label": {"ro": "O"}})

        def scan_type(self, name):
            return iter(())

    (link,) = project(Small()).links
    assert (link.source, link.relation, link.target) == ("plan/p/A1", "relevant-to", "act/oug-1")


def test_every_link_of_the_real_city_has_both_ends_and_a_sentence_in_both_languages(timisoara):
    for link in timisoara.links:
        source, target = timisoara.node(link.source), timisoara.node(link.target)
        for lang in ("ro", "en"):
            said = relation(link.relation).text(source.label(lang), target.label(lang), lang)
            assert said.startswith(source.label(lang))
            assert said.endswith(target.label(lang))


def test_the_two_languages_differ_in_every_sentence():
    for one in relations().values():
        assert one.sentence.ro != one.sentence.en, one.name


def test_a_name_that_looks_like_a_template_is_left_as_it_is():
    assert relation("leads").text("{target}", "{0} %s") == "{target} conduce proiectul {0} %s"


def test_the_table_of_links_names_only_fields_that_the_ontology_has():
    model = load_model()
    for one in FIELD_LINKS:
        field = model.cls(one.type).property(one.field)
        assert field.kind.name == "reference", one
        assert not field.inverse, one


def test_every_role_of_an_involvement_has_a_sentence():
    for role in load_model().codes["InvolvementRole"].codes:
        assert f"involved-{role}" in relations(), role


def test_links_carry_the_sources_that_state_them(tables, timisoara):
    membership = [li for li in timisoara.links if li.relation == "member"][:3]
    assert all(not link.sources for link in membership)
    assert all(link.sources == ("source/timisoara",) for link in cite(tables, membership))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022", 2022),
        ("2022-05", 2022),
        ("2022-05-01", 2022),
        (2022, 2022),
        (2022.0, 2022),
        ("", None),
        (None, None),
        ("vara", None),
    ],
)
def test_a_year_is_read_from_any_calendar_value(value, expected):
    assert year(value) == expected


def test_a_span_that_runs_backwards_is_turned_round():
    record = Record("project/x", "Project", "PROJECT", {"start": "2023", "end": "2021"})
    assert span(record) == (2021, 2023)


def test_the_same_facts_in_another_order_give_the_same_city(timisoara):
    assert city(reversed(timisoara.nodes), reversed(timisoara.links)) == timisoara


def test_a_link_to_something_that_is_no_thing_is_left_out(timisoara):
    ghost = Link("org/plai", "org/never-heard-of", "partner")
    assert city(timisoara.nodes, [ghost]).links == ()
