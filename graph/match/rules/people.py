"""Rules of who may apply, when and with what: legal form, dates, topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from graph.catalogue.calls import CLOSED, FORTHCOMING, OPEN, call_state, comes_after, day_of
from graph.match.base import Answer, RuleAnswer
from graph.match.rules.case import Application, answered, contradicted, unasked, unstated
from graph.match.words import day, form_text, forms_text
from ontology.errors import Said
from ontology.loading import load_model

BROADER_FORMS: Final = {
    "city_department": "public_institution",
    "county_body": "public_institution",
    "ministry": "public_institution",
}
"""Forms that are kinds of another: a ministry may apply where public institutions may."""

PERHAPS_FORMS: Final = {"school": "public_institution", "university": "public_institution"}
"""Most of these are public institutions and some are not; the map does not say which."""


def legal_form(case: Application) -> RuleAnswer:
    """Whether the applicant's legal form is one that may apply.

    Where sources state several, a function that the call lists is enough; else those that are legal
    forms count, and when they do not agree on the answer, it is not known.
    """
    rule = case.rule("legal_form")
    allowed = list(rule.get("legalForms", ())) if rule else []
    if not allowed:
        return unstated("legal_form", "cine poate depune cereri", "who may apply")
    open_to = Said(forms_text(allowed, "ro"), forms_text(allowed, "en"))
    if case.applicant is None:
        return unasked("legal_form", f"Pot depune cereri: {open_to.ro}.", f"Open to: {open_to.en}.")
    stated = case.applicant.stated("legalForm") or ("unknown",)
    fitting = [form for form in stated if form in allowed or BROADER_FORMS.get(form) in allowed]
    doing = [form for form in fitting if not _tells(form)]
    legal = doing or [form for form in stated if _tells(form)]
    answers = {form: _form_answer(form, allowed, form in fitting) for form in legal or stated[:1]}
    told = list(dict.fromkeys(answers.values()))
    own = Said(forms_text(answers, "ro"), forms_text(answers, "en"))
    if told == ["YES"]:
        return answered(
            "legal_form",
            "YES",
            f"Forma juridică se potrivește ({own.ro}); pot depune cereri: {open_to.ro}.",
            f"The legal form fits ({own.en}); open to: {open_to.en}.",
        )
    if told == ["NO"]:
        return answered(
            "legal_form",
            "NO",
            f"Forma juridică ({own.ro}) nu este printre cele admise; pot depune cereri: {open_to.ro}.",
            f"The legal form ({own.en}) is not among those admitted; open to: {open_to.en}.",
        )
    said = (
        _not_known(next(iter(answers)), allowed)
        if len(answers) == 1
        else Said(
            f"Sursele spun forme diferite ({own.ro})", f"Sources state different forms ({own.en})"
        )
    )
    return answered(
        "legal_form",
        "UNKNOWN",
        f"{said.ro}; pot depune cereri: {open_to.ro}.",
        f"{said.en}; open to: {open_to.en}.",
        Said(
            "forma juridică a organizației (din actul ei constitutiv)",
            "the organisation's legal form (from its founding act)",
        ),
    )


def _tells(form: str) -> bool:
    """Whether a code says a legal form, not only what an organisation does."""
    codes = load_model().codes["LegalForm"].codes
    return form != "unknown" and form in codes and not codes[form].is_function


def _form_answer(form: str, allowed: Sequence[str], fits: bool) -> Answer:
    if fits:
        return "YES"
    return "UNKNOWN" if not _tells(form) or PERHAPS_FORMS.get(form) in allowed else "NO"


def _not_known(form: str, allowed: Sequence[str]) -> Said:
    """Why a form that is stated does not settle it."""
    own = Said(form_text(form, "ro"), form_text(form, "en"))
    if PERHAPS_FORMS.get(form) in allowed:
        return Said(f"Nu se știe dacă este instituție publică ({own.ro})",
                    f"It is not known whether it is a public institution ({own.en})")  # fmt: skip
    codes = load_model().codes["LegalForm"].codes
    if form in codes and codes[form].is_function:
        return Said(f"„{own.ro}” spune ce face organizația, nu ce formă juridică are",
                    f"'{own.en}' says what the organisation does, not its legal form")  # fmt: skip
    return Said("Forma juridică nu este cunoscută", "The legal form is not known")


def dates(case: Application) -> RuleAnswer:
    """Whether applications are taken on the day, or will be."""
    values = case.call.values
    state = call_state(values, case.day)
    opens, closes, year = values.get("opens"), values.get("closes"), values.get("year")
    if opens and closes and comes_after(str(opens), str(closes)) and state != CLOSED:
        first, last = day(opens), day(closes)
        return contradicted(
            "dates",
            f"se deschide la {first.ro} și se închide la {last.ro}",
            f"it opens on {first.en} and closes on {last.en}",
        )
    if state == OPEN:
        last = day(str(closes))
        return answered(
            "dates", "YES", f"Se depun cereri până la {last.ro}.", f"It is open until {last.en}."
        )
    if state == FORTHCOMING:
        when = day(str(opens)) if opens else Said(f"anul {year}", f"the year {year}")
        return answered(
            "dates", "YES", f"Urmează să se deschidă: {when.ro}.", f"It is yet to open: {when.en}."
        )
    if state == CLOSED and closes:
        last = day(str(closes))
        return answered("dates", "NO", f"S-a închis la {last.ro}.", f"It closed on {last.en}.")
    if state == CLOSED:
        past = year or day_of(str(opens)).year
        return answered(
            "dates",
            "NO",
            f"Ediția din {past} s-a încheiat.",
            f"The edition of {past} is over.",
        )
    if not opens:
        return unstated("dates", "când se depun cereri", "when applications are taken")
    first = day(str(opens))
    return answered(
        "dates",
        "UNKNOWN",
        f"S-a deschis la {first.ro}; termenul de depunere nu este cunoscut.",
        f"It opened on {first.en}; its closing date is not known.",
        Said("termenul de depunere (din anunțul finanțatorului)",
             "the closing date (from the funder's notice)"),
    )  # fmt: skip


def _slugs(topics: Iterable[str]) -> set[str]:
    return {one.removeprefix("topic/") for one in topics}


def _widened(slugs: set[str]) -> set[str]:
    model = load_model()
    return slugs | {up for slug in slugs for up in model.ancestors(slug)}


def topic(case: Application) -> RuleAnswer:
    """Whether the applicant, or its project, works on what the call is about."""
    wanted = _slugs(case.call.values.get("topics", ()))
    if not wanted:
        return unstated("topic", "pentru ce teme este", "which topics it is for")
    known = load_model().topics
    ro = ", ".join(known[slug].label("ro") for slug in sorted(wanted) if slug in known)
    en = ", ".join(known[slug].label("en") for slug in sorted(wanted) if slug in known)
    have = _slugs(case.project_topics or case.of_applicant("topics") or ())
    if wanted & _widened(have) or have & _widened(wanted):
        return answered(
            "topic",
            "YES",
            f"Temele se potrivesc; apelul este pentru: {ro}.",
            f"The topics fit; the call is for: {en}.",
        )
    if case.applicant is None and not case.project_topics:
        return unasked("topic", f"Apelul este pentru: {ro}.", f"The call is for: {en}.")
    if not have:
        return answered(
            "topic",
            "UNKNOWN",
            f"Temele solicitantului nu sunt cunoscute; apelul este pentru: {ro}.",
            f"The applicant's topics are not known; the call is for: {en}.",
            Said("temele de care se ocupă solicitantul (le știe solicitantul)",
                 "the topics the applicant works on (the applicant knows)"),
        )  # fmt: skip
    return answered(
        "topic",
        "UNKNOWN",
        f"Solicitantul lucrează pe alte teme; apelul este pentru: {ro}.",
        f"The applicant works on other topics; the call is for: {en}.",
        Said("dacă proiectul propus este pe temele apelului (o știe solicitantul)",
             "whether the proposed project is on the call's topics (the applicant knows)"),
    )  # fmt: skip
