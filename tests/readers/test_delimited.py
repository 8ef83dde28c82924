"""CSV and TSV: encoding and delimiter are found, every row is read or refused with a reason."""

from __future__ import annotations

import pytest

from ingest.readers import BadRow, open_table
from ontology.errors import FileError

NAME = "Asociația „Țara” Făgăraș"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", NAME),
        ("utf-8-sig", NAME),
        ("utf-16", NAME),
        ("utf-16-le", NAME),
        ("utf-32", NAME),
        ("cp1250", "Asociaţia „Ţara” Făgăraş"),
        ("iso8859-2", "Asociaţia Ţara Făgăraş"),
        ("iso8859-16", NAME),
    ],
)
def test_encoding_is_found_and_letters_get_a_comma_below(written, read, encoding, name):
    path = written(
        "t.csv",
        f"nume,oraș\n{name},Timișoara\n".replace("ș", "s")
        if "cp" in encoding or encoding == "iso8859-2"
        else f"nume,oraș\n{name},Timișoara\n",
        encoding,
    )
    (row,), bad = read(path)
    assert not bad
    assert row["nume"] == (NAME if "„" in name else "Asociația Țara Făgăraș")


def test_decomposed_letters_are_composed(written, read):
    (row,), _ = read(written("t.csv", "nume\nTimis\u0326oara Fa\u0306get\n"))
    assert row["nume"] == "Timișoara Făget"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(written, read, delimiter):
    text = "\n".join(
        delimiter.join(row) for row in (["id", "sumă", "oraș"], ["1", "12 500", "Timișoara"])
    )
    (row,), _ = read(written("t.csv", text))
    assert row == {"id": "1", "sumă": "12 500", "oraș": "Timișoara"}


def test_decimal_commas_do_not_pass_for_delimiters(written, read):
    good, bad = read(written("t.csv", "id;suma\n1;1.200,50\n2;3,5\n3;4,25\n"))
    assert [row["suma"] for row in good] == ["1.200,50", "3,5", "4,25"]
    assert not bad


def test_quoted_line_breaks_make_one_row_and_do_not_shift_the_count(written):
    path = written("t.csv", 'id,text\n1,"două\r\nlinii"\n\n2,b\n')
    first, second = open_table(path)
    assert (first.number, first.values["text"]) == (2, "două\nlinii")
    assert (second.number, second.place) == (4, "t.csv, row 4")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ending(written, read, end):
    good, bad = read(written("t.csv", end.join(["a,b", "1,2", "3,4"])))
    assert good == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]
    assert not bad


def test_a_ragged_row_is_refused_with_its_number_and_the_rest_goes_on(written, read):
    good, bad = read(written("t.csv", "a,b,c\n1,2,3\n1,2\n1,2,3,4\n5,6,7,\n"))
    assert [row["a"] for row in good] == ["1", "5"]
    assert [row.number for row in bad] == [3, 4]
    assert bad[0].error.message("ro") == (
        "t.csv, rândul 3: rândul are 2 celule, iar capul de tabel 3. "
        "Verificați separatorii și ghilimelele de pe acest rând."
    )
    assert bad[0].error.message("en").startswith("t.csv, row 3: the row has 2 cells")


def test_an_open_quote_refuses_its_own_line_only(written, read):
    lines = ["id,nume"] + [f'{i},"Asociația {i}"' for i in range(1, 60)]
    lines[30] = '30,"Asociația 30'
    good, bad = read(written("t.csv", "\n".join(lines)))
    assert len(good) == 58
    assert [row.number for row in bad] == [31]
    assert "never closed" in bad[0].error.message("en")


def test_an_open_quote_on_the_last_line(written, read):
    good, bad = read(written("t.csv", 'a,b\n1,2\n3,"x\n'))
    assert (len(good), len(bad)) == (1, 1)


def test_a_sloppy_quote_is_read(written, read):
    good, bad = read(written("t.csv", 'a,b\n"Ion" ,2\n3,5" țeavă\n'))
    assert [row["a"] for row in good] == ["Ion", "3"]
    assert good[1]["b"] == '5" țeavă'
    assert not bad


def test_zero_bytes_refuse_the_row(written, read):
    good, bad = read(written("t.csv", b"a,b\n1,2\n3,\x00\x00\n5,6\n"))
    assert [row["a"] for row in good] == ["1", "5"]
    assert bad[0].number == 3
    assert "zero bytes" in bad[0].error.message()


def test_a_few_damaged_bytes_in_utf8_refuse_their_row(written, read):
    rows = [f"{i},Timișoara și Lugojul".encode() for i in range(20)]
    rows[7] = b"7,Timi\xbaoara"
    good, bad = read(written("t.csv", b"\n".join([b"id,loc", *rows])))
    assert (len(good), [row.number for row in bad]) == (19, [9])


def test_a_cell_longer_than_the_limit_is_refused(written, read):
    good, bad = read(written("t.csv", "a,b\n1," + "x" * 140_000 + "\n3,4\n"))
    assert [row["a"] for row in good] == ["3"]
    assert "131,072" in bad[0].error.message()


def test_a_line_without_end_is_refused_without_holding_it(written, read):
    good, bad = read(written("t.csv", "a,b\n1,2\n" + "x" * 9_000_000 + "\n3,4\n"))
    assert [row["a"] for row in good] == ["1", "3"]
    assert bad[0].number == 3
    assert len(bad[0].error.value) < 300


def test_a_line_without_end_inside_a_quote(written, read):
    good, bad = read(written("t.csv", 'a,b\n1,"2\n' + "x" * 9_000_000 + "\n3,4\n"))
    assert [row["a"] for row in good] == ["3"]
    assert [row.number for row in bad] == [2, 3]


def test_titles_above_the_header_are_passed_over(written, read):
    good, _ = read(written("t.csv", "Lista beneficiarilor,,\n,,\nid,nume,sumă\n1,A,10\n2,B,20\n"))
    assert good[0] == {"id": "1", "nume": "A", "sumă": "10"}


def test_headings_are_made_unique_and_empty_columns_left_out(written):
    table = open_table(written("t.csv", "nume, nume ,sumă,\na,b,1,\n"))
    assert table.columns == ("nume", "nume (2)", "sumă")
    (row,) = table
    assert row.values == {"nume": "a", "nume (2)": "b", "sumă": "1"}


def test_a_value_under_a_nameless_column_is_not_lost(written, read):
    good, bad = read(written("t.csv", "a,,c\n1,,3\n1,notă,3\n"))
    assert len(good) == 1
    assert "without a name" in bad[0].error.message()


def test_one_column(written, read):
    good, bad = read(written("t.csv", "nume\nAsociația A\nAsociația B\n"))
    assert [row["nume"] for row in good] == ["Asociația A", "Asociația B"]
    assert not bad


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><html>502 Bad Gateway</html>", "\n <HTML>nu</HTML>"]
)
def test_a_web_page_with_a_table_name_is_recognised(written, page):
    with pytest.raises(FileError, match="web page"):
        open_table(written("proiecte.csv", page))


@pytest.mark.parametrize("content", [b"", b"\n\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_says_so(written, content):
    with pytest.raises(FileError, match="empty"):
        open_table(written("t.csv", content))


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(FileError, match="no such file"):
        open_table(tmp_path / "nu.csv")


def test_a_table_can_be_read_twice(written):
    table = open_table(written("t.csv", "a,b\n1,2\n"))
    assert list(table) == list(table)


def test_declared_encoding_and_delimiter_win(written, read):
    (row,), _ = read(
        written("t.txt", "a#b\nşi#2\n", "cp1250"), encoding="windows-1250", delimiter="#"
    )
    assert row == {"a": "și", "b": "2"}


def test_an_encoding_that_does_not_exist(written):
    with pytest.raises(FileError, match="no encoding"):
        open_table(written("t.csv", "a,b\n1,2\n"), encoding="utf-99")


def test_truncated_utf16_is_a_clear_refusal(written):
    path = written("t.csv", "a,b\n1,2\n".encode("utf-16")[:-1])
    with pytest.raises(FileError, match="utf-16"):
        [row for row in open_table(path) if isinstance(row, BadRow)]


def test_a_line_of_another_encoding_is_refused_alone(written, read):
    """In a short file too: a few good letters outweigh the damaged ones."""
    good = "nume;localitate;Observații\nȚara;Făget;\n".encode()
    other = "Ţară;Lugoj;\n".encode("cp1250")
    path = written("t.csv", good + other + "Școala;Timișoara;\n".encode())
    rows = list(open_table(path))
    assert [isinstance(row, BadRow) for row in rows] == [False, True, False]
