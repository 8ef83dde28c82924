"""Tables as offices lay them out: what is no row of data is no row, what cannot be told is refused, nothing is lost."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from ingest.readers import open_table
from ontology.errors import FileError
from tests.readers.office_tables import Make, csv, html, js, jsonl, ods, text, word, xlsx, xml

H = ["cod", "nume", "suma"]
A = ["a1", "Unu", "10"]
B = ["b2", "Doi", "20"]
AB = [A, B]
_ = None


def hide_rows(book: Any) -> None:
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = True


def cover_sheet(book: Any) -> None:
    cover = book.create_sheet("Copertă", 0)
    cover["A1"] = "Primăria Exemplu"
    cover["A3"] = "Registrul proiectelor"


def notes_sheet(book: Any) -> None:
    cover = book.create_sheet("Note", 0)
    for row in (["Notă", "Text"], ["1", "Datele sunt provizorii"], ["2", "Suma este în lei"]):
        cover.append(row)


def hidden_first(book: Any) -> None:
    cover = book.create_sheet("Calcule", 0)
    cover.append(["x", "y"])
    cover.append([1, 2])
    cover.sheet_state = "hidden"


def empty_first(book: Any) -> None:
    book.create_sheet("Foaie1", 0)


def linked(book: Any) -> None:
    book.active["B2"].hyperlink = "https://example.org"


def commented(book: Any) -> None:
    from openpyxl.comments import Comment

    book.active["B2"].comment = Comment("De verificat", "Referent")


def filtered(book: Any) -> None:
    book.active.auto_filter.ref = "A1:C3"
    book.active.freeze_panes = "A2"


def listed(book: Any) -> None:
    from openpyxl.worksheet.table import Table

    book.active.add_table(Table(displayName="Tabel1", ref="A1:C3"))


CASES: list[tuple[str, Make, list[str], list[list[str]], int]] = [
    # -- titles above ---------------------------------------------------------------------------
    ("one title", xlsx(["Lista"], H, *AB), H, AB, 0),
    ("title and blank row", xlsx(["Lista"], [], H, *AB), H, AB, 0),
    ("three titles", xlsx(["România"], ["Județul Timiș"], ["Anexa 1"], H, *AB), H, AB, 0),
    ("title in the middle", xlsx([_, "Lista"], H, *AB), H, AB, 0),
    ("office at the left, annex at the right", xlsx(["Primăria Exemplu", _, "Anexa nr. 1"], H, *AB), H, AB, 0),
    ("name and value of the office", xlsx(["Instituția:", "Primăria Exemplu"], ["Data:", "01.02.2024"], H, *AB), H, AB, 0),
    ("registration number and date", xlsx(["Nr. 123/2024", _, date(2024, 2, 1)], H, *AB), H, AB, 0),
    ("title and year", xlsx(["Raport anual", 2024], H, *AB), H, AB, 0),
    ("merged title", xlsx(["Lista", _, _], H, *AB, merge=("A1:C1",)), H, AB, 0),
    ("title merged over two rows", xlsx(["Lista", _, _], [], H, *AB, merge=("A1:C2",)), H, AB, 0),
    ("ods title", ods(["Lista"], H, *AB), H, AB, 0),
    ("ods merged title", ods([("Lista", 3, 1), ..., ...], H, *AB), H, AB, 0),
    ("csv title", csv("Lista proiectelor\n\ncod;nume;suma\na1;Unu;10\nb2;Doi;20\n"), H, AB, 0),
    ("csv title padded", csv("Lista proiectelor;;\ncod;nume;suma\na1;Unu;10\nb2;Doi;20\n"), H, AB, 0),
    ("csv separator hint of Excel", csv("sep=;\ncod;nume;suma\na1;Unu;10\nb2;Doi;20\n"), H, AB, 0),
    ("csv comment above", csv("# export 2024-05-31\ncod,nume,suma\na1,Unu,10\nb2,Doi,20\n"), H, AB, 0),
    ("word title row", word([["Lista", "", ""], H, *AB]), H, AB, 0),
    ("html caption", html("<table><caption>Lista</caption><tr><th>cod<th>nume<th>suma<tr><td>a1<td>Unu<td>10<tr><td>b2<td>Doi<td>20</table>"), H, AB, 0),
    # -- headers --------------------------------------------------------------------------------
    ("numbers of the columns below", xlsx([*H, "d", "e"], [1, 2, 3, 4, 5], [*A, "x", "y"]), [*H, "d", "e"], [[*A, "x", "y"]], 0),
    ("numbers from zero as texts", xlsx(H, ["0", "1", "2"], *AB), H, AB, 1),
    ("a first row that only looks like numbers", xlsx(H, ["1", "Unu", "3"]), H, [["1", "Unu", "3"]], 0),
    ("header again in the middle", xlsx(H, A, H, B), H, AB, 0),
    ("header and numbers again", xlsx(H, [1, 2, 3], A, H, [1, 2, 3], B), H, AB, 2),
    ("csv header again", csv("cod;nume;suma\na1;Unu;10\ncod;nume;suma\nb2;Doi;20\n"), H, AB, 0),
    ("csv files glued together", csv("cod,nume,suma\r\na1,Unu,10\r\n\r\ncod,nume,suma\r\nb2,Doi,20\r\n"), H, AB, 0),
    ("html header again", html("<table><tr><th>cod<th>nume<tr><td>a1<td>Unu<tr><th>cod<th>nume<tr><td>b2<td>Doi</table>"), H[:2], [A[:2], B[:2]], 0),
    ("word header again", word([H, A, H, B]), H, AB, 0),
    ("a heading with a line break", xlsx(["cod", "nume\norganizație"], A[:2]), ["cod", "nume organizație"], [A[:2]], 0),
    ("a heading with spaces", xlsx([" cod ", "nume  întreg"], A[:2]), ["cod", "nume întreg"], [A[:2]], 0),
    ("a heading with cedilla letters", xlsx(["cod", "Localităţi şi sate"], A[:2]), ["cod", "Localități și sate"], [A[:2]], 0),
    ("a heading that is a year", xlsx(["indicator", 2022, 2023], ["a", 5, 6]), ["indicator", "2022", "2023"], [["a", "5", "6"]], 0),
    ("a heading that is a date", xlsx(["indicator", date(2022, 1, 1)], ["a", 5]), ["indicator", "2022-01-01"], [["a", "5"]], 0),
    ("a heading twice", xlsx(["cod", "nume", "nume"], ["a", "b", "c"]), ["cod", "nume", "nume (2)"], [["a", "b", "c"]], 0),
    ("a heading three times, once numbered", csv("nume,nume (2),nume\na,b,c\n"), ["nume", "nume (2)", "nume (3)"], [["a", "b", "c"]], 0),
    ("two levels, merged", xlsx(["cod", "Perioada", _], [_, "de la", "până la"], ["a", "x", "y"], merge=("A1:A2", "B1:C1")), ["cod", "Perioada / de la", "Perioada / până la"], [["a", "x", "y"]], 0),
    ("two levels, not merged", xlsx(["cod", "Perioada", _, "suma"], [_, "de la", "până la", _], ["a", "x", "y", "5"]), ["cod", "Perioada / de la", "Perioada / până la", "suma"], [["a", "x", "y", "5"]], 0),
    ("three levels, merged", xlsx(["cod", "Plan", _], [_, "Perioada", _], [_, "de la", "la"], ["a", "x", "y"], merge=("A1:A3", "B1:C1", "B2:C2")), ["cod", "Plan / Perioada / de la", "Plan / Perioada / la"], [["a", "x", "y"]], 0),
    ("ods two levels", ods([("cod", 1, 2), ("Suma", 2, 1), ...], [..., "lei", "euro"], ["a", "5", "1"]), ["cod", "Suma / lei", "Suma / euro"], [["a", "5", "1"]], 0),
    ("html two levels", html("<table><tr><th rowspan=2>cod<th colspan=2>Suma<tr><th>lei<th>euro<tr><td>a<td>5<td>1</table>"), ["cod", "Suma / lei", "Suma / euro"], [["a", "5", "1"]], 0),
    ("word two levels", word([["cod", "Suma", ""], ["", "lei", "euro"], ["a", "5", "1"]], merge=((0, 0, 1, 0), (0, 1, 0, 2))), ["cod", "Suma / lei", "Suma / euro"], [["a", "5", "1"]], 0),
    ("a title and two levels", xlsx(["Lista"], ["cod", "Suma", _], [_, "lei", "euro"], ["a", 5, 1], merge=("A1:C1", "A2:A3", "B2:C2")), ["cod", "Suma / lei", "Suma / euro"], [["a", "5", "1"]], 0),
    ("header only", xlsx(H), H, [], 0),
    ("header only, csv", csv("cod;nume;suma\n"), H, [], 0),
    ("one column", csv("nume\nUnu\nDoi\n"), ["nume"], [["Unu"], ["Doi"]], 0),
    ("one column with a title", xlsx(["nume"], ["Unu"], ["Doi"]), ["nume"], [["Unu"], ["Doi"]], 0),
    # -- blank columns, blank rows, what stands beside ------------------------------------------
    ("blank first column", xlsx([_, *H], [_, *A], [_, *B]), H, AB, 0),
    ("blank first column and row", xlsx([], [_, *H], [_, *A], [_, *B]), H, AB, 0),
    ("blank column between", xlsx(["cod", _, "nume"], ["a1", _, "Unu"]), H[:2], [A[:2]], 0),
    ("blank rows between", xlsx(H, A, [], [], B), H, AB, 0),
    ("rows of spaces", xlsx(H, A, [" ", " ", " "], B), H, AB, 0),
    ("trailing delimiters", csv("cod;nume;suma;;\na1;Unu;10;;\nb2;Doi;20;;\n"), H, AB, 0),
    ("rows of delimiters", csv("cod;nume;suma\na1;Unu;10\n;;\nb2;Doi;20\n;;\n;;\n"), H, AB, 0),
    ("a remark beside the table", xlsx(H, [*A, _, "de verificat"], B), H, [B], 1),
    ("a note below", xlsx(H, *AB, [], ["Notă: date provizorii"]), H, [*AB, ["Notă: date provizorii", "", ""]], 0),
    ("a total below", xlsx(H, *AB, ["TOTAL", _, 30]), H, [*AB, ["TOTAL", "", "30"]], 0),
    ("signatures below", xlsx(H, *AB, [], ["Director", _, "Întocmit"]), H, [*AB, ["Director", "", "Întocmit"]], 0),
    ("hidden rows and columns are data", xlsx(H, *AB, more=hide_rows), H, AB, 0),
    ("a filter hides nothing", xlsx(H, *AB, more=filtered), H, AB, 0),
    ("a table object", xlsx(H, *AB, more=listed), H, AB, 0),
    # -- sheets ---------------------------------------------------------------------------------
    ("an empty first sheet", xlsx(H, *AB, more=empty_first), H, AB, 0),
    ("a hidden first sheet", xlsx(H, *AB, more=hidden_first), H, AB, 0),
    # -- cells ----------------------------------------------------------------------------------
    ("merged words over rows", xlsx(["of", "cod"], ["A", "1"], [_, "2"], merge=("A2:A3",)), ["of", "cod"], [["A", "1"], ["A", "2"]], 0),
    ("merged number over rows", xlsx(["cod", "suma"], ["1", 100], ["2", _], merge=("B2:B3",)), ["cod", "suma"], [["1", "100"], ["2", ""]], 0),
    ("merged over columns in a row", xlsx(H, ["a1", "Unu", _], merge=("B2:C2",)), H, [["a1", "Unu", ""]], 0),
    ("a link", xlsx(H, *AB, more=linked), H, AB, 0),
    ("a comment", xlsx(H, *AB, more=commented), H, AB, 0),
    ("numbers as numbers", xlsx(H, ["a1", "Unu", 10], ["b2", "Doi", 20.0]), H, AB, 0),
    ("a leading apostrophe's text", xlsx(["cod"], ["007"], ["0012"]), ["cod"], [["007"], ["0012"]], 0),
    ("a moment", xlsx(["cod", "când"], ["1", datetime(2024, 5, 31, 16, 30)]), ["cod", "când"], [["1", "2024-05-31T16:30:00"]], 0),
    ("a very long number", xlsx(["cod", "n"], ["1", 12345678901]), ["cod", "n"], [["1", "12345678901"]], 0),
    ("no-break spaces", xlsx(["cod", "suma"], ["1", "1\u00a0200,50"]), ["cod", "suma"], [["1", "1 200,50"]], 0),
    ("soft hyphens and marks of direction", xlsx(["cod", "nume"], ["1", "Aso\u00adcia\u200bția"]), ["cod", "nume"], [["1", "Asociația"]], 0),
    ("letters put together", xlsx(["cod", "nume"], ["1", "S\u0326coala\u0306"]), ["cod", "nume"], [["1", "Școală"]], 0),
    ("ods a line break", ods(["cod", "nume"], ["1", "Unu\nDoi"]), ["cod", "nume"], [["1", "Unu\nDoi"]], 0),
    ("ods merged words over rows", ods(["of", "cod"], [("A", 1, 2), "1"], [..., "2"]), ["of", "cod"], [["A", "1"], ["A", "2"]], 0),
    ("word a line break", word([["cod", "nume"], ["1", "Unu\nDoi"]]), ["cod", "nume"], [["1", "Unu Doi"]], 0),
    ("word merged words", word([["of", "cod"], ["A", "1"], ["", "2"]], merge=((1, 0, 2, 0),)), ["of", "cod"], [["A", "1"], ["A", "2"]], 0),
    # -- csv ------------------------------------------------------------------------------------
    ("bom", csv("\ufeffcod;nume\na1;Unu\n"), H[:2], [A[:2]], 0),
    ("utf-16", csv("cod;nume\na1;Ștefan\n", "utf-16"), H[:2], [["a1", "Ștefan"]], 0),
    ("windows-1250", csv("cod;nume\na1;Ţară şi ţinut\n", "cp1250"), H[:2], [["a1", "Țară și ținut"]], 0),
    ("tabs", csv("cod\tnume\na1\tUnu\n"), H[:2], [A[:2]], 0),
    ("pipes", csv("cod|nume\na1|Unu\n"), H[:2], [A[:2]], 0),
    ("commas in quoted cells", csv('cod,nume\na1,"Unu, doi"\n'), H[:2], [["a1", "Unu, doi"]], 0),
    ("decimal commas beside semicolons", csv("cod;suma\na1;1.234,56\nb2;2,5\n"), ["cod", "suma"], [["a1", "1.234,56"], ["b2", "2,5"]], 0),
    ("quotes inside", csv('cod;nume\na1;"Clubul ""Unu"""\n'), H[:2], [["a1", 'Clubul "Unu"']], 0),
    ("Romanian quotes are letters", csv("cod;nume\na1;„Unu”\n"), H[:2], [["a1", "„Unu”"]], 0),
    ("a line break in quotes", csv('cod;nume\na1;"Unu\nDoi"\nb2;Trei\n'), H[:2], [["a1", "Unu\nDoi"], ["b2", "Trei"]], 0),
    ("old Mac line ends", csv("cod;nume\ra1;Unu\rb2;Doi\r"), H[:2], [A[:2], B[:2]], 0),
    ("mixed line ends", csv("cod;nume\r\na1;Unu\nb2;Doi\r\n"), H[:2], [A[:2], B[:2]], 0),
    ("no line end at the end", csv("cod;nume\na1;Unu"), H[:2], [A[:2]], 0),
    ("a missing cell", csv("cod;nume;suma\na1;Unu;10\nb2;Doi\n"), H, [A], 1),
    ("a cell too many", csv("cod;nume\na1;Unu\nb2;Doi;trei\n"), H[:2], [A[:2]], 1),
    ("a quote that never closes", csv('cod;nume\na1;"Unu\nb2;Doi\nc3;Trei\n'), H[:2], [B[:2], ["c3", "Trei"]], 1),
    ("a NUL", csv(b"cod;nume\na1;U\0nu\nb2;Doi\n"), H[:2], [B[:2]], 1),
    ("all quoted", csv('"cod";"nume"\n"a1";"Unu"\n'), H[:2], [A[:2]], 0),
    ("a formula is a text", csv("cod;nume\na1;=1+1\n"), H[:2], [["a1", "=1+1"]], 0),
    ("spaces around", csv("cod ; nume\n a1 ; Unu \n"), H[:2], [A[:2]], 0),
    ("a last line cut in two", csv('cod;nume\na1;Unu\nb2;"Do'), H[:2], [A[:2]], 1),
    # -- json -----------------------------------------------------------------------------------
    ("a list of objects", js([{"cod": "a1", "nume": "Unu"}]), H[:2], [A[:2]], 0),
    ("objects under a word", js({"total": 1, "date": [{"cod": "a1", "nume": "Unu"}]}), H[:2], [A[:2]], 0),
    ("missing and null", js([{"cod": "a1", "nume": None}, {"cod": "b2"}]), H[:2], [["a1", ""], ["b2", ""]], 0),
    ("a nested object", js([{"cod": "a1", "adresa": {"oraș": "Lugoj"}}]), ["cod", "adresa.oraș"], [["a1", "Lugoj"]], 0),
    ("a list of words", js([{"cod": "a1", "teme": ["x", "y"]}]), ["cod", "teme"], [["a1", "x;y"]], 0),
    ("a list of objects inside", js([{"cod": "a1", "sedii": [{"oraș": "A"}, {"oraș": "B"}]}]), ["cod", "sedii.0.oraș", "sedii.1.oraș"], [["a1", "A", "B"]], 0),
    ("an empty list inside", js([{"cod": "a1", "teme": []}]), ["cod", "teme"], [["a1", ""]], 0),
    ("yes and no", js([{"cod": "a1", "activ": True}, {"cod": "b2", "activ": False}]), ["cod", "activ"], [["a1", "true"], ["b2", "false"]], 0),
    ("exact numbers", text("t.json", '[{"cod": 1, "n": 12345678901234567890, "f": 0.10}]'), ["cod", "n", "f"], [["1", "12345678901234567890", "0.10"]], 0),
    ("geojson", js({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"cod": "a1"}, "geometry": None}]}), ["type", "properties.cod", "geometry"], [["Feature", "a1", ""]], 0),
    ("rows as lists, the header first", js([["cod", "nume"], ["a1", "Unu"]]), H[:2], [A[:2]], 0),
    ("json with a bom", text("t.json", '\ufeff[{"cod": "a1"}]'), ["cod"], [["a1"]], 0),
    ("json lines", jsonl('{"cod": "a1"}\n\n{"cod": "b2"}\n'), ["cod"], [["a1"], ["b2"]], 0),
    ("json lines cut", jsonl('{"cod": "a1"}\n{"cod": "b2"}\n{"cod": "c'), ["cod"], [["a1"], ["b2"]], 1),
    ("json lines with a broken one", jsonl('{"cod": "a1"}\n{oops}\n{"cod": "b2"}\n'), ["cod"], [["a1"], ["b2"]], 1),
    ("json lines with a new field later", jsonl('{"cod": "a1"}\n{"cod": "b2", "x": 1}\n'), ["cod", "x"], [["a1", ""], ["b2", "1"]], 0),
    ("a key twice", jsonl('{"cod": "a1"}\n{"cod": "b2", "cod": "c3"}\n'), ["cod"], [["a1"]], 1),
    # -- xml ------------------------------------------------------------------------------------
    ("xml", xml("<l><r><cod>a1</cod><nume>Unu</nume></r><r><cod>b2</cod><nume>Doi</nume></r></l>"), H[:2], [A[:2], B[:2]], 0),
    ("namespaces", xml('<x:l xmlns:x="urn:a" xmlns="urn:b"><x:r><cod>a1</cod></x:r><x:r><cod>b2</cod></x:r></x:l>'), ["cod"], [["a1"], ["b2"]], 0),
    ("cdata", xml("<l><r><cod><![CDATA[a & b <c>]]></cod></r><r><cod>b2</cod></r></l>"), ["cod"], [["a & b <c>"], ["b2"]], 0),
    ("attributes", xml('<l><r cod="a1"/><r cod="b2"/></l>'), ["@cod"], [["a1"], ["b2"]], 0),
    ("comments and instructions", xml("<?xml version='1.0'?><!-- x --><l><?y z?><r><cod>a1<!-- q --></cod></r><r><cod>b2</cod></r></l>"), ["cod"], [["a1"], ["b2"]], 0),
    ("an empty element", xml("<l><r><cod>a1</cod><nume/></r><r><cod>b2</cod><nume></nume></r></l>"), H[:2], [["a1", ""], ["b2", ""]], 0),
    ("an element several times", xml("<l><r><cod>a1</cod><t>x</t><t>y</t></r><r><cod>b2</cod></r></l>"), ["cod", "t"], [["a1", "x;y"], ["b2", ""]], 0),
    ("xml in windows-1250", xml("<?xml version='1.0' encoding='windows-1250'?><l><r><cod>ţară</cod></r><r><cod>b</cod></r></l>".encode("cp1250")), ["cod"], [["țară"], ["b"]], 0),
    ("character references", xml("<l><r><cod>&#537;i &amp; co</cod></r><r><cod>b</cod></r></l>"), ["cod"], [["și & co"], ["b"]], 0),
    # -- html -----------------------------------------------------------------------------------
    ("rowspan", html("<table><tr><th>of<th>cod<tr><td rowspan=2>A<td>1<tr><td>2</table>"), ["of", "cod"], [["A", "1"], ["A", "2"]], 0),
    ("colspan in a row", html("<table><tr><th>cod<th>nume<th>suma<tr><td>a1<td colspan=2>Unu</table>"), H, [["a1", "Unu", ""]], 0),
    ("rowspan of nought", html("<table><tr><th>cod<th>nume<tr><td rowspan=0>a1<td>Unu</table>"), H[:2], [A[:2]], 0),
    ("thead, tbody, tfoot", html("<table><thead><tr><th>cod<th>nume</thead><tbody><tr><td>a1<td>Unu</tbody></table>"), H[:2], [A[:2]], 0),
    ("a heading in the row", html("<table><tr><th>cod<th>nume<tr><th scope=row>a1<td>Unu</table>"), H[:2], [A[:2]], 0),
    ("entities and breaks", html("<table><tr><th>cod<th>nume<tr><td>a1<td>Unu&nbsp;&amp;<br>Doi</table>"), H[:2], [["a1", "Unu & Doi"]], 0),
    ("unclosed", html("<table><tr><th>cod<th>nume<tr><td>a1<td>Unu"), H[:2], [A[:2]], 0),
    ("a small table before the large one", html("<table><tr><td>Meniu<td>Contact</table><table><tr><th>cod<th>nume<tr><td>a1<td>Unu<tr><td>b2<td>Doi</table>"), H[:2], [A[:2], B[:2]], 0),
    ("a table inside a cell is text", html("<table><tr><th>cod<th>nume<tr><td>a1<td><table><tr><td>Unu</table></table>"), H[:2], [A[:2]], 0),
    ("a layout table around", html("<table><tr><td>Meniu<td><table><tr><th>cod<th>nume<tr><td>a1<td>Unu<tr><td>b2<td>Doi</table></table>"), H[:2], [A[:2], B[:2]], 0),
    ("script and style are no text", html("<table><tr><th>cod<th>nume<tr><td>a1<td>Unu<script>var x=1</script><style>p{}</style></table>"), H[:2], [A[:2]], 0),
    # -- word -----------------------------------------------------------------------------------
    ("one table parted over pages", word([H, A], [H, B]), H, AB, 0),
    ("a letterhead and a table", word([["Antet", "Data"]], [H, *AB]), H, AB, 0),
    ("numbers of the columns in word", word([H, ["1", "2", "3"], *AB]), H, AB, 1),
]  # fmt: skip

REFUSED: list[tuple[str, Make, str]] = [
    ("a pdf", text("t.pdf", "%PDF-1.7\n"), "PDF"),
    ("a pdf as csv", csv("%PDF-1.7\n"), "PDF"),
    ("nothing", csv(""), "empty"),
    ("blank lines", csv("\n\n\n"), "empty"),
    ("an empty sheet", xlsx([]), "no data"),
    ("json cut", text("t.json", '[{"cod": "a1"}, {"co'), "JSON"),
    ("json of a number", text("t.json", "42"), "record"),
    ("one object alone may be anything", js({"cod": "a1", "nume": "Unu"}), "record"),
    ("an api's error", js({"error": {"message": "invalid key"}, "data": []}), "record"),
    ("xml cut", xml("<l><r><cod>a1</cod></r><r><co"), "XML"),
    ("xml with entities", xml("<!DOCTYPE l [<!ENTITY a 'ha'>]><l><r>&a;</r><r/></l>"), "entities"),
    ("xml of one record", xml("<l><r><cod>a1</cod></r></l>"), "record"),
    ("a page without tables", html("<p>Nimic</p>"), "no tables"),
    ("a page under the name of csv", csv("<!doctype html><html><p>404</p></html>"), "web page"),
    ("a zip of csv", text("t.zip", b"PK\x05\x06" + bytes(18)), "archive"),
]


@pytest.mark.parametrize(
    ("make", "columns", "rows", "bad"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_what_comes_of_a_layout(
    tmp_path: Path, read: Any, make: Make, columns: list[str], rows: list[list[str]], bad: int
) -> None:
    path = make(tmp_path)
    good, wrong = read(path, known=frozenset())
    assert list(open_table(path).columns) == columns
    assert [list(row.values()) for row in good] == rows
    assert len(wrong) == bad


@pytest.mark.parametrize(("make", "says"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_what_is_no_table_says_why(tmp_path: Path, read: Any, make: Make, says: str) -> None:
    with pytest.raises(FileError, match=says) as caught:
        read(make(tmp_path))
    assert caught.value.fix.ro


@pytest.mark.parametrize("more", [cover_sheet, notes_sheet])
def test_the_sheet_with_the_declared_columns_is_the_table(tmp_path: Path, more: Any) -> None:
    path = xlsx(H, *AB, more=more)(tmp_path)
    assert list(open_table(path, known=frozenset(H)).columns) == H


def test_a_row_with_the_declared_columns_is_the_header(tmp_path: Path) -> None:
    path = xlsx(["Situația", "centralizatoare", "a proiectelor"], H, *AB)(tmp_path)
    assert list(open_table(path, known=frozenset(H)).columns) == H


def test_a_cell_merged_over_very_many_rows_of_a_document(tmp_path):
    """The library took minutes over some hundred rows, and none of more: it looked up from each to the first."""
    rows = [("cod", "nume", ""), ("A", "0", '<w:vMerge w:val="restart"/>')]
    rows += [("", str(n), "<w:vMerge/>") for n in range(1, 3_000)]
    made = "".join(
        f"<w:tr><w:tc><w:tcPr>{merged}</w:tcPr><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:tc>"
        f"<w:tc><w:p><w:r><w:t>{other}</w:t></w:r></w:p></w:tc></w:tr>"
        for one, other, merged in rows
    )
    document = docx.Document()
    columns = "<w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    table = parse_xml(f'<w:tbl xmlns:w="{name}">{columns}{made}</w:tbl>')
    document.element.body.insert(0, table)
    document.save(str(tmp_path / "t.docx"))
    found = [row.values for row in open_table(tmp_path / "t.docx")]
    assert found == [{"cod": "A", "nume": str(n)} for n in range(3_000)]


def test_a_row_of_a_document_that_begins_beyond_all_columns_is_refused(tmp_path):
    """A number in the markup would otherwise be so many blank cells in memory."""
    document = docx.Document()
    row = document.add_table(2, 2).rows[0]._tr
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    far = f'<w:trPr xmlns:w="{name}"><w:gridBefore w:val="2000000000"/></w:trPr>'
    row.insert(0, parse_xml(far))
    document.save(str(tmp_path / "t.docx"))
    with pytest.raises(FileError, match="damaged"):
        open_table(tmp_path / "t.docx")
