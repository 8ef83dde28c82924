"""A whole plan as read from a document or from plan.yml, and its plain forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from ingest.plan.plain import to_plain
from ingest.plan.records import (
    EXTRA,
    PlanCommitment,
    PlanEvent,
    PlanGroup,
    PlanHead,
    PlanNamed,
    PlanRest,
    PlanWarning,
    Source,
)

_HEADER = """\
# Planul, citit din document. Verificați fiecare rând lângă pasajul lui (evidence) și avertismentele
# de la sfârșit, corectați ce e nevoie, apoi: resurse ingest plan.yml
# The plan as read from its document. Check each line against its passage (evidence) and the
# warnings at the end, correct what needs it, then: resurse ingest plan.yml
"""


@dataclass(frozen=True)
class PlanDocument:
    """Everything that was read, and every doubt about it."""

    plan: PlanHead = field(default_factory=PlanHead)
    commitments: tuple[PlanCommitment, ...] = ()
    legal_acts: tuple[PlanNamed, ...] = ()
    strategies: tuple[PlanNamed, ...] = ()
    programmes: tuple[PlanNamed, ...] = ()
    platforms: tuple[PlanNamed, ...] = ()
    events: tuple[PlanEvent, ...] = ()
    groups: tuple[PlanGroup, ...] = ()
    rest: tuple[PlanRest, ...] = field(default=(), metadata=EXTRA)
    document: Source = field(default_factory=Source)
    warnings: tuple[PlanWarning, ...] = ()

    def to_json_dict(self) -> dict[str, Any]:
        """The keys of the contract, all always present; unknown is None or []."""
        made: dict[str, Any] = to_plain(self)
        return made

    def to_yaml(self) -> str:
        """The same as a YAML file that a person can review, correct and hand to `resurse ingest`."""
        return _HEADER + yaml.dump(
            self.to_json_dict(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=96
        )


class _Dumper(yaml.SafeDumper):
    """Short lists of numbers on one line; list items indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indents list items, which PyYAML by itself does not."""
        del indentless
        super().increase_indent(flow, False)


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    short = bool(value) and all(isinstance(one, int) for one in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=short or None)


_Dumper.add_representer(list, _list)
