"""What matching found as JSON for scripts: matches with reasons, evidence and rules; gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ontology.errors import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.catalogue.base import Catalogue, Record, Statement
    from graph.match.base import Gap
    from graph.match.engine import Match, MatchResult


def _both(said: Said) -> dict[str, str]:
    return {"ro": said.ro, "en": said.en}


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "property": one.field,
        "object": one.object,
        "value": one.value,
        "sources": list(one.sources),
    }


def match_json(catalogue: Catalogue, one: Match, lang: str) -> dict[str, Any]:
    """One match: what was found, why, and which rules of eligibility it meets."""
    record = catalogue.records([one.id])[0]
    return {
        "id": one.id,
        "kind": record.kind if record else None,
        "label": record.label(lang) if record else None,
        "score": one.score,
        "eligible": one.eligible,
        "reasons": [
            {
                "kind": reason.kind,
                "weight": reason.weight,
                "value": reason.value,
                "contribution": reason.contribution,
                "text": _both(reason.text),
                "evidence": [_statement(stated) for stated in reason.evidence],
            }
            for reason in one.reasons
        ],
        "rules": [
            {
                "rule": rule.rule,
                "answer": rule.answer,
                "text": _both(rule.text),
                "missing": [_both(missing) for missing in rule.missing],
            }
            for rule in (one.eligibility.rules if one.eligibility else ())
        ],
    }


def matches_json(
    catalogue: Catalogue, subject: str | None, results: Sequence[MatchResult], lang: str
) -> dict[str, Any]:
    """All lists of an answer as one, the best first."""
    found = sorted((m for one in results for m in one.matches), key=lambda m: (-m.score, m.id))
    return {
        "subject": subject,
        "matches": [match_json(catalogue, one, lang) for one in found],
        "notes": [_both(one.note) for one in results if one.note],
    }


def gap_json(catalogue: Catalogue, one: Gap, action: Record | None, lang: str) -> dict[str, Any]:
    """What one action of the plan lacks, and who could help most."""
    return {
        "action": {
            "id": one.action,
            "code": action.values.get("code") if action else None,
            "label": action.label(lang) if action else None,
        },
        "missing": list(one.missing),
        "severity": one.severity,
        "bestCandidate": match_json(catalogue, one.best, lang) if one.best else None,
    }
