"""Awards in the 360Giving JSON format (1.4): grants, their recipients, funders and programmes.

Options: `url` (one or a list of packages), `lang` of the texts. A grant to a private person is
refused, and no name of the person is kept. Contact fields of organisations are not read. What a
grant has no field for here (classifications, the place of its beneficiaries, recipients beside the
first, funders beside the first) is named in its description. Two grants of one id that say different things are not both right:
the second is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest import failures
from ingest.crawl import Crawling, Made, fetcher, language, option, options
from ingest.given import Seen, organisation_id
from ingest.identifiers import bare_cui
from ingest.mapping import slug
from ingest.moments import local_day
from ingest.nested import get, listed, point
from ingest.records import Record
from ingest.texts import plain
from ontology.entity import Entity
from ontology.errors import Said

ORG_ID = "org-id"
"""The scheme of organisation identifiers, as org-id.guide writes them (`RO-CUI-14399840`)."""

_KNOWN = frozenset(
    {
        "id", "title", "description", "currency", "amountAwarded", "awardDate", "url",
        "recipientOrganization", "recipientIndividual", "toIndividualsDetails",
        "fundingOrganization", "grantProgramme", "plannedDates", "actualDates", "classifications",
        "beneficiaryLocation",
        # left out on purpose: other sums than the one awarded, documents, the making of the record
        "amountAppliedFor", "amountDisbursed", "relatedDocument", "relatedActivity", "fromOpenCall",
        "regrantType", "fundingType", "locationScope", "dateModified", "dataSource",
    }
)  # fmt: skip
"""What a grant of the standard has."""

_PRIVATE = (
    Said("beneficiarul este o persoană privată", "the recipient is a private person"),
    Said(
        "Datele persoanelor private nu se păstrează aici.",
        "Data about private persons is not kept here.",
    ),
)
_SAID = {
    "ro": {
        "programme": "Program de finanțare",
        "recipients": "Și alți beneficiari",
        "funders": "Și alți finanțatori",
        "themes": "Clasificare",
        "places": "Locul beneficiarilor",
    },
    "en": {
        "programme": "Grant programme",
        "recipients": "Other recipients as well",
        "funders": "Other funders as well",
        "themes": "Classification",
        "places": "Place of the beneficiaries",
    },
}


def crawl(context: Crawling) -> Iterator[Made]:
    """Every grant of the packages, with the things it names."""
    option(context, "url")
    seen, number = Seen(), 0
    for url in options(context, "url"):
        answer = fetcher(context).get(url)
        package = answer.json()
        grants = get(package, "grants")
        if not isinstance(grants, list):
            raise failures.unexpected(url, "grants")
        for grant in grants:
            number += 1
            context.unread.see("grants", grant if isinstance(grant, dict) else (), _KNOWN)
            record = _record(context, url, number, grant)
            yield from record.done(seen)


def _record(context: Crawling, url: str, number: int, raw: Any) -> Record:
    name = url.rsplit("/", 1)[-1] or url
    if get(raw, "recipientIndividual") is not None or get(raw, "toIndividualsDetails") is not None:
        record = Record(name, number, {"id": get(raw, "id")})
        record.fail("recipientIndividual", *_PRIVATE)
        return record
    record = Record(name, number, raw if isinstance(raw, dict) else {"grant": raw})
    _grant(context, record, url, raw)
    return record


def _grant(context: Crawling, record: Record, url: str, raw: Any) -> None:
    lang = language(context)
    key = record.require("id", get(raw, "id"))
    page = get(raw, "url")
    grant = record.entity("Grant", f"grant/{slug(key, 120)}", page or url)
    record.put(grant, "identifiers", key, scheme=context.source.scheme)
    record.put(grant, "label", record.require("title", plain(get(raw, "title"))), lang=lang)
    record.put(grant, "page", page)
    record.put(grant, "amount", record.require("amountAwarded", get(raw, "amountAwarded")))
    record.put(grant, "currency", record.require("currency", get(raw, "currency")))
    awarded = record.require("awardDate", get(raw, "awardDate"))
    record.put(grant, "awarded", local_day(awarded))
    others, funders = _parties(context, record, grant, url, raw)
    told = {"programme": _programme(context, record, grant, url, raw)}
    told["recipients"] = [str(one.first("label")) for one in others]
    told["funders"] = [str(one.first("label")) for one in funders]
    told["themes"] = _titles(raw, "classifications", "title", "code")
    told["places"] = _titles(raw, "beneficiaryLocation", "name", "geoCode")
    lines = [plain(get(raw, "description"))]
    lines += [f"{_SAID[lang][k]}: {', '.join(names)}." for k, names in told.items() if names]
    record.put(grant, "description", "\n".join(filter(None, lines)), lang=lang)
    _project(context, record, grant, others, url, raw)
    record.only(grant)


def _titles(raw: Any, column: str, *names: str) -> list[str]:
    """What the parts of a list are called, each once."""
    found = (
        next((t for n in names if (t := plain(get(one, n)))), "") for one in _each(raw, column)
    )
    return list(dict.fromkeys(filter(None, found)))


def _each(raw: Any, column: str) -> list[Any]:
    """The parts of a list; one alone counts as a list of one."""
    told = get(raw, column)
    return [told] if isinstance(told, dict) else listed(told)


def _parties(
    context: Crawling, record: Record, grant: Entity, url: str, raw: Any
) -> tuple[list[Entity], list[Entity]]:
    """Who gets and who gives; recipients and funders beside the first are given back."""
    recipients: list[Entity] = []
    funders: list[Entity] = []
    for field, column, others in (
        ("recipient", "recipientOrganization", recipients),
        ("funder", "fundingOrganization", funders),
    ):
        for told in _each(raw, column) or [None]:
            organisation = _organisation(context, record, url, told, column)
            if organisation is None:
                continue
            if grant.first(field) is None:
                grant.add(field, organisation.id)
            elif organisation.id != grant.first(field):
                others.append(organisation)
    return recipients, funders


def _organisation(
    context: Crawling, record: Record, url: str, raw: Any, column: str
) -> Entity | None:
    name = record.require(f"{column}.name", plain(get(raw, "name")))
    key = record.require(f"{column}.id", get(raw, "id"))
    if not name or not key:
        return None
    cui = _cui(key)
    id_ = organisation_id(context, name, cui=cui, keys=(f"{ORG_ID}:{key}",))
    made = record.entity("Organisation", id_, url)
    record.put(made, "label", name, lang=language(context))
    record.put(made, "identifiers", key, scheme=ORG_ID)
    record.put(made, "identifiers", cui, scheme="ro-cui")
    for alt in str(get(raw, "alternateName") or "").split(";"):
        record.put(made, "altLabels", alt)
    record.put(made, "description", plain(get(raw, "description")), lang=language(context))
    record.put(made, "homepage", get(raw, "url"))
    record.put(made, "address", get(raw, "streetAddress"))
    record.put(made, "city", get(raw, "addressLocality"))
    record.put(made, "location", point(get(raw, "location", 0)))
    return made


def _cui(key: str) -> str | None:
    """The CUI inside an org-id.guide identifier (`RO-CUI-14399840`)."""
    prefix, _, digits = key.upper().rpartition("-")
    return bare_cui(digits) if prefix == "RO-CUI" else None


def _programme(context: Crawling, record: Record, grant: Entity, url: str, raw: Any) -> list[str]:
    """The grant programmes as things of their own, the first one that of the grant; their titles."""
    titles = []
    for told in _each(raw, "grantProgramme"):
        if title := plain(get(told, "title") or get(told, "code")):
            made = _one_programme(context, record, grant, url, told, title)
            if grant.first("programme") is None:
                grant.add("programme", made.id)
            titles.append(title)
    return titles


def _one_programme(
    context: Crawling, record: Record, grant: Entity, url: str, told: Any, title: str
) -> Entity:
    made = record.entity("Programme", f"programme/{slug(title)}", get(told, "url") or url)
    record.put(made, "label", title, lang=language(context))
    record.put(made, "description", plain(get(told, "description")), lang=language(context))
    record.put(made, "identifiers", get(told, "code"), scheme=f"{context.source.scheme}-programme")
    if (funder := grant.first("funder")) is not None:
        made.add("manager", funder)
    return made


def _project(
    context: Crawling, record: Record, grant: Entity, others: list[Entity], url: str, raw: Any
) -> None:
    """What the money is for, where the record says when it happens."""
    dates = next(
        (d for column in ("actualDates", "plannedDates") for d in _each(raw, column)), None
    )
    if dates is None or not (get(dates, "startDate") or get(dates, "endDate")):
        return
    made = record.entity("Project", grant.id.replace("grant/", "project/", 1), url)
    for field in ("label", "description"):
        for value in grant.values.get(field, ()):
            made.add(field, value.value, lang=value.lang)
    record.put(made, "start", local_day(get(dates, "startDate")))
    record.put(made, "end", local_day(get(dates, "endDate")))
    record.put(made, "amount", get(raw, "amountAwarded"))
    record.put(made, "currency", get(raw, "currency"))
    made.add("amountStatus", "awarded")
    made.add("status", "funded")
    if (recipient := grant.first("recipient")) is not None:
        made.add("lead", recipient)
    for one in others:
        made.add("partners", one.id)
    grant.add("project", made.id)
