"""What was asked, found: a subject by id, by the code of the plan, or by free text."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz

from graph.catalogue.base import Catalogue, Record
from graph.match.base import Subject
from graph.match.facts.world import World
from ontology.errors import InputError, NotFoundError, Said

CODE: Final = re.compile(r"^[A-Za-z]\s*\d+(\s*\.\s*\d+)?\.?$")
"""Codes of commitments and actions: `A1`, `A1.6`, `a1 . 6.`"""

NEAR: Final = 8
"""How many codes are offered when one does not exist."""


def find(
    catalogue: Catalogue,
    world: World,
    *,
    id: str | None,
    code: str | None,
    text: str | None,
    any: str | None,
) -> Subject:
    """The subject by the first of these that is given; `any` is a code or an id.

    Raises NotFoundError with the nearest names, InputError for an empty text or nothing at all.
    """
    given = id
    if any is not None:
        coded = CODE.match(any.strip()) is not None
        given, code = (None, any) if coded else (any, None)
    if text is not None:
        if not re.search(r"\w", text):
            raise InputError(
                Said("textul este gol", "the text is empty"),
                Said("Scrieți ideea în câteva cuvinte.", "Write the idea in a few words."),
                "text",
            )
        return Subject(None, text)
    if code is not None:
        return Subject(by_code(world, code), None)
    if given is None:
        raise InputError(
            Said("lipsește subiectul", "there is no subject"),
            Said("Dați un id, un cod (A1.6) sau un text.", "Give an id, a code (A1.6) or a text."),
        )
    return Subject(known(catalogue, world, given).id, None)


def known(catalogue: Catalogue, world: World, given: str) -> Record:
    """The record of a canonical, scheme-valued or retired id. Raises NotFoundError with the nearest names."""
    found = catalogue.resolve([given])[0]
    record = world.records.get(found or "")
    if record is None:
        raise unknown(catalogue, given)
    return record


def unknown(catalogue: Catalogue, given: str) -> NotFoundError:
    """That an id does not exist, with what may have been meant."""
    near = ", ".join(catalogue.nearest(given[:200]))
    return NotFoundError(
        Said(f"„{given[:80]}” nu există", f"'{given[:80]}' does not exist"),
        Said(
            f"Poate ați vrut: {near}." if near else "Verificați id-ul; o idee se dă ca text.",
            f"Did you mean: {near}." if near else "Check the id; an idea is given as text.",
        ),
    )


def by_code(world: World, code: str) -> str:
    """The id of the action or commitment of a code, of the newest plan that has it.

    Raises NotFoundError with the codes of the same commitment.
    """
    wanted = re.sub(r"\s", "", code).strip(".").upper()
    held = world.coded
    if wanted not in held:
        near = ", ".join(_nearest(wanted, sorted(held)))
        raise NotFoundError(
            Said(f"codul „{code[:40]}” nu există în plan", f"the plan has no code '{code[:40]}'"),
            Said(
                f"Poate ați vrut: {near}." if near else "Nu este încărcat niciun plan.",
                f"Did you mean: {near}." if near else "No plan has been loaded.",
            ),
        )
    return max(held[wanted], key=lambda record: (_start(world, record), record.id)).id


def _nearest(wanted: str, codes: list[str]) -> list[str]:
    """The codes of the same commitment, the most alike first; the commitments, if there is no such one."""
    commitment = wanted.partition(".")[0]
    same = [c for c in codes if c.partition(".")[0] == commitment]
    same.sort(key=lambda code: (-fuzz.ratio(code, wanted), code))
    return (same or [c for c in codes if "." not in c])[:NEAR]


def _start(world: World, record: Record) -> str:
    """When the plan of an action or commitment starts."""
    commitment = world.records.get(next(iter(record.refs("commitment")), ""), record)
    plan = world.records.get(next(iter(commitment.refs("plan")), ""))
    return str(plan.values.get("start") or "") if plan else ""
