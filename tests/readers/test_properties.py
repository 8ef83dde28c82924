"""Over any input: no crash, nothing lost, and what was written comes back tidied."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import BadRow, Row, open_table
from ingest.readers.encoding import tidy_block
from ontology.errors import FileError
from ontology.kinds import tidy

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
ODD = ["", "ş ţ", "a\u0306", "„x”", '"', "a  b", " c ", "1,5"]
CELL = st.text(LETTERS, max_size=20) | st.sampled_from(ODD)
FORMATS = ("csv", "tsv", "json", "jsonl", "xml", "html", "xlsx", "ods")


def rows_of(content: bytes, name: str, **how: object) -> list[Row | BadRow]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return list(open_table(path, **how))  # type: ignore[arg-type]


def assert_read_or_refused(content: bytes, kind: str) -> None:
    try:
        rows = rows_of(content, f"t.{kind}", format=kind)
    except FileError:
        return
    assert all(isinstance(row, Row | BadRow) for row in rows)


@cache
def sample(kind: str) -> bytes:
    """A small valid file of a format."""
    rows = [["nume", "sumă"], ["Asociația A", 1200.5], ["Asociația B", 3]]
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    texts = {
        "csv": 'nume,sumă\n"Asociația A",1200.5\nAsociația B,3\n',
        "json": json.dumps([{"nume": "Asociația A", "x": {"y": [1, {"z": 2}]}}]),
        "xml": "<a><b id='1'><nume>Asociația A</nume></b><b>text</b></a>",
        "html": "<table><tr><th colspan=2>a<th>b<tr><td rowspan=2>1<td>2<td>3<tr><td>4</table>",
    }
    return texts[kind].encode()


@given(
    st.sampled_from(["csv", "json", "xml", "html", "xlsx"]),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=3)), min_size=1, max_size=4),
)
@settings(max_examples=300, deadline=None)
def test_no_damage_to_a_good_file_crashes_a_reader(kind, damages):
    content = sample(kind)
    for at, piece in damages:
        at %= len(content)
        content = content[:at] + piece + content[at + 1 :]
    assert_read_or_refused(content, kind)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8))
def test_every_cell_written_as_csv_comes_back_tidied(rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["a", "b", "c"])
    writer.writerows(rows)
    read = rows_of(out.getvalue().encode(), "t.csv", encoding="utf-8", delimiter=",")
    wanted = {}
    for number, row in enumerate(rows, 2):
        if any("\0" in cell for cell in row):
            wanted[number] = "bad"
        elif any(map(tidy, row)):
            wanted[number] = [tidy(c.replace("\r\n", "\n").replace("\r", "\n")) for c in row]
    found = {
        r.number: "bad" if isinstance(r, BadRow) else [tidy(c) for c in r.values.values()]
        for r in read
    }
    assert found == wanted


@given(st.binary(max_size=400), st.sampled_from(FORMATS))
@settings(max_examples=300, deadline=None)
def test_no_bytes_crash_a_reader(content, kind):
    assert_read_or_refused(content, kind)


RECORD = st.dictionaries(st.text(LETTERS, max_size=5), st.text(LETTERS, max_size=9))


@given(st.lists(RECORD, max_size=5))
def test_every_json_record_is_read_or_refused(records):
    read = rows_of(json.dumps(records).encode(), "t.json")
    assert [row.number for row in read] == list(range(1, len(records) + 1))


@given(st.lists(st.text(LETTERS | st.sampled_from('",;\n\r\t\0'), max_size=30), max_size=12))
def test_every_line_of_any_text_is_accounted_for(lines):
    """Whatever quotes do, no line disappears: each non-blank record is a row or a bad row."""
    text = "a,b\n" + "\n".join(line.replace('"', "") for line in lines)
    read = rows_of(text.encode(), "t.csv", encoding="utf-8", delimiter=",")
    records = list(csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))))
    wanted = {
        number for number, cells in enumerate(records, 1) if number > 1 and any(map(tidy, cells))
    }
    assert wanted <= {row.number for row in read} | {
        number for number, cells in enumerate(records, 1) if "\0" in "".join(cells)
    }


@given(st.text(LETTERS | st.sampled_from("şŢ\u0326\u00a0\u200b\x85 s"), max_size=60))
def test_tidying_a_block_is_tidying_its_cells(text):
    line = text.replace("\t", " ").replace("\n", " ").replace("\r", " ").replace("\0", "")
    assert tidy_block(line)[0].strip() == tidy(line)
