"""`resurse validate`: checks a file of any kind we take in, without loading it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ingest.declaration import load_source
from ingest.plan import load_plan_yaml
from ontology.errors import FileError, ResurseError, Said
from ontology.rdf_file import is_rdf
from ontology.shacl import check_file
from ontology.vocab import Base


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: how badly (violation, warning, info) and the sentence."""

    severity: str
    said: Said

    def message(self, lang: str) -> str:
        """The sentence in a language."""
        return self.said(lang)

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        return {"severity": self.severity, "ro": self.said.ro, "en": self.said.en}


def validate_file(path: Path, base: Base) -> list[Problem]:
    """Everything wrong with an RDF file, a plan.yml or a source.yml. Raises FileError for other files."""
    if not path.is_file():
        raise FileError(
            Said("fișierul nu există", "the file does not exist"),
            Said("Verificați calea.", "Check the path."),
            str(path),
        )
    if path.suffix in (".yml", ".yaml"):
        return _yaml(path)
    if is_rdf(path):
        report = check_file(path, base)
        return [
            Problem(one.severity, Said(one.sentence("ro"), one.sentence("en")))
            for one in report.findings
        ]
    raise FileError(
        Said(
            "nu este un fel de fișier care se poate verifica",
            "is no kind of file that can be checked",
        ),
        Said(
            "Dați RDF (ttl, trig, nt, nq, jsonld), un plan.yml sau un source.yml.",
            "Give RDF (ttl, trig, nt, nq, jsonld), a plan.yml or a source.yml.",
        ),
        path.name,
    )


def _yaml(path: Path) -> list[Problem]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(raw, dict) and ("commitments" in raw or "plan" in raw):
            document = load_plan_yaml(path)
            return [
                Problem("warning", Said(f"{w.where}: {w.message}", f"{w.where}: {w.message}"))
                for w in document.warnings
            ]
        load_source(path)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        said = Said(f"nu este YAML corect: {error}", f"is not correct YAML: {error}")
        return [Problem("violation", said)]
    except ResurseError as error:
        return [Problem("violation", Said(error.message("ro"), error.message("en")))]
    return []
