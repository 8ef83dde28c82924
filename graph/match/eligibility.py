"""Whether an organisation may apply to a call: every rule answers YES, NO or UNKNOWN, with a sentence.

A call that states nothing about a rule answers UNKNOWN with the missing fact. No rule guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.catalogue.base import Record
from graph.catalogue.calls import CLOSED, FORTHCOMING, OPEN, call_state
from graph.match.base import RULES, Answer, Eligibility, RuleAnswer
from graph.match.territory import lies_in
from ontology.errors import Said
from ontology.model import load_model

BROADER_FORMS = {
    "city_department": "public_institution",
    "county_body": "public_institution",
    "ministry": "public_institution",
}
"""Forms that are kinds of another: a ministry may apply where public institutions may."""

PERHAPS_FORMS = {"school": "public_institution", "university": "public_institution"}
"""Most of these are public institutions and some are not; the map does not say which."""


@dataclass(frozen=True)
class Application:
    """What a rule looks at: who applies, to what, on which day, and with how much where it is known."""

    applicant: Record | None
    call: Record
    day: date
    amount: float | None = None
    currency: str | None = None
    project_topics: tuple[str, ...] = ()
    partners: int | None = None

    def rule(self, kind: str) -> Mapping[str, Any] | None:
        """What the call states about a rule."""
        return next(
            (one for one in self.call.values.get("rules", ()) if one.get("kind") == kind), None
        )

    @property
    def funder(self) -> Said:
        """Who can supply a fact about the call."""
        return Said("finanțatorul", "the funder")


def _answer(rule: str, answer: Answer, ro: str, en: str, *missing: Said) -> RuleAnswer:
    return RuleAnswer(rule, answer, Said(ro, en), missing)


def _unstated(rule: str, ro: str, en: str) -> RuleAnswer:
    """The call says nothing about a rule: the funder's guide does."""
    return _answer(
        rule,
        "UNKNOWN",
        f"Apelul nu spune {ro}.",
        f"The call does not say {en}.",
        Said(f"{ro} (din ghidul finanțatorului)", f"{en} (from the funder's guide)"),
    )


def _form_label(form: str, lang: str) -> str:
    codes = load_model().codes["LegalForm"].codes
    return codes[form].label(lang) if form in codes else form


def _forms(forms: list[str], lang: str) -> str:
    return ", ".join(_form_label(one, lang) for one in forms)


def legal_form(case: Application) -> RuleAnswer:
    """Whether the applicant's legal form is one that may apply."""
    rule = case.rule("legal_form")
    allowed = list(rule.get("legalForms", ())) if rule else []
    if not allowed:
        return _unstated("legal_form", "cine poate depune cereri", "who may apply")
    if case.applicant is None:
        return _answer(
            "legal_form",
            "UNKNOWN",
            f"Pot depune: {_forms(allowed, 'ro')}.",
            f"Open to: {_forms(allowed, 'en')}.",
            Said("cine depune cererea", "who applies"),
        )
    form = case.applicant.values.get("legalForm")
    said = (f"pot depune: {_forms(allowed, 'ro')}", f"open to: {_forms(allowed, 'en')}")
    ask = Said(
        "forma juridică a organizației (din actul ei constitutiv)",
        "the organisation's legal form (from its founding act)",
    )
    if form is None or form == "unknown":
        return _answer(
            "legal_form",
            "UNKNOWN",
            f"Forma juridică nu este cunoscută; {said[0]}.",
            f"The legal form is not known; {said[1]}.",
            ask,
        )
    name = (_form_label(form, "ro"), _form_label(form, "en"))
    if form in allowed or BROADER_FORMS.get(form) in allowed:
        return _answer(
            "legal_form",
            "YES",
            f"Forma potrivită ({name[0]}); {said[0]}.",
            f"The form fits ({name[1]}); {said[1]}.",
        )
    codes = load_model().codes["LegalForm"].codes
    if form in codes and codes[form].is_function:
        return _answer(
            "legal_form",
            "UNKNOWN",
            f"„{name[0]}” spune ce face organizația, nu ce formă juridică are; {said[0]}.",
            f"'{name[1]}' says what the organisation does, not its legal form; {said[1]}.",
            ask,
        )
    if PERHAPS_FORMS.get(form) in allowed:
        return _answer(
            "legal_form",
            "UNKNOWN",
            f"Nu se știe dacă este instituție publică ({name[0]}); {said[0]}.",
            f"It is not known whether it is a public institution ({name[1]}); {said[1]}.",
            ask,
        )
    return _answer(
        "legal_form",
        "NO",
        f"Forma nu este printre cele admise ({name[0]}); {said[0]}.",
        f"The form is not among those admitted ({name[1]}); {said[1]}.",
    )


def territory(case: Application) -> RuleAnswer:
    """Whether the applicant's seat lies in the call's territory."""
    rule = case.rule("territory")
    area = str(rule.get("territory") or "") if rule else ""
    if not area:
        return _unstated("territory", "pentru ce teritoriu este", "for which territory it is")
    town = case.applicant.values.get("city") if case.applicant else None
    answer = lies_in(town, area)
    if answer == "YES":
        return _answer(
            "territory",
            "YES",
            f"Sediul ({town or '—'}) se află în teritoriul apelului: {area}.",
            f"The seat ({town or '—'}) lies in the call's territory: {area}.",
        )
    if answer == "NO":
        return _answer(
            "territory",
            "NO",
            f"Sediul ({town}) nu se află în teritoriul apelului: {area}.",
            f"The seat ({town}) does not lie in the call's territory: {area}.",
        )
    if not town:
        missing = Said(
            "localitatea sediului (o știe organizația)",
            "the town of its seat (the organisation knows it)",
        )
        return _answer(
            "territory",
            "UNKNOWN",
            f"Sediul nu este cunoscut; teritoriul apelului: {area}.",
            f"The seat is not known; the call's territory: {area}.",
            missing,
        )
    missing = Said(
        f"dacă {town} intră în „{area}” (o știe finanțatorul)",
        f"whether {town} counts as '{area}' (the funder knows)",
    )
    return _answer(
        "territory",
        "UNKNOWN",
        f"Nu se poate spune dacă {town} intră în teritoriul apelului: {area}.",
        f"It cannot be told whether {town} lies in the call's territory: {area}.",
        missing,
    )


def dates(case: Application) -> RuleAnswer:
    """Whether applications are taken on the day, or will be."""
    values = case.call.values
    state = call_state(values, case.day)
    opens, closes = values.get("opens"), values.get("closes")
    if state == OPEN:
        return _answer(
            "dates",
            "YES",
            f"Apelul este deschis până la {closes}.",
            f"The call is open until {closes}.",
        )
    if state == FORTHCOMING:
        when = opens or values.get("year")
        return _answer("dates", "YES", f"Apelul se deschide: {when}.", f"The call opens: {when}.")
    if state == CLOSED:
        if closes:
            return _answer(
                "dates", "NO", f"Apelul s-a închis la {closes}.", f"The call closed on {closes}."
            )
        year = values.get("year") or str(opens)[:4]
        return _answer(
            "dates", "NO", f"Ediția din {year} s-a încheiat.", f"The edition of {year} is over."
        )
    if opens:
        missing = Said(
            "termenul de depunere (din anunțul finanțatorului)",
            "the closing date (from the funder's notice)",
        )
        return _answer(
            "dates",
            "UNKNOWN",
            f"Apelul s-a deschis la {opens}; termenul de depunere nu este cunoscut.",
            f"The call opened on {opens}; its closing date is not known.",
            missing,
        )
    return _unstated(
        "dates", "între ce date se depun cereri", "between which dates applications are taken"
    )


def partners(case: Application) -> RuleAnswer:
    """Whether the applicant has the partners that the call wants."""
    rule, required = case.rule("partners"), case.call.values.get("partnersRequired")
    if required is False:
        return _answer(
            "partners", "YES", "Apelul nu cere parteneri.", "The call needs no partners."
        )
    if rule is None and required is None:
        return _unstated("partners", "dacă cere parteneri", "whether partners are needed")
    least = int((rule or {}).get("minPartners") or 1)
    if case.partners is not None:
        fits = case.partners >= least
        return _answer(
            "partners",
            "YES" if fits else "NO",
            f"Cere cel puțin {least} partener(i); sunt {case.partners}.",
            f"At least {least} partner(s) needed; there are {case.partners}.",
        )
    missing = Said(
        f"cine sunt cei {least} sau mai mulți parteneri (o știe solicitantul)",
        f"who the {least} or more partners are (the applicant knows)",
    )
    return _answer(
        "partners",
        "UNKNOWN",
        f"Este nevoie de cel puțin {least} partener(i).",
        f"At least {least} partner(s) needed.",
        missing,
    )


def _money(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ")


def amount(case: Application) -> RuleAnswer:
    """Whether the sum asked for lies within the call's floor and ceiling."""
    values = case.call.values
    low, high, currency = (
        values.get("minGrant"),
        values.get("maxGrant"),
        values.get("currency") or "",
    )
    if low is None and high is None:
        return _unstated(
            "amount", "între ce limite se poate cere", "within which limits one may ask"
        )
    floor = (f"cel puțin {_money(low)}", f"at least {_money(low)}") if low is not None else None
    ceiling = (f"cel mult {_money(high)}", f"at most {_money(high)}") if high is not None else None
    ro = ", ".join(one[0] for one in (floor, ceiling) if one) + f" {currency}"
    en = ", ".join(one[1] for one in (floor, ceiling) if one) + f" {currency}"
    if case.amount is None or (case.currency and currency and case.currency != currency):
        missing = Said(
            "suma cerută de proiect (o știe solicitantul)",
            "the sum that the project asks for (the applicant knows)",
        )
        return _answer(
            "amount", "UNKNOWN", f"Se poate cere {ro}.", f"One may ask for {en}.", missing
        )
    if high is not None and case.amount > high:
        return _answer(
            "amount",
            "NO",
            f"Suma ({_money(case.amount)}) depășește plafonul: {ro}.",
            f"The sum ({_money(case.amount)}) is over the ceiling: {en}.",
        )
    if low is not None and case.amount < low:
        return _answer(
            "amount",
            "NO",
            f"Suma ({_money(case.amount)}) este sub prag: {ro}.",
            f"The sum ({_money(case.amount)}) is under the floor: {en}.",
        )
    return _answer(
        "amount",
        "YES",
        f"Suma ({_money(case.amount)}) se încadrează: {ro}.",
        f"The sum ({_money(case.amount)}) fits: {en}.",
    )


def cofinancing(case: Application) -> RuleAnswer:
    """Whether the applicant can bear its own share."""
    share = case.call.values.get("coFinancingPercent")
    if share is None:
        return _unstated(
            "cofinancing", "ce contribuție proprie cere", "which own contribution it asks for"
        )
    if share == 0:
        return _answer(
            "cofinancing",
            "YES",
            "Apelul nu cere contribuție proprie.",
            "The call asks for no own contribution.",
        )
    missing = Said(
        f"dacă solicitantul poate acoperi {share:g} % (o știe solicitantul)",
        f"whether the applicant can cover {share:g} % (the applicant knows)",
    )
    return _answer(
        "cofinancing",
        "UNKNOWN",
        f"Contribuție proprie de cel puțin {share:g} %.",
        f"Own contribution of at least {share:g} %.",
        missing,
    )


def _wide(topics: tuple[str, ...]) -> set[str]:
    model = load_model()
    slugs = {one.removeprefix("topic/") for one in topics}
    return slugs | {up for slug in slugs for up in model.ancestors(slug)}


def topic(case: Application) -> RuleAnswer:
    """Whether the applicant, or its project, works on what the call is about."""
    model = load_model()
    wanted = tuple(case.call.values.get("topics", ()))
    if not wanted:
        return _unstated("topic", "pentru ce teme este", "which topics it is for")
    have = case.project_topics or (
        tuple(case.applicant.values.get("topics", ())) if case.applicant else ()
    )
    names = [
        model.topics[one.removeprefix("topic/")].label
        for one in wanted
        if one.removeprefix("topic/") in model.topics
    ]
    about = (", ".join(n.ro for n in names), ", ".join(n.en for n in names))
    asked = {one.removeprefix("topic/") for one in wanted}
    direct = {one.removeprefix("topic/") for one in have}
    if asked & _wide(have) or direct & _wide(wanted):
        return _answer(
            "topic",
            "YES",
            f"Temele se potrivesc; apelul este pentru: {about[0]}.",
            f"The topics fit; the call is for: {about[1]}.",
        )
    if not have:
        missing = Said("temele de care se ocupă solicitantul", "the topics the applicant works on")
        return _answer(
            "topic",
            "UNKNOWN",
            f"Temele solicitantului nu sunt cunoscute; apelul este pentru: {about[0]}.",
            f"The applicant's topics are not known; the call is for: {about[1]}.",
            missing,
        )
    missing = Said(
        "dacă proiectul propus este pe temele apelului (o știe solicitantul)",
        "whether the proposed project is on the call's topics (the applicant knows)",
    )
    return _answer(
        "topic",
        "UNKNOWN",
        f"Solicitantul lucrează pe alte teme; apelul este pentru: {about[0]}.",
        f"The applicant works on other topics; the call is for: {about[1]}.",
        missing,
    )


_RULES: Mapping[str, Callable[[Application], RuleAnswer]] = {
    "legal_form": legal_form,
    "territory": territory,
    "dates": dates,
    "partners": partners,
    "amount": amount,
    "cofinancing": cofinancing,
    "topic": topic,
}


def overall(rules: tuple[RuleAnswer, ...]) -> Answer:
    """NO if any rule is NO, else UNKNOWN if any is, else YES."""
    answers = {one.answer for one in rules}
    return "NO" if "NO" in answers else "UNKNOWN" if "UNKNOWN" in answers else "YES"


def judge(case: Application, rules: tuple[str, ...] = RULES) -> Eligibility:
    """The answer of every rule, and of all together."""
    answers = tuple(_RULES[name](case) for name in rules)
    return Eligibility(overall(answers), answers)
