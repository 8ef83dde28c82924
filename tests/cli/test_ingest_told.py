"""What `resurse ingest` says to a clerk: each thing and field in plain words, in their language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]

SOURCE = """slug: test-clubs
title: {ro: Cluburi de test, en: Test clubs}
publisher: Test
licence: CC0-1.0
landing_page: https://example.org/
every: P30D
identity: false
class: Organisation
id: {column: cod, prefix: org/club-}
columns:
  cod: {use: true}
  Denumire: {field: label, lang: ro}
  Localitate: {field: city}
"""


def test_a_dry_run_tells_things_and_fields_by_their_names(run_cli: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "source.yml").write_text(SOURCE, encoding="utf-8")
    table = tmp_path / "clubs.csv"
    command = ("ingest", "--file", str(table), "--mapping", str(tmp_path / "source.yml"))
    table.write_text(
        "cod;Denumire;Localitate\nc1;Unu;Lugoj\nc2;Doi;Arad\nc3;;Deva\n", encoding="utf-8"
    )
    first = run_cli(*command, "--dry-run", home=home, lang="ro")
    assert "s-ar adăuga: org/club-c1: Unu" in first.out
    assert "oraș: Lugoj" in first.out
    assert "rândul 4: coloana „Denumire”: lipsește „nume”" in first.err
    assert "Completați coloana „Denumire”" in first.err
    assert "--corrections" not in first.err
    done = run_cli(*command, home=home, lang="en")
    assert "resurse ingest test-clubs --corrections" in done.err
    table.write_text("cod;Denumire;Localitate\nc1;Unu nou;Lugoj\n", encoding="utf-8")
    again = run_cli(*command, "--dry-run", home=home, lang="en")
    assert "would change: org/club-c1: Unu nou" in again.out
    assert "name: Unu → Unu nou" in again.out
    assert "would be removed: org/club-c2" in again.out
    wrong = tmp_path / "wrong.csv"
    for content in ("", "cod;Denumire\nc3;Trei\n"):
        wrong.write_text(content, encoding="utf-8")
        told = run_cli("ingest", "test-clubs", "--corrections", str(wrong), home=home, lang="ro")
        assert (told.code, "wrong.csv" in told.err) == (1, True)
    kept = home / "corrections" / "test-clubs.csv"
    assert not kept.exists()
    given = tmp_path / "given.csv"
    given.write_text("_row;cod;Denumire;Localitate\n2;c1;Unu corectat;Lugoj\n", encoding="utf-8")
    rehearsed = run_cli("ingest", "test-clubs", "--corrections", str(given), "--dry-run", home=home)
    assert "Unu corectat" in rehearsed.out
    assert not kept.exists()
    held = run_cli("sources", home=home, lang="ro").out
    assert "prospețime" in held
    assert "adusă la zi" in held
