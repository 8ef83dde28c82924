"""The schema.org view of a thing, for search engines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from graph.catalogue.base import Record, SourceRef
from viz.asked import Asked
from viz.pages.cite import PUBLISHER, Work


def json_ld(asked: Asked, record: Record, sources: tuple[SourceRef, ...]) -> Markup:
    """The schema.org view of a thing: a view, never the data itself."""
    types = {
        "Organisation": "Organization",
        "Project": "Project",
        "Programme": "FundingScheme",
        "Call": "MonetaryGrant",
        "Grant": "MonetaryGrant",
        "Place": "Place",
        "Platform": "WebApplication",
        "Event": "Event",
        "LegalAct": "Legislation",
    }
    forms = {
        "association": "NGO",
        "foundation": "NGO",
        "federation": "NGO",
        "public_institution": "GovernmentOrganization",
        "university": "CollegeOrUniversity",
    }
    values = record.values
    kind = types.get(record.type, "Thing")
    if record.type == "Organisation":
        kind = forms.get(str(values.get("legalForm")), kind)
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": asked.ground.base.thing(record.id),
        "name": record.label(asked.lang),
    }
    if record.text("description", asked.lang):
        made["description"] = record.text("description", asked.lang)
    if values.get("altLabels"):
        made["alternateName"] = values["altLabels"]
    if values.get("homepage") or values.get("page"):
        made["url"] = values.get("homepage") or values.get("page")
    if values.get("founded"):
        made["foundingDate"] = values["founded"]
    cui = next((i["value"] for i in values.get("identifiers", ()) if i["scheme"] == "ro-cui"), None)
    if cui:
        made["taxID"] = cui
    if values.get("amount"):
        made["amount"] = {
            "@type": "MonetaryAmount",
            "value": values["amount"],
            "currency": values.get("currency"),
        }
    if values.get("location"):
        made["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": values["location"][0],
            "longitude": values["location"][1],
        }
    if sources:
        made["isBasedOn"] = [s.url for s in sources if s.url]
    return _script(made)


def dataset_ld(asked: Asked, one: Work, formats: Sequence[str]) -> Markup:
    """The whole map as a schema.org Dataset with its downloads, for search engines of data."""
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": one.url,
            "name": one.title,
            "description": asked.speech.say(
                "Organisations, projects, funds and the open-government plan of Timișoara, with the source of every fact."
            ),
            "version": one.version,
            "dateModified": one.day.isoformat(),
            "inLanguage": ["ro", "en"],
            "license": list(one.licences),
            "creator": {"@type": "Organization", "name": PUBLISHER},
            "spatialCoverage": "Timișoara",
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": form,
                    "contentUrl": f"/export/city.{form}",
                }
                for form in formats
            ],
        }
    )


def _script(made: dict[str, Any]) -> Markup:
    text = json.dumps(made, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - JSON with < and & escaped
