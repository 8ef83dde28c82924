"""What a check finds: one wrong value or absence, told in plain sentences in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ontology.cleaning import MASK
from ontology.errors import RowError, Said
from ontology.model import INFO, VIOLATION, WARNING

SHOWN = 80
"""Characters of a value that a sentence shows."""


@dataclass(frozen=True)
class Finding:
    """One thing that a rule does not allow, or only warns of.

    `subject` is the id of the thing or part, `field` the field (or `id`, `sources`), `value` what
    is wrong, cut to SHOWN characters; `where` the place in the file, when it is known.
    """

    subject: str
    type: str
    field: str
    value: str
    test: str
    severity: str
    what: Said
    fix: Said
    where: str = ""

    def sentence(self, lang: str = "en") -> str:
        """`where: what. what to do.`"""
        place = self.where or self.subject
        return f"{place}: {self.what(lang).rstrip('.')}. {self.fix(lang)}".strip()

    def error(self, where: str = "") -> RowError:
        """The finding as an error of the row it came from."""
        return RowError(
            self.what, self.fix, where or self.where, column=self.field, value=self.value
        )


@dataclass(frozen=True)
class Report:
    """Everything a check found, gravest first."""

    findings: tuple[Finding, ...]

    def of(self, severity: str) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(one for one in self.findings if one.severity == severity)

    def counts(self) -> dict[str, int]:
        """How many of each severity."""
        found = Counter(one.severity for one in self.findings)
        return {severity: found[severity] for severity in (VIOLATION, WARNING, INFO)}

    def lines(self, lang: str = "en") -> Iterator[str]:
        """One sentence per finding."""
        for one in self.findings:
            yield one.sentence(lang)


def shown(value: object) -> str:
    """A value as a sentence shows it: short, and without any personal numeric code."""
    text = str(value)
    if len(text) == 13 and text.isdigit():
        return MASK
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
