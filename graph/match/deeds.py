"""Features of what was done: projects and grants, the sums of them, seats in councils and groups."""

from __future__ import annotations

import math
from typing import Final

from graph.catalogue.base import Statement
from graph.match.facts.deed import Deed
from graph.match.pair import Finding, Pair, Telling, nothing
from graph.match.words import forms_text
from ontology.errors import Said
from ontology.sums import said_sum

FADES: Final = 0.93
"""What is left of a project's weight with every year that has passed."""

FADED: Final = 0.35
"""What is left of it at least."""

UNDATED: Final = 6
"""Years that a project without a date is taken to be old."""

ENOUGH: Final = 1.2
"""How fast a record fills: 1 - exp(-ENOUGH × the sum of its deeds)."""

ABOUT: Final = 0.25
"""A deed that is less about the subject than this does not count."""

ALIVE: Final = {"active": 1.0, "inactive": 0.2}
"""What a body's status leaves of its mandate; 0.7 when it is not known."""


def _weight(deed: Deed, about: float, year: int) -> float:
    age = max(0, year - deed.year) if deed.year else UNDATED
    size = min(1.0, math.log10(1 + (deed.amount or 0)) / 6)
    return about * max(FADED, FADES**age) * (0.7 + 0.3 * size)


def track_record(pair: Pair) -> Finding | None:
    """Proiecte și finanțări pe aceste teme, ale organizației sau plătite de apel; cele recente și mari
    cântăresc mai mult.

    Projects and grants on these topics, the organisation's own or paid by the call; recent and large ones
    weigh more.
    """
    about = pair.around.deeds
    scored: dict[str, tuple[float, Deed]] = {}
    for deed in pair.deeds:
        if about.get(deed.id, 0.0) >= ABOUT:
            weight = _weight(deed, about[deed.id], pair.day.year)
            work = deed.project or deed.id  # a grant and its project are one deed
            scored[work] = max(scored.get(work, (0.0, deed)), (weight, deed), key=lambda s: s[0])
    if not scored:
        return nothing(
            "Niciun proiect cunoscut pe aceste teme.", "No known project on these topics."
        )
    best = sorted(scored.values(), key=lambda s: (-s[0], s[1].id))
    value = 1 - math.exp(-ENOUGH * sum(weight for weight, _ in best))
    return Finding(value, lambda: _told(pair, [deed for _, deed in best]))


def _told(pair: Pair, deeds: list[Deed]) -> Telling:
    records, count = pair.world.records, len(deeds)
    shown = [deed for deed in deeds[:3] if deed.id in records]
    years = [f" ({deed.year})" if deed.year else "" for deed in shown]
    ro = "; ".join(f"„{records[d.id].label('ro')}”{y}" for d, y in zip(shown, years, strict=True))
    en = "; ".join(f"'{records[d.id].label('en')}'{y}" for d, y in zip(shown, years, strict=True))
    asked = pair.profile.topics.keys()
    near = (
        Said("", "")
        if all(asked & set(deed.topics) for deed in shown)
        else Said(" sau apropiate", " or near ones")
    )
    text = (
        Said(
            f"Un proiect pe aceste teme{near.ro}: {ro}.",
            f"One project on these topics{near.en}: {en}.",
        )
        if count == 1
        else Said(
            f"{count} {'de ' if count >= 20 else ''}proiecte sau finanțări pe aceste teme{near.ro}, "
            f"de exemplu {ro}.",
            f"{count} projects or grants on these topics{near.en}, for example {en}.",
        )
    )
    evidence = tuple(
        statement
        for deed in shown
        for statement in (
            *pair.world.evidence(deed.id, deed.field)[:1],
            *_shared_first(pair, deed)[:1],
        )
    )
    return text, evidence


def _shared_first(pair: Pair, deed: Deed) -> list[Statement]:
    """What a deed states of its topics: first those that are asked for, then those near them."""
    asked = pair.profile.topics
    near = pair.world.widened(asked)

    def rank(one: Statement) -> tuple[float, bool]:
        slug = str(one.object).removeprefix("topic/")
        return -asked.get(slug, 0.0), not near & pair.world.widened([slug])

    return sorted(pair.world.evidence(deed.id, "topics"), key=rank)


def capacity(pair: Pair) -> Finding | None:
    """A dus proiecte de mărimea sumei în discuție; la un apel, dacă plafonul acoperă suma sau dacă pot
    depune cereri cei care ar duce acțiunea sau ideea.

    It has carried projects of the size in question; for a call, whether its ceiling covers the sum, or
    whether those who would carry the action or idea may apply.
    """
    call = pair.candidate.type in ("Call", "Programme")
    if pair.profile.amount and (call or pair.candidate.type == "Organisation"):
        return _sums(pair, pair.profile.amount, call)
    return _open_to(pair) if call and pair.profile.carriers else None


def _sums(pair: Pair, amount: float, call: bool) -> Finding:
    currency = pair.profile.currency
    if call:
        held = [
            (float(one.values["maxGrant"]), one.id, "maxGrant", one.values.get("currency"))
            for one in pair.editions or (pair.candidate,)
            if one.values.get("maxGrant")
        ]
    else:
        held = [(d.amount, d.id, "amount", d.currency) for d in pair.deeds if d.amount]
    comparable = [one for one in held if not currency or not one[3] or one[3] == currency]
    if not comparable:
        return nothing("Nu se cunosc sume comparabile.", "No comparable sums are known.")
    largest, id_, name, unit = max(comparable)

    def tell() -> Telling:
        total = said_sum(largest, unit)
        text = (
            Said(f"Plafonul este {total.ro}.", f"The ceiling is {total.en}.")
            if call
            else Said(
                f"Cel mai mare proiect cunoscut: {total.ro}.",
                f"The largest known project: {total.en}.",
            )
        )
        return text, pair.world.evidence(id_, name)

    return Finding(min(1.0, largest / amount), tell)


def _open_to(pair: Pair) -> Finding:
    """Whether a call takes applications from the legal forms of those who would carry the action out."""
    call = pair.editions[0] if pair.editions else pair.candidate
    rule = next((r for r in call.values.get("rules", ()) if r.get("kind") == "legal_form"), None)
    forms = tuple(rule.get("legalForms", ())) if rule else ()
    if rule is None or not forms:
        return nothing("Apelul nu spune cine poate depune.", "The call does not say who may apply.")
    fitting = [form for form in forms if form in pair.profile.carriers]
    if not fitting:
        return nothing(
            "Nu pot depune cei care ar duce-o la capăt.",
            "Those who would carry it out may not apply.",
        )
    text = Said(
        f"Pot depune cei care ar duce-o la capăt: {forms_text(fitting, 'ro')}.",
        f"Those who would carry it out may apply: {forms_text(fitting, 'en')}.",
    )
    return Finding(1.0, lambda: (text, pair.world.evidence(str(rule["id"]), "legalForms")))


def mandate(pair: Pair) -> Finding | None:
    """Un consiliu sau grup cu mandat pe aceste teme; o organizație care face parte din unul.

    A council or group with a mandate on these topics; an organisation that is a member of one.
    """
    if pair.candidate.type in ("Council", "WorkingGroup"):
        return _own_mandate(pair)
    return _seat(pair) if pair.candidate.type == "Organisation" else None


def _own_mandate(pair: Pair) -> Finding:
    candidate, world = pair.candidate, pair.world
    if pair.fit <= 0:
        return nothing("Mandat pe alte teme.", "A mandate on other topics.")
    alive = ALIVE.get(str(candidate.values.get("status")), 0.7)
    founded = 1.0 if candidate.refs("legalActs") else 0.8

    text = (
        Said("Are mandat pe aceste teme.", "It has a mandate on these topics.")
        if candidate.refs("legalActs")
        else Said("Lucrează pe aceste teme.", "It works on these topics.")
    )

    def tell() -> Telling:
        proof = (
            *world.evidence(candidate.id, "legalActs"),
            *world.evidence(candidate.id, "parent"),
            *world.evidence(candidate.id, "topics"),
        )
        return text, proof[:4]

    return Finding(pair.fit * alive * founded, tell)


def _seat(pair: Pair) -> Finding:
    world = pair.world
    seats = [
        (pair.around.fit(body), body, membership)
        for body, membership in world.facts.bodies.get(pair.candidate.id, ())
        if body in world.records and world.records[body].type in ("Council", "WorkingGroup")
    ]
    value, body, membership = max(seats, default=(0.0, "", ""))
    if value <= 0:
        return nothing(
            "Nu face parte dintr-un consiliu sau grup pe aceste teme.",
            "It is in no council or group on these topics.",
        )
    name = world.records[body]
    text = Said(f"Face parte din „{name.label('ro')}”.", f"It is a member of '{name.label('en')}'.")
    return Finding(value, lambda: (text, world.evidence(membership, "body")))
