"""Programmes and eligibility rules: one row of the file states a call, its programme and its conditions."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ontology.entity import Entity
from ontology.loading import load_model
from ontology.sums import said_sum

_TERRITORY_RO, _TERRITORY_EN = "Teritoriu: {0}.", "Territory: {0}."


def _rule(call: Entity, kind: str, ro: str, en: str, *, checkable: bool = True) -> Entity:
    rule = Entity.of("EligibilityRule", f"{call.id}/rule/{kind.replace('_', '-')}")
    rule.add("kind", kind)
    rule.add("text", ro, lang="ro")
    rule.add("text", en, lang="en")
    rule.add("machineCheckable", checkable)
    call.add("rules", rule)
    return rule


_PARTNERS = {"un": 1, "doi": 2, "trei": 3, "patru": 4}
_LEAST = re.compile(rf"\bminimum ({'|'.join(_PARTNERS)}) parteneri?\b", re.IGNORECASE)


def _least_partners(summary: str) -> tuple[int, str, str]:
    """How many partners a call that asks for some wants at least, and the sentence: one, unless its
    summary says more. Where small and large projects want different numbers it is the smallest."""
    said = [_PARTNERS[found.lower()] for found in _LEAST.findall(summary)]
    number = max(said) if said and "proiectele mari" not in summary else 1
    if number == 1:
        return 1, "Este nevoie de cel puțin un partener.", "At least one partner is needed."
    return (
        number,
        f"Este nevoie de cel puțin {number} parteneri.",
        f"At least {number} partners are needed.",
    )


def _rules(call: Entity, row: Mapping[str, str], context: Any) -> None:
    forms = load_model().codes["LegalForm"]
    kinds = list(context.items(row["eligible_kinds"]))
    if kinds:
        ro = ", ".join(forms[k].label.ro for k in kinds)
        en = ", ".join(forms[k].label.en for k in kinds)
        rule = _rule(call, "legal_form", f"Pot depune cereri: {ro}.", f"Open to: {en}.")
        for kind in kinds:
            rule.add("legalForms", kind)
    if row["eligible_territory"]:
        place = row["eligible_territory"]
        rule = _rule(call, "territory", _TERRITORY_RO.format(place), _TERRITORY_EN.format(place))
        rule.add("territory", place)
    if call.first("partnersRequired") is True:
        number, ro, en = _least_partners(row["summary_ro"])
        rule = _rule(call, "partners", ro, en)
        rule.add("minPartners", number)
    _amount(call, row["currency"])
    share = call.first("coFinancingPercent")
    if share is not None:
        _rule(
            call,
            "cofinancing",
            f"Contribuție proprie de cel puțin {share} %.",
            f"Own contribution of at least {share} %.",
        )


def _amount(call: Entity, currency: str) -> None:
    """The rule of the sum, if the call has a floor or a ceiling."""
    low, high = (
        None if (value := call.first(name)) is None else float(str(value))
        for name in ("minGrant", "maxGrant")
    )
    least = None if low is None else said_sum(low, currency)
    most = None if high is None else said_sum(high, currency)
    if least and most:
        _rule(call, "amount", f"Între {least.ro} și {most.ro}.",
              f"Between {least.en} and {most.en}.")  # fmt: skip
    elif most:
        _rule(call, "amount", f"Cel mult {most.ro}.", f"At most {most.en}.")
    elif least:
        _rule(call, "amount", f"Cel puțin {least.ro}.", f"At least {least.en}.")


def _programme(row: Mapping[str, str], context: Any) -> Entity:
    name = row["programme"]
    programme = Entity.of("Programme", f"programme/{context.slug(name)}")
    programme.add("label", name, lang="ro")
    programme.add("identifiers", f"programme-{context.slug(name)}", scheme=context.source.scheme)
    return programme


def extend(entity: Entity, row: Mapping[str, str], context: Any) -> Iterator[Entity]:
    """The call's programme, and its conditions as rules that can be checked."""
    programme = _programme(row, context)
    entity.add("programme", programme.id)
    if row["year"]:
        entity.add("edition", row["id"].removeprefix("fund-"))
    _rules(entity, row, context)
    yield programme


def complete(context: Any) -> Iterator[Entity]:
    """After all rows: each programme's manager is the funder of its newest edition, and its topics are theirs."""
    newest: dict[str, tuple[str, str]] = {}
    levels: dict[str, str] = {}
    by_funder = {
        funder: level for level, funders in context.options["levels"].items() for funder in funders
    }
    topics: dict[str, list[str]] = {}
    for row in context.table(context.source.read["path"]):
        values = row.values
        id_ = f"programme/{context.slug(values['programme'])}"
        stamp = (values["year"] or "0000", values["funder"])
        if id_ not in newest or stamp[0] > newest[id_][0]:
            newest[id_] = stamp
            levels[id_] = by_funder[values["funder"]]
        for topic in context.items(values["topics"]):
            if topic not in topics.setdefault(id_, []):
                topics[id_].append(topic)
    for id_, (_, funder) in newest.items():
        programme = Entity.of("Programme", id_)
        programme.add("manager", context.refer(funder, "funder"))
        programme.add("level", levels[id_])
        for topic in topics[id_]:
            programme.add("topics", f"topic/{topic}")
        yield programme
