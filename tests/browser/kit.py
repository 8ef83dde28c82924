"""What the checks of pages need on this machine, and what to do where it is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.browser.install import browser

MODULES = Path(__file__).parent / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"

_NPM = "install Node.js and run `npm ci` in tests/browser"
NEEDS: tuple[tuple[str, bool, str, tuple[str, ...]], ...] = (
    (
        "No Chromium or Chrome: no page was looked at.",
        browser() is not None,
        "run `python -m tests.browser.install`",
        (
            "test_accessibility.py",
            "test_asking.py",
            "test_journeys.py",
            "test_phone.py",
            "test_picture.py",
        ),
    ),
    (
        "No axe-core: accessibility was not checked.",
        AXE.exists(),
        _NPM,
        ("test_accessibility.py",),
    ),
    ("No vnu-jar: HTML was not checked.", VNU.exists(), _NPM, ("test_html.py",)),
    (
        "No Java: HTML was not checked.",
        shutil.which("java") is not None,
        "install a Java runtime (apt-get install default-jre-headless)",
        ("test_html.py",),
    ),
)
"""What would be missing, whether it is here, what to do, and the files that cannot run without it."""
