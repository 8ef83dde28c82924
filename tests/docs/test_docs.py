"""What the documents say is true: the walk-through runs, every error has its heading, every command exists."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import ontology.errors as errors
from api.settings import Settings

ROOT = Path(__file__).parents[2]


def _files(text: str) -> dict[str, str]:
    """The files that a document shows, by name."""
    return dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", text, re.S))


def test_add_a_source_word_for_word(run_cli: Callable[..., Any], tmp_path: Path) -> None:
    text = (ROOT / "docs" / "add-a-source.md").read_text(encoding="utf-8")
    shown = _files(text)
    assert set(shown) == {"clubs.csv", "source.yml"}
    for name, content in shown.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    commands = re.findall(r"^resurse (ingest --file .*)$", text, re.M)
    assert len(commands) == 2
    home = tmp_path / "home"
    for command in commands:
        words = [str(tmp_path / w) if w in shown else w for w in command.split()]
        done = run_cli(*words, "--json", home=home)
        assert done.code == 0, done.err
    assert done.json[0]["accepted"] == 3
    found = run_cli("search", "cerc de citit", "--json", home=home).json
    assert "org/club-c2" in [edge["id"] for edge in found["edges"]]


def test_every_error_has_its_heading() -> None:
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^## (\w+)$", text, re.M))
    codes = {
        e.code
        for e in vars(errors).values()
        if isinstance(e, type) and issubclass(e, errors.ResurseError)
    }
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "api").rglob("*.py"))
    codes |= set(re.findall(r'code = "([A-Z_]+)"', source)) | set(
        re.findall(r'refused\(\s*"([A-Z_]+)"', source)
    )
    assert codes <= headings


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [one.name for one in fields(Settings) if f"RESURSE_{one.name.upper()}" not in readme]
    assert missing == []


@pytest.mark.parametrize("name", ["README.md", "docs/start.md"])
def test_files_that_are_named_exist(name: str) -> None:
    document = ROOT / name
    text = document.read_text(encoding="utf-8")
    linked = [document.parent / to for to in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)]
    rooms = r"`((?:api|docs|graph|ingest|ontology|tests|viz)/[^`<\s]*)`"
    named = [ROOT / path for path in re.findall(rooms, text)]
    assert linked
    assert named
    assert [path for path in [*linked, *named] if not path.exists()] == []


def test_the_commands_of_the_start_do_what_they_say(
    run_cli: Callable[..., Any], tmp_path: Path
) -> None:
    text = (ROOT / "docs" / "start.md").read_text(encoding="utf-8")
    query = re.search(r"`(SELECT [^`]*)`", text)
    assert query
    (tmp_path / "query.rq").write_text(query[1], encoding="utf-8")
    (commands,) = re.findall(r"```sh\n(.*?)```", text, re.S)
    for command in commands.splitlines():
        words = shlex.split(command)[1:]
        ours = {"query.rq", "city.csv"}
        done = run_cli(*(str(tmp_path / w) if w in ours else w for w in words), home=tmp_path)
        assert done.code == 0, done.err
        if words[0] == "search":
            assert "org/fundatia-comunitara-timisoara" in done.out
    assert "org/fundatia-comunitara-timisoara," in (tmp_path / "city.csv").read_text(
        encoding="utf-8"
    )


ROOMS = [
    room
    for name in ("api", "graph", "ingest", "ontology", "viz")
    for room in [ROOT / name, *(ROOT / name).rglob("*/")]
    if len(list(room.glob("*.py"))) > 20
]
"""Folders of so many files that a list of their names is no order."""


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(ROOT)))
def test_a_large_room_opens_with_a_map_of_all_its_files(room: Path) -> None:
    """A new file gets its word in the first lines of `__init__.py`, where files of its sort stand."""
    opening = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
    words = set(re.findall(r"\w+", opening or ""))
    files = {path.stem for path in room.glob("*.py")} - {"__init__"}
    assert files - words == set()
