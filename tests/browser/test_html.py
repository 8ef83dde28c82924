"""The Nu HTML checker finds no error in any page, in either language."""

from __future__ import annotations

import subprocess
from pathlib import Path

import orjson
from fastapi.testclient import TestClient

from tests.browser.kit import VNU
from tests.browser.pages import MISSING, PATHS


def test_every_page_is_valid_html(client: TestClient, tmp_path: Path) -> None:
    asked: dict[str, str] = {}
    for lang in ("ro", "en"):
        for number, path in enumerate((*PATHS, MISSING)):
            file = tmp_path / f"{lang}-{number:02d}.html"
            file.write_text(client.get(f"/{lang}{path}").text, encoding="utf-8")
            asked[file.name] = f"/{lang}{path}"
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", str(VNU), "--format", "json", "--stdout", "--errors-only", str(tmp_path)],
        capture_output=True,
        timeout=600,
        check=False,
    )  # fmt: skip
    messages = orjson.loads(done.stdout)["messages"]
    found = [
        f"{asked.get(Path(one.get('url', '')).name, one.get('url'))}:{one.get('lastLine')} {one['message']} {one.get('extract', '')[:160]}"
        for one in messages
        if one["type"] != "info"
    ]
    assert found == []
