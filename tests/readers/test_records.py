"""JSON, JSON Lines, XML and HTML tables: nested records become columns, damage is told."""

from __future__ import annotations

import io
import json
import tracemalloc

import openpyxl
import pytest

from ingest.readers import open_table
from ingest.readers.encoding import BLOCK
from ontology.errors import FileError, RowError
from ontology.kinds import KINDS
from tests.readers.office_tables import shared_workbook


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


def test_tables_inside_one_another_without_end_cost_no_more_than_their_length(written, read):
    """Deep ones are text of those around them; the largest of the others is the table."""
    deep = 3_000
    page = "<table><tr><td>a" * deep + "</td></tr></table>" * deep
    page += "<table>" + "<tr><td>h<td>i" * 3 + "</table>"
    tracemalloc.start()
    try:
        rows, _ = read(written("t.html", page))
        assert tracemalloc.get_traced_memory()[1] < 20 << 20
    finally:
        tracemalloc.stop()
    assert len(rows) == 2


def test_html_without_a_table(written):
    with pytest.raises(FileError, match="no tables"):
        open_table(written("t.html", "<p>nimic"))


def test_a_number_without_end_is_not_lost(written, read):
    good, _ = read(written("t.json", '[{"a": 1e999, "b": -1e999}]'))
    assert good == [{"a": "inf", "b": "-inf"}]
    for text in good[0].values():
        with pytest.raises(RowError, match="not a number"):
            KINDS["decimal"].clean(text)


def test_a_json_document_of_many_blocks_is_read_as_a_short_one(written, read):
    records = [{"n": n, "text": "ș" * (n % 97), "în": {"a": [n, n + 1]}} for n in range(30_000)]
    path = written("t.json", json.dumps({"meta": {"x": [1]}, "rows": records}, ensure_ascii=False))
    good, bad = read(path)
    assert not bad
    assert [row["n"] for row in good] == [str(n) for n in range(30_000)]
    assert good[-1] == {"n": "29999", "text": "ș" * 26, "în.a": "29999;30000"}


@pytest.mark.parametrize("number", ["12.5", "1e5", "-7.25", "1E+3"])
def test_a_number_is_whole_wherever_a_block_of_the_file_ends_in_it(written, read, number):
    """Beside the records, where it is read on its own: the box of a map, the version of a document."""
    for cut in range(len(number) + 1):
        start, end = '{"items":[{"a":"', f'"}}],"box":[{number},2]}}'
        text = "x" * (BLOCK - len(start) - end.index(number) - cut)
        assert read(written("d.json", start + text + end)) == ([{"a": text}], [])


def test_a_long_value_is_read_whole(written, read):
    good, _ = read(written("t.json", json.dumps([{"a": "x" * 1_000_000}, {"a": "1"}])))
    assert [len(row["a"]) for row in good] == [1_000_000, 1]


def test_a_mistake_far_down_is_named_by_its_line(written):
    lines = ",\n".join(f'{{"a": "{"x" * 90}{n}"}}' for n in range(10_000))
    for text, where in (
        (f"[{lines},\n{{a: 1}}]", "10001, 2"),
        (f"[{lines}", "10000, 104"),
        (f"[{lines}]\n]", "10001, 1"),
    ):
        with pytest.raises(FileError, match=rf"\(line, column: {where}\)"):
            open_table(written("t.json", text))


def test_of_lists_of_which_one_holds_objects_that_one_is_meant(written, read):
    text = '{"a": [1, 2], "b": {"c": [], "d": [3, {"x": 1}]}, "e": [[1], [2]]}'
    good, bad = read(written("t.json", text))
    assert (good, [row.number for row in bad]) == ([{"x": "1"}], [1])
    assert read(written("t.json", text), records="e")[0] == [{"1": "2"}]
    with pytest.raises(FileError, match=r"the lists are: b\.d\."):
        open_table(written("t.json", text), records="f")


def test_damaged_bytes_of_json_are_refused_where_they_stand(written, read):
    text = json.dumps([{"a": "ș"}, {"a": "țară"}] * 30, ensure_ascii=False).encode()
    good, bad = read(written("t.json", text.replace(b"\xc8\x9bar", b"\xff\xffar", 1)))
    assert len(good) == 59
    assert [row.number for row in bad] == [2]


def test_a_column_whose_first_value_is_damaged_is_not_lost(written, read):
    for name, text in (
        ("t.jsonl", '{"a": "\\ud800", "b": 1}\n{"a": "x", "b": 2}\n'),
        ("t.json", '[{"a": "\\ud800", "b": 1}, {"a": "x", "b": 2}]'),
    ):
        good, bad = read(written(name, text))
        assert good == [{"a": "x", "b": "2"}]
        assert len(bad) == 1


def test_a_page_of_many_blocks_and_rows_in_cells_that_were_never_closed(written, read):
    rows = "".join(f"<tr><td>{n}<td><b>Nu</b>me<i>le</i> {n} &amp; al lui" for n in range(20_000))
    good, bad = read(written("t.html", f"<table><tr><th>n<th>t{rows}</table>"))
    assert not bad
    assert good[-1] == {"n": "19999", "t": "Nu me le 19999 & al lui"}
    page = "<table><tr><th>a<th>b<tr><td>1<td><li>x<li>y<tr><td>2<td>z</table>"
    assert [row["a"] for row in read(written("t.html", page))[0]] == ["1", "2"]
    long = "<table><tr><th>a<tr><td>" + "ș" * 300_000 + "</table>"
    assert read(written("t.html", long))[0] == [{"a": "ș" * 300_000}]


def _csv(rows):
    return "n,text\n" + "".join(f"{n},{text}\n" for n, text in rows)


def _page(rows):
    cells = "".join(f"<tr><td>{n}</td><td>{text}</td></tr>" for n, text in rows)
    return f"<table><tr><th>n</th><th>text</th></tr>{cells}</table>"


def _elements(rows):
    return f"<a>{''.join(f'<r><n>{n}</n><text>{text}</text></r>' for n, text in rows)}</a>"


def _objects(rows):
    return json.dumps({"rows": [{"n": n, "text": text} for n, text in rows]}, indent=1)


def _object_lines(rows):
    return "".join(json.dumps({"n": n, "text": text}) + "\n" for n, text in rows)


def _workbook(rows):
    book, out = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in (("n", "text"), *rows):
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def _shared(rows):
    texts = ["<t>n</t>", "<t>text</t>", *(f"<t>{cell}</t>" for row in rows for cell in row)]
    return shared_workbook(texts, ((at, at + 1) for at in range(0, len(texts), 2)))


FORMATS = {
    "t.csv": _csv, "t.html": _page, "t.xml": _elements, "t.json": _objects, "t.jsonl": _object_lines,
    "t.xlsx": _workbook, "shared.xlsx": _shared,
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_five_times_the_rows_need_no_more_memory(written, name):
    """Of what Python holds, to which the parsers of XML add what stands between two records."""
    peaks = []
    for count in (3_000, 15_000):
        path = written(name, FORMATS[name]([(n, f"text {n} " * 40) for n in range(count)]))
        tracemalloc.start()
        assert sum(1 for _ in open_table(path)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 2_500_000  # the files differ by 5 MB; blocks of 1 MiB are read
