"""What the documents say is true: the walk-through runs, every error has its heading, every command exists."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

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


def test_the_readme_names_files_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\(((?:docs|graph|ingest)/[^)]+)\)", readme)
    assert linked
    assert [path for path in linked if not (ROOT / path).exists()] == []
