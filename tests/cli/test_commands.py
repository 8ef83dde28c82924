"""The command line as the contract names it: answers, JSON, exit codes, errors that say what to do."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.cli.out import json_bytes
from api.writing import json_list, workbook, write_whole

Run = Callable[..., Any]

COMMANDS = (
    "ingest", "sources", "plan", "search", "match", "explain", "reconcile", "gaps", "query", "sparql",
    "export", "network", "change", "bridges", "ref", "validate", "backup", "restore", "serve", "evaluate",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(
    run_cli: Run, tmp_path: Path, command: str
) -> None:
    shown = run_cli(command, "--help", home=tmp_path)
    assert shown.code == 0
    assert "Example" in shown.out


def test_wrong_usage_is_2_and_bad_input_is_1(run_cli: Run, city_home: Path) -> None:
    assert run_cli("nonsense", home=city_home).code == 2
    assert run_cli("search", home=city_home).code == 2
    bad = run_cli("match", "A9.9", home=city_home)
    assert bad.code == 1
    assert "A9.9" in bad.err
    assert "A1" in bad.err or "Did you mean" in bad.err


def test_errors_speak_the_users_language(run_cli: Run, city_home: Path) -> None:
    assert "nu există" in run_cli("explain", "A1.6", "org/zzz", home=city_home, lang="ro").err
    assert "does not exist" in run_cli("explain", "A1.6", "org/zzz", home=city_home, lang="en").err


def test_an_empty_home_says_to_ingest(run_cli: Run, tmp_path: Path) -> None:
    answer = run_cli("search", "dans", home=tmp_path / "empty")
    assert answer.code == 1
    assert "resurse ingest" in answer.err


def test_match_names_partners_and_money_with_reasons(run_cli: Run, city_home: Path) -> None:
    answer = run_cli("match", "A1.6", "--json", home=city_home).json
    assert answer["subject"] == "plan/pla-2022-2023/A1/action/6"
    kinds = {m["kind"] for m in answer["matches"]}
    assert {"ORGANISATION", "PROGRAMME"} <= kinds
    assert all(m["reasons"] and any(r["evidence"] for r in m["reasons"]) for m in answer["matches"])


def test_a_free_text_idea_is_matched(run_cli: Run, city_home: Path) -> None:
    text = "ateliere de fotografie pentru pensionari din Mehala"
    answer = run_cli(
        "match", "--text", text, "--want", "organisation", "--first", "3", "--json", home=city_home
    )
    assert len(answer.json["matches"]) == 3


def test_switching_a_feature_off_changes_the_reasons(run_cli: Run, city_home: Path) -> None:
    words = ("match", "A1.1", "--want", "organisation", "--json")
    off = run_cli(*words, "--weight", "named_in_plan=0", home=city_home).json
    assert all(r["kind"] != "named_in_plan" for m in off["matches"] for r in m["reasons"])
    wrong = run_cli(*words, "--weight", "colour=1", home=city_home)
    assert wrong.code == 1
    assert "named_in_plan" in wrong.err


def test_graphql_and_sparql_answer(run_cli: Run, city_home: Path) -> None:
    counted = run_cli(
        "query", home=city_home, stdin=b"{ statistics { total counts { kind count } } }"
    ).json
    organisations = next(
        c["count"] for c in counted["data"]["statistics"]["counts"] if c["kind"] == "ORGANISATION"
    )
    text = b"SELECT (count(DISTINCT ?o) AS ?n) { ?o <http://www.w3.org/ns/org#classification> ?c }"
    answer = run_cli("sparql", "--json", home=city_home, stdin=text).json
    assert int(answer["results"]["bindings"][0]["n"]["value"]) <= organisations
    refused = run_cli("sparql", home=city_home, stdin=b"DELETE WHERE { ?s ?p ?o }")
    assert refused.code == 1
    assert refused.err


def test_counting_counts_each_statement_once(run_cli: Run, city_home: Path) -> None:
    text = b"""SELECT (count(?o) AS ?all) (count(DISTINCT ?o) AS ?each)
               { ?o <http://purl.org/dc/terms/identifier> "org/fundatia-comunitara-timisoara" }"""
    row = run_cli("sparql", "--json", home=city_home, stdin=text).json["results"]["bindings"][0]
    assert row["all"]["value"] == row["each"]["value"] == "1"


@pytest.mark.parametrize(
    "form", ["trig", "nq", "ttl", "jsonld", "csv", "xlsx", "gexf", "graphml", "geojson"]
)
def test_every_export_is_written_the_same_twice(
    run_cli: Run, city_home: Path, tmp_path: Path, form: str
) -> None:
    made = []
    for name in ("one", "two"):
        assert (
            run_cli("export", form, "-o", str(tmp_path / f"{name}.{form}"), home=city_home).code
            == 0
        )
        made.append((tmp_path / f"{name}.{form}").read_bytes())
    assert len(made[0]) > 500
    if form != "xlsx":  # a workbook holds the moment it was written
        assert made[0] == made[1]


def test_exports_open_in_their_own_tools(run_cli: Run, city_home: Path, tmp_path: Path) -> None:
    import networkx
    import rdflib

    for form in ("gexf", "graphml", "ttl", "geojson"):
        run_cli("export", form, "-o", str(tmp_path / f"city.{form}"), home=city_home)
    assert (
        len(networkx.read_gexf(tmp_path / "city.gexf"))
        == len(networkx.read_graphml(tmp_path / "city.graphml"))
        > 900
    )
    assert len(rdflib.Graph().parse(tmp_path / "city.ttl")) > 10_000
    collection = json.loads((tmp_path / "city.geojson").read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"


def test_the_network_page_stands_alone_and_is_stable(
    run_cli: Run, city_home: Path, tmp_path: Path
) -> None:
    pages = []
    for name in ("a.html", "b.html"):
        assert (
            run_cli(
                "network", "org/fitt", "--depth", "2", "-o", str(tmp_path / name), home=city_home
            ).code
            == 0
        )
        pages.append((tmp_path / name).read_text(encoding="utf-8"))
    assert pages[0] == pages[1]
    assert "<script src=" not in pages[0]
    assert 'href="https://cdn' not in pages[0]


def test_an_answer_that_fails_on_the_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    def failing() -> Iterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    path = tmp_path / "old.csv"
    path.write_bytes(b"whole")
    with pytest.raises(ZeroDivisionError):
        write_whole(path, failing())
    assert path.read_bytes() == b"whole"
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    write_whole(link, [b"new"])
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link.csv", "old.csv"]


def test_a_pipe_is_written_to_as_one_and_a_name_of_any_length_is_written(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(Path(f"/dev/fd/{reader}"), [b"through"])  # what `-o >(command)` gives
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    long = tmp_path / ("ă" * 125 + ".csv")  # 254 bytes, of the 255 that a name may have
    write_whole(long, [b"whole"])
    assert long.read_bytes() == b"whole"


def test_standard_output_by_its_address_and_a_full_disk(run_cli: Run, city_home: Path) -> None:
    shown = run_cli("export", "csv", "--kind", "PLAN", "-o", "/dev/stdout", home=city_home)
    assert shown.code == 0
    assert shown.out == run_cli("export", "csv", "--kind", "PLAN", home=city_home).out
    full = run_cli("export", "csv", "--kind", "PLAN", "-o", "/dev/full", home=city_home)
    assert full.code == 1
    assert "/dev/full: cannot be written" in full.err


def test_a_sheet_holds_no_sign_that_its_format_cannot_hold() -> None:
    from openpyxl import load_workbook

    file = io.BytesIO(b"".join(workbook([("one", [["a\x0bb", "ș\n"]])])))
    assert [*load_workbook(file)["one"].values] == [("a\ufffdb", "ș\n")]


def test_a_list_written_one_by_one_is_the_same_json() -> None:
    for rows in ([], [{"a": "1\n2"}], [{"a": "ș", "b": ""}, {"a": "x", "b": "y"}]):
        assert b"".join(json_list(rows)) == json_bytes(rows)


def test_reconcile_writes_the_same_rows_in_every_format(
    run_cli: Run, city_home: Path, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    table = tmp_path / "list.csv"
    table.write_text("Nr,Denumire\n1,FITT\n\n2,=1+1,peste\n", encoding="utf-8")
    asked = ("reconcile", str(table), "--column", "Denumire")
    shown = run_cli(*asked, home=city_home)
    written = tmp_path / "o.xlsx"
    assert run_cli(*asked, "-o", str(written), home=city_home).code == 0
    sheet = load_workbook(written).worksheets[0]
    cells = [["" if c is None else c for c in row] for row in sheet.iter_rows(values_only=True)]
    assert cells == list(csv.reader(io.StringIO(shown.out.removeprefix("\ufeff"))))
    rows = run_cli(*asked, "--json", home=city_home).json
    assert [row["Nr"] for row in rows] == ["1", "", "2"]
    assert [[*row.values()][3:] for row in rows] == [row[3:] for row in cells[1:]]


def test_reconcile_keeps_rows_and_columns(run_cli: Run, city_home: Path, tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    table.write_text(
        "nr;Denumire\n1;Fundatia Comunitara Timisoara\n2;Asociația Care Nu Există Nicăieri\n3;FITT\n",
        encoding="utf-8",
    )
    out = tmp_path / "out.csv"
    assert (
        run_cli(
            "reconcile", str(table), "--column", "Denumire", "-o", str(out), home=city_home
        ).code
        == 0
    )
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "nr,Denumire,id,label,score,answer"
    assert lines[1].startswith("1,Fundatia Comunitara Timisoara,org/fundatia-comunitara-timisoara,")
    assert lines[1].endswith(",same")
    assert lines[2].endswith(",none")
    wrong = run_cli("reconcile", str(table), "--column", "Nume", home=city_home)
    assert wrong.code == 1
    assert "Denumire" in wrong.err


def test_ref_explains_classes_and_refuses_unknown_words(run_cli: Run, tmp_path: Path) -> None:
    assert "programme" in run_cli("ref", "Call", home=tmp_path).out
    assert run_cli("ref", "Cal", home=tmp_path).code == 1


def test_sources_tell_what_is_held(run_cli: Run, city_home: Path) -> None:
    found = {s["slug"]: s for s in run_cli("sources", "--json", home=city_home).json}
    assert found["timisoara-funds"]["read"] == 141
    assert found["timisoara-funds"]["licence"]
    assert found["timisoara-funds"]["stale"] is False


def test_gaps_lists_the_actions_of_the_plan(run_cli: Run, city_home: Path) -> None:
    found = run_cli("gaps", "--json", home=city_home).json
    assert {g["action"]["code"] for g in found} <= {
        f"A{i}.{j}" for i in range(1, 5) for j in range(1, 8)
    }
    assert all(
        set(g["missing"]) <= {"responsible", "partner", "money", "group", "indicator", "news"}
        for g in found
    )


def test_a_broken_setting_is_told(run_cli: Run, tmp_path: Path) -> None:
    answer = run_cli("sources", home=tmp_path, RESURSE_PORT="eight")
    assert answer.code == 1
    assert "RESURSE_PORT" in answer.err


def test_pages_that_are_gone_are_told_without_the_network(run_cli: Run, city_home: Path) -> None:
    """Nothing answers through this proxy: every page counts as gone, none as fine."""
    nowhere = {
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
    }
    answer = run_cli(
        "sources", "--check-links", "--first", "1", "--json", home=city_home, **nowhere
    )
    assert answer.code == 1
    (page,) = answer.json
    assert page["ok"] is False
    assert page["ro"]
    assert page["en"]


def test_help_opens_no_engine() -> None:
    """Help answers at once: what reads, matches or serves is loaded by the commands that use it."""
    heavy = {"numpy", "pyoxigraph", "igraph", "fastapi", "strawberry", "openpyxl", "httpx", "lxml"}
    look = (
        "import sys; sys.argv = ['resurse', 'match', '--help']\n"
        "from api.cli.main import main\n"
        "try: main()\n"
        "finally: print('LOADED', *sorted(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    told, loaded = ran.stdout.split("LOADED", 1)
    assert "resurse match A1.6" in told
    assert not heavy & set(loaded.split())


def test_what_changed_between_two_years(run_cli: Run, city_home: Path) -> None:
    shown = run_cli("change", "2022", "2023", "--first", "3", home=city_home)
    assert "new in 2023" in shown.out
    found = json.loads(run_cli("change", "2022", "2023", "--json", home=city_home).out)
    assert found["truncated"] == (found["goneThingCount"] > 20)
    assert len(found["goneThings"]) == min(20, found["goneThingCount"])
    assert run_cli("change", "soon", "2023", home=city_home).code == 2


def test_who_joins_the_circles(run_cli: Run, city_home: Path) -> None:
    found = json.loads(run_cli("bridges", "--first", "3", "--json", home=city_home).out)
    assert all(len(one["circles"]) >= 2 for one in found["brokers"])
    assert found["truncated"]
    assert found["bridgeCount"] >= len(found["bridges"]) == 3


def test_a_page_of_what_organisations_share(run_cli: Run, city_home: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = run_cli("network", "--sharing", "councils", "-o", str(page), home=city_home)
    assert done.code == 0
    assert "sits in the same groups as" in page.read_text(encoding="utf-8")
    wrong = run_cli("network", "--sharing", "secrets", "-o", str(page), home=city_home)
    assert wrong.code == 1
    assert "councils" in wrong.err
