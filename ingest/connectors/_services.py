"""What organisations of an HSDS directory offer, as text: each service that is not closed for good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.nested import get, listed, uid
from ingest.texts import plain

SERVICE = frozenset(
    {
        "id", "organization_id", "organization", "name", "description", "status",
        "eligibility_description", "attributes", "service_areas",
        # left out on purpose: persons, hours and costs, which grow old, and the making of the record
        "program_id", "program", "alternate_name", "url", "additional_urls", "email", "phones",
        "contacts", "schedules", "cost_options", "fees", "fees_description", "wait_time",
        "interpretation_services", "application_process", "accreditations", "licenses", "alert",
        "minimum_age", "maximum_age", "assured_date", "assurer_email", "last_modified",
        "service_at_locations", "languages", "funding", "required_documents", "service_capacity",
        "capacities", "metadata",
    }
)  # fmt: skip
"""What a service of the format has."""

_OFFERS = {"ro": "Servicii", "en": "Services"}
_PAUSED = {"ro": "închis temporar", "en": "temporarily closed"}
_CLOSED = frozenset({"inactive", "defunct"})
_KEYS = ("id", "name", "status", "organization_id", "organization")
_FOR = {"ro": "pentru", "en": "for"}
_AREA = {"ro": "zona", "en": "area"}


def open_service(service: Any) -> bool:
    """Whether a service is not closed for good."""
    return str(get(service, "status") or "").lower() not in _CLOSED


class Services:
    """The services of a directory by organisation; closed ones are left out."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._names: dict[str, dict[str, None]] = {}
        self._details: dict[str, dict[str, None]] = {}
        self._met: dict[str, list[tuple[int, Any]]] = {}

    def take(self, number: int, service: Any) -> None:
        """Remembers one service, under the organisation that it names."""
        name = plain(get(service, "name"))
        if not name or not open_service(service):
            return
        owner = uid(get(service, "organization", "id") or get(service, "organization_id") or "")
        self._met.setdefault(owner, []).append((number, {k: get(service, k) for k in _KEYS}))
        if get(service, "status") == "temporarily closed":
            name = f"{name} ({_PAUSED[self._lang]})"
        self._names.setdefault(owner, {})[name] = None
        if details := "; ".join(dict.fromkeys(self._told(service))):
            self._details.setdefault(owner, {})[f"{name}: {details}"] = None

    def of(self, owner: str) -> str:
        """What an organisation offers: the names in one line, then what is told of each."""
        names = "; ".join(self._names.get(owner, ()))
        lines = [f"{_OFFERS[self._lang]}: {names}."] if names else []
        return "\n".join((*lines, *self._details.get(owner, ())))

    def left(self, known: set[str]) -> Iterator[tuple[int, Any]]:
        """The services, each with its number, of organisations that are not among the known ones."""
        for owner, met in self._met.items():
            yield from met if owner not in known else ()

    def _told(self, service: Any) -> Iterator[str]:
        """What a service is, for whom, of what sort and where."""
        if text := plain(get(service, "description")):
            yield text
        if text := plain(get(service, "eligibility_description")):
            yield f"{_FOR[self._lang]}: {text}"
        for one in listed(get(service, "attributes")):
            if text := plain(get(one, "taxonomy_term", "name") or get(one, "label")):
                yield text
        areas = [plain(get(one, "name")) for one in listed(get(service, "service_areas"))]
        if named := ", ".join(filter(None, areas)):
            yield f"{_AREA[self._lang]}: {named}"
