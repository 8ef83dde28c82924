"""Sees to a browser for the tests: one that is here, else apt's chromium, else playwright's own download."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed() -> str | None:
    """The path of a Chromium or Chrome on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        path = player.chromium.executable_path
    return path if os.path.exists(path) else None


def browser() -> str | None:
    """The browser that tests drive; None when there is none."""
    return installed() or _playwrights_own()


def main() -> int:
    """Makes sure that there is a browser; says loudly when there is none, and what to do."""
    if browser() is not None:
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "chromium"],
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    if installed() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if browser() is None:
        print(
            "!! No browser could be installed: install Chromium or Chrome, then run `make test` again.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
