"""Rules of what an application brings: partners, the sum asked for, the applicant's own share."""

from __future__ import annotations

from graph.match.base import RuleAnswer
from graph.match.rules.case import Application, answered, contradicted, unstated
from ontology.errors import Said
from ontology.sums import said_sum


def _partners(count: int) -> Said:
    """`cel puțin un partener`, `cel puțin 3 parteneri`."""
    if count == 1:
        return Said("cel puțin un partener", "at least one partner")
    return Said(f"cel puțin {count} parteneri", f"at least {count} partners")


def least_partners(case: Application) -> int | None:
    """How many partners the call asks for: 0 for none, None when it does not say."""
    rule, required = case.rule("partners"), case.call.values.get("partnersRequired")
    if rule is None and required is None:
        return None
    if rule is None or rule.get("minPartners") is None:
        return 0 if required is False else 1
    return max(0, int(rule["minPartners"]))


def partners(case: Application) -> RuleAnswer:
    """Whether the applicant has the partners that the call wants."""
    least = least_partners(case)
    if least is None:
        return unstated("partners", "dacă cere parteneri", "whether partners are needed")
    wanted = _partners(least)
    if least > 0 and case.call.values.get("partnersRequired") is False:
        return contradicted(
            "partners",
            f"nu cere parteneri, dar vrea {wanted.ro}",
            f"it needs no partners, but wants {wanted.en}",
        )
    if least == 0:
        return answered(
            "partners", "YES", "Apelul nu cere parteneri.", "The call needs no partners."
        )
    if case.partners is not None:
        return answered(
            "partners",
            "YES" if case.partners >= least else "NO",
            f"Este nevoie de {wanted.ro}; proiectul are {case.partners}.",
            f"It needs {wanted.en}; the project has {case.partners}.",
        )
    return answered(
        "partners",
        "UNKNOWN",
        f"Este nevoie de {wanted.ro}.",
        f"It needs {wanted.en}.",
        Said("cine sunt partenerii (o știe solicitantul)", "who the partners are (the applicant knows)"),
    )  # fmt: skip


def limits(low: float | None, high: float | None, currency: str | None) -> Said:
    """`cel puțin 5.000 lei și cel mult 40.000 lei`, or the one limit that is known."""
    parts = []
    if low is not None:
        least = said_sum(low, currency)
        parts.append((f"cel puțin {least.ro}", f"at least {least.en}"))
    if high is not None:
        most = said_sum(high, currency)
        parts.append((f"cel mult {most.ro}", f"at most {most.en}"))
    return Said(" și ".join(ro for ro, _ in parts), " and ".join(en for _, en in parts))


def amount(case: Application) -> RuleAnswer:
    """Whether the sum asked for lies within the call's floor and ceiling."""
    values = case.call.values
    low, high = values.get("minGrant"), values.get("maxGrant")
    currency = str(values.get("currency") or "")
    if low is None and high is None:
        return unstated("amount", "ce sumă se poate cere", "which sum one may ask for")
    within = limits(low, high, currency)
    if low is not None and high is not None and low > high:
        return contradicted("amount", f"se poate cere {within.ro}", f"one may ask for {within.en}")
    if case.amount is None or (case.currency and case.currency != currency):
        return answered(
            "amount",
            "UNKNOWN",
            f"Se poate cere {within.ro}.",
            f"One may ask for {within.en}.",
            Said("în ce monedă se dă suma (din ghidul finanțatorului)",
                 "in which currency the sum is given (from the funder's guide)")
            if case.amount is not None and not currency
            else Said(f"suma cerută de proiect{f', în {currency}' if currency else ''} "
                 "(o știe solicitantul)",
                 f"the sum that the project asks for{f', in {currency}' if currency else ''} "
                 "(the applicant knows)"),
        )  # fmt: skip
    fits = (high is None or case.amount <= high) and (low is None or case.amount >= low)
    asked = said_sum(case.amount, case.currency)
    return answered(
        "amount",
        "YES" if fits else "NO",
        f"Suma ({asked.ro}) {'se încadrează' if fits else 'nu se încadrează'}: se poate cere {within.ro}.",
        f"The sum ({asked.en}) {'fits' if fits else 'does not fit'}: one may ask for {within.en}.",
    )


def cofinancing(case: Application) -> RuleAnswer:
    """Whether the applicant can bear its own share."""
    share = case.call.values.get("coFinancingPercent")
    if share is None:
        return unstated(
            "cofinancing", "ce contribuție proprie cere", "which own contribution it asks for"
        )
    if not 0 <= share <= 100:
        return contradicted(
            "cofinancing",
            f"contribuția proprie ar fi de {share:g} %",
            f"the own contribution would be {share:g}%",
        )
    if share == 0:
        return answered(
            "cofinancing",
            "YES",
            "Apelul nu cere contribuție proprie.",
            "The call asks for no own contribution.",
        )
    if case.own_share is not None:
        enough = case.own_share >= share
        return answered(
            "cofinancing",
            "YES" if enough else "NO",
            f"Cere o contribuție proprie de cel puțin {share:g} %; solicitantul aduce "
            f"{case.own_share:g} %.",
            f"It asks for an own contribution of at least {share:g}%; the applicant brings "
            f"{case.own_share:g}%.",
        )
    return answered(
        "cofinancing",
        "UNKNOWN",
        f"Cere o contribuție proprie de cel puțin {share:g} %.",
        f"It asks for an own contribution of at least {share:g}%.",
        Said(f"dacă solicitantul poate acoperi {share:g} % (o știe solicitantul)",
             f"whether the applicant can cover {share:g}% (the applicant knows)"),
    )  # fmt: skip
