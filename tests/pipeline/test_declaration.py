"""A source.yml with a mistake: the sentence names the key and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.declaration import load_source
from ontology.errors import FileError, MappingError

RIGHT = """
title: {ro: Test, en: Test}
publisher: Synthetic
class: Organisation
id: {column: nume, slug: true}
columns:
  nume: {field: label, lang: ro}
"""


def declared(folder: Path, text: str) -> Path:
    path = folder / "source.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_right_one_is_read(tmp_path: Path) -> None:
    source = load_source(declared(tmp_path, RIGHT + "priority: 7\nminimum: {rows: 3}\n"))
    assert (source.priority, dict(source.minimum)) == (7, {"rows": 3})
    assert source.columns["nume"].target == "label"


@pytest.mark.parametrize("ignored", ["cod vechi", "[cod vechi]", "{cod vechi: nu spune nimic}"])
def test_one_column_or_several_may_be_passed_over(tmp_path: Path, ignored: str) -> None:
    assert list(load_source(declared(tmp_path, f"{RIGHT}ignore: {ignored}\n")).ignore) == [
        "cod vechi"
    ]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ("title: [a, b]", "source.yml"),
        ("priority: high", "source.yml, priority"),
        ("minimum: {rows: many}", "source.yml, minimum.rows"),
        ("minimum: 12", "source.yml, minimum"),
        ("columns: [nume, oras]", "source.yml, columns"),
        ("columns: {nume: 3}", "source.yml, columns.nume"),
        ("columns: {nume: {field: label}}", "source.yml, columns.nume"),
        ("columns: {nume: {field: label, lang: ro, codes: x}}", "columns.nume, codes"),
        ("columns: {nume: {field: colour}}", "source.yml, columns.nume"),
        ("read: table.csv", "source.yml, read"),
        ("options: yes", "source.yml, options"),
        ("class: Organism", "source.yml, class"),
        ("class: {kind: Organisation}", "source.yml, class"),
        ("id: nume", "source.yml, id"),
        ("every_month: 1", "source.yml"),
        ("every: monthly", "source.yml, every"),
        ("ignore: 5", "source.yml, ignore"),
        ("slug: ../elsewhere", "source.yml, slug"),
        ("slug: două cuvinte", "source.yml, slug"),
        ("scheme: 'a b>'", "source.yml, scheme"),
        ("id: {column: cod, prefix: 'org/> <'}", "source.yml, id.prefix"),
        ("id: {column: cod, prefix: ../}", "source.yml, id.prefix"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, wrong: str, where: str) -> None:
    key = wrong.split(":")[0]
    kept = "\n".join(line for line in RIGHT.splitlines() if line.split(":")[0] != key)
    if key == "columns":
        kept = kept.replace("  nume: {field: label, lang: ro}", "")
    with pytest.raises(MappingError) as found:
        load_source(declared(tmp_path, f"{kept}\n{wrong}\n"))
    assert where in str(found.value.where)
    assert all((found.value.fix.ro, found.value.fix.en))


@pytest.mark.parametrize("text", ["a: [1", "", "- a\n- b\n"])
def test_a_file_that_declares_nothing_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises((FileError, MappingError)):
        load_source(declared(tmp_path, text))
