"""Programmes and eligibility rules: one row of the file states a call, its programme and its conditions."""

from collections.abc import Iterator, Mapping
from typing import Any

from ontology.entity import Entity
from ontology.model import load_model

_TERRITORY_RO, _TERRITORY_EN = "Teritoriu: {0}.", "Territory: {0}."


def _rule(call: Entity, kind: str, ro: str, en: str, *, checkable: bool = True) -> Entity:
    rule = Entity.of("EligibilityRule", f"{call.id}/rule/{kind.replace('_', '-')}")
    rule.add("kind", kind)
    rule.add("text", ro, lang="ro")
    rule.add("text", en, lang="en")
    rule.add("machineCheckable", checkable)
    call.add("rules", rule)
    return rule


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
        rule = _rule(
            call,
            "partners",
            "Este nevoie de cel puțin un partener.",
            "At least one partner is needed.",
        )
        rule.add("minPartners", 1)
    currency = row["currency"]
    low, high = call.first("minGrant"), call.first("maxGrant")
    if low is not None and high is not None:
        _rule(
            call,
            "amount",
            f"Între {low} și {high} {currency}.",
            f"Between {low} and {high} {currency}.",
        )
    elif high is not None:
        _rule(call, "amount", f"Cel mult {high} {currency}.", f"At most {high} {currency}.")
    elif low is not None:
        _rule(call, "amount", f"Cel puțin {low} {currency}.", f"At least {low} {currency}.")
    share = call.first("coFinancingPercent")
    if share is not None:
        _rule(
            call,
            "cofinancing",
            f"Contribuție proprie de cel puțin {share} %.",
            f"Own contribution of at least {share} %.",
        )


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
