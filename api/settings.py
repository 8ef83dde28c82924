"""Every setting, read once from the environment (prefix RESURSE_); nothing else reads it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.metadata import version as package_version
from pathlib import Path

from ontology.errors import InputError, Said
from ontology.vocab import DEFAULT_BASE

TOOL = f"resurse {package_version('resurse')}"
"""This program and its version, as it signs what it writes."""


@dataclass(frozen=True)
class Settings:
    """What an installation may choose. Each field is the variable `RESURSE_<NAME>`."""

    home: Path = Path("var")
    """The data folder."""
    store: str = ""
    """A folder, or the http(s) address of a SPARQL 1.1 query endpoint; default: `store` in the home."""
    store_update: str | None = None
    """The endpoint's address for updates, where it differs."""
    store_user: str | None = None
    """The endpoint's user."""
    store_password: str | None = field(default=None, repr=False)
    """The endpoint's password."""
    base: str = DEFAULT_BASE
    """The base IRI of things and graphs."""
    model: str | None = None
    """A sentence-transformers model, by name or folder; default: the bundled one."""
    host: str = "127.0.0.1"
    """The address that `resurse serve` listens on."""
    port: int = 8000
    """The port that `resurse serve` listens on."""
    contact: str | None = None
    """Where mistakes are reported: an e-mail or web address; no link when unset."""
    tiles: str | None = None
    """The address template of map tiles (`https://…/{z}/{x}/{y}.png`); no tiles when unset."""
    rate: int = 600
    """Requests per minute that one client may make; 0 for no limit."""
    lang: str = ""
    """The language of the command line, ro or en; default: the locale's."""
    weights: str = ""
    """Weights of match features other than the default: `topics=0.5,place=0`."""

    @property
    def store_place(self) -> str:
        """Where the store is: the setting, or `store` in the home."""
        return self.store or str(self.home / "store")

    @property
    def remote(self) -> bool:
        """True when the store is an endpoint."""
        return self.store_place.startswith(("http://", "https://"))

    @property
    def speech(self) -> str:
        """The language of the command line: ro or en."""
        return "ro" if self.lang.lower().startswith("ro") else "en"


def _number(name: str, text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 1_000_000:
        raise InputError(
            Said(f"„{text}” nu este un număr potrivit", f"'{text}' is no number that fits"),
            Said(
                "Scrieți un număr întreg, de exemplu 8000.",
                "Write a whole number, for example 8000.",
            ),
            name,
        )
    return value


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises InputError naming the variable that is wrong."""
    env = os.environ if environment is None else environment
    given: dict[str, object] = {}
    for one in fields(Settings):
        name = f"RESURSE_{one.name.upper()}"
        text = env.get(name, "").strip()
        if not text:
            continue
        if one.name in ("port", "rate"):
            given[one.name] = _number(name, text)
        elif one.name == "home":
            given[one.name] = Path(text)
        else:
            given[one.name] = text
    if "lang" not in given:
        given["lang"] = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return Settings(**given)  # type: ignore[arg-type]
