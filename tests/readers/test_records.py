"""JSON, JSON Lines, XML and HTML tables: nested records become columns, damage is told."""

from __future__ import annotations

import json

import pytest

from ingest.readers import open_table
from ontology.errors import FileError, RowError
from ontology.kinds import KINDS


def test_json_nested_objects_become_dotted_columns(written, read):
    record = {
        "id": 7,
        "nume": "Asociaţia X",
        "sediu": {"oraș": "Timișoara", "punct": [45.75, 21.22]},
        "teme": ["cultură", "tineret"],
        "persoane": [{"rol": "președinte"}, {"rol": "cenzor"}],
        "activ": True,
        "sumă": 1200.50,
        "nota": None,
    }
    good, bad = read(written("t.json", json.dumps([record, {"id": 8}])))
    assert good[0] == {
        "id": "7",
        "nume": "Asociația X",
        "sediu.oraș": "Timișoara",
        "sediu.punct": "45.75;21.22",
        "teme": "cultură;tineret",
        "persoane.0.rol": "președinte",
        "persoane.1.rol": "cenzor",
        "activ": "true",
        "sumă": "1200.5",
        "nota": "",
    }
    assert good[1]["nume"] == ""
    assert not bad


def test_json_numbers_stay_as_written(written, read):
    good, _ = read(written("t.json", '[{"cui": 14756536.0, "a": 12345678901234567890, "b": 1e3}]'))
    assert good == [{"cui": "14756536", "a": "12345678901234567890", "b": "1000"}]


def test_json_records_are_found_or_declared(written, read):
    one = written("a.json", '{"help": "x", "result": {"count": 1, "results": [{"a": 1}]}}')
    assert read(one)[0] == [{"a": "1"}]
    two = written("b.json", '{"x": [{"a": 1}], "y": {"z": [{"a": 2}]}}')
    assert read(two, records="y.z")[0] == [{"a": "2"}]
    with pytest.raises(FileError, match=r"the lists are: x, y\.z"):
        open_table(two)
    with pytest.raises(FileError, match=r"the lists are: x, y\.z"):
        open_table(two, records="y.nu")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"a": 1}, {"a"', "broken or truncated JSON"),
        ('[{"a": 1, "a": 2}]', "stands twice"),
        ("[" * 100_000, "nested too deep"),
        ("<html>eroare</html>", "broken or truncated JSON"),
        ('"text"', "which list"),
    ],
)
def test_json_that_cannot_be_read(written, text, said):
    with pytest.raises(FileError, match=said):
        open_table(written("t.json", text))


def test_json_records_that_are_no_objects_are_refused_one_by_one(written, read):
    good, bad = read(
        written("t.json", '[{"a": 1}, 5, {"a.b": 1, "a": {"b": 2}}, {"a": "\\ud800"}]')
    )
    assert len(good) == 1
    assert [row.number for row in bad] == [2, 3, 4]


def test_json_lines_stream_and_damaged_lines_are_refused(written, read):
    path = written("t.jsonl", '{"a": 1}\n\n{"b": 2\n[1]\n{"b": "ş"}\n' + "[" * 99_999 + "\n")
    good, bad = read(path)
    assert good == [{"a": "1", "b": ""}, {"a": "", "b": "ș"}]
    assert [row.number for row in bad] == [3, 4, 6]


XML = """<?xml version="1.0"?>
<l:lista xmlns:l="urn:x"><titlu>Fonduri</titlu>
  <l:fond id="1"><nume>Impuls</nume><buget moneda="RON">1000</buget>
    <temă>a</temă><temă>b</temă></l:fond>
  <l:fond id="2"><nume>Repere</nume></l:fond>
</l:lista>"""


def test_xml_repeated_elements_are_rows(written, read):
    good, _ = read(written("t.xml", XML))
    assert good == [
        {
            "@id": "1",
            "nume": "Impuls",
            "buget.@moneda": "RON",
            "buget.text": "1000",
            "temă": "a;b",
        },
        {"@id": "2", "nume": "Repere", "buget.@moneda": "", "buget.text": "", "temă": ""},
    ]
    assert read(written("u.xml", XML), records="fond")[0] == good
    assert read(written("u.xml", XML), records="lista.fond")[0] == good
    with pytest.raises(FileError, match="the elements are: lista"):
        open_table(written("u.xml", XML), records="apel")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]><a><b>&x;</b><b/></a>', "entities"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a><b/><b/></a>', "entities"),
        ("<a><b>1</b><b>", "broken XML at line 1"),
        ("<a>" * 5_000, "broken XML"),
    ],
)
def test_hostile_or_broken_xml_is_refused(written, text, said):
    with pytest.raises(FileError, match=said):
        list(open_table(written("t.xml", text)))


def test_records_among_other_elements_are_found_at_their_place(written, read):
    text = "<a><x><b>nu</b></x><list><b><n>1</n><b>în</b></b><b><n>2</n></b></list></a>"
    good, _ = read(written("t.xml", text), records="list.b")
    assert good == [{"n": "1", "b": "în"}, {"n": "2", "b": ""}]


def test_xml_that_holds_too_much_between_records_is_refused(written):
    text = "<a><b>1</b><b>2</b>" + "<junk>" + "x" * 1_000_000 + "</junk>"
    big = text + ("<junk>" + "x" * 1_000_000 + "</junk>") * 70 + "</a>"
    with pytest.raises(FileError, match="damaged"):
        list(open_table(written("t.xml", big), records="b"))


def test_too_many_columns_are_refused(written):
    lines = "\n".join(json.dumps({f"c{i}": 1}) for i in range(6_000))
    with pytest.raises(FileError, match="over 5000 columns"):
        open_table(written("t.jsonl", lines))


def test_html_tables_with_spans_and_unclosed_tags(written, read):
    page = """<p>antet<table><tr><td>meniu</table>
    <table><caption>Finanțări</caption>
    <tr><th rowspan=2>Proiect<th colspan=2>Perioada<tr><th>de la<th>până la
    <tr><td rowspan=2>Plai<td>2022<td>2023
    <tr><td>2024<td>2025</table>"""
    good, bad = read(written("t.html", page), format="html")
    assert good == [
        {"Proiect": "Plai", "Perioada / de la": "2022", "Perioada / până la": "2023"},
        {"Proiect": "Plai", "Perioada / de la": "2024", "Perioada / până la": "2025"},
    ]
    assert not bad
    assert read(written("t.html", page), sheet="Finanțări")[0] == good
    with pytest.raises(FileError, match="2 tables; captions: Finanțări"):
        open_table(written("t.html", page), sheet="Altele")


def test_html_spans_are_bounded(written, read):
    cells = "<td colspan=999999999 rowspan=999999999>x</td>" * 50
    page = f"<table><tr><th>a<th>b</tr><tr><td>1<td>2</tr><tr>{cells}</tr></table>"
    good, _ = read(written("t.html", page))
    assert {"a": "1", "b": "2"} in good


def test_html_without_a_table(written):
    with pytest.raises(FileError, match="no tables"):
        open_table(written("t.html", "<p>nimic"))


def test_a_number_without_end_is_not_lost(written, read):
    good, _ = read(written("t.json", '[{"a": 1e999, "b": -1e999}]'))
    assert good == [{"a": "inf", "b": "-inf"}]
    for text in good[0].values():
        with pytest.raises(RowError, match="not a number"):
            KINDS["decimal"].clean(text)
