"""docs/connectors.md: every example in it is a source that loads, and every connector is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest import connectors
from ingest.declaration import load_source

ROOT = Path(connectors.__file__).parents[2]
TEXT = (ROOT / "docs/connectors.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.S)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_loads_and_names_a_connector(tmp_path, example):
    (tmp_path / "source.yml").write_text(example, encoding="utf-8")
    source = load_source(tmp_path)
    assert callable(source.function("crawl"))


def test_every_connector_has_an_example():
    named = {re.search(r"^connector: (\w+)$", example, re.M)[1] for example in EXAMPLES}
    have = {path.stem for path in Path(connectors.__file__).parent.glob("[a-z]*.py")}
    assert named == have - {"plan"}
