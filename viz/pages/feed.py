"""Calls as a feed (Atom, RFC 4287): open and forthcoming ones first, then the newest of the past."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fastapi.responses import Response

from graph.catalogue.base import Record
from graph.catalogue.calls import CLOSED, FORTHCOMING, OPEN, call_state
from viz.asked import Asked, href
from viz.pages.applicant import who_asks
from viz.pages.cards import STATES
from viz.xml_text import fit

PAST = 30
"""Past calls that the feed keeps."""

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, name, attributes)
    made.text = fit(text) or None
    return made


def _moment(day: str) -> str:
    return f"{day[:10]}T00:00:00Z"


def _title(asked: Asked, call: Record, state: str) -> str:
    closes = call.values.get("closes")
    told = STATES[state](asked.lang)
    if closes and state != CLOSED:
        told += ", " + asked.speech.say("until %(day)s", day=asked.speech.day(closes))
    return f"{call.label(asked.lang)} ({told})"


def build_atom(asked: Asked) -> Response:
    """The feed in the language of the address; the same bytes for the same data and day.

    An address that says who asks holds only what that one may apply for.
    """
    ground, lang, say = asked.ground, asked.lang, asked.speech.say
    states: dict[str, list[Record]] = {OPEN: [], FORTHCOMING: [], CLOSED: []}
    who, _ = who_asks(asked)
    for call in ground.data.catalogue.scan(("CALL",)):
        if not who.may(call, ground.today):
            continue
        states.setdefault(call_state(call.values, ground.today), []).append(call)
    states[OPEN].sort(key=lambda c: (str(c.values.get("closes")), c.id))
    states[FORTHCOMING].sort(key=lambda c: (str(c.values.get("opens")), c.id))
    states[CLOSED].sort(key=lambda c: (-(c.values.get("year") or 0), c.id))
    del states[CLOSED][PAST:]
    shown = [(s, call) for s in (OPEN, FORTHCOMING, CLOSED) for call in states[s]]
    days = [str(call.updated) for _, call in shown if call.updated]
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    own = who.address(asked, "funding.atom")
    told = own.partition("?")[2]
    _add(feed, "id", f"{ground.base.iri}feed/calls/{lang}" + (f"?{told}" if told else ""))
    _add(feed, "title", who.titled(asked, say("Funding calls for Timișoara")))
    _add(feed, "updated", _moment(max(days, default=str(ground.today))))
    _add(_add(feed, "author"), "name", "Resurse")
    _add(feed, "link", rel="self", type=MEDIA, href=own)
    _add(feed, "link", rel="alternate", type="text/html", href=who.address(asked, "funding"))
    for state, call in shown:
        entry = _add(feed, "entry")
        _add(entry, "id", ground.base.thing(call.id))
        _add(entry, "title", _title(asked, call, state))
        _add(entry, "updated", _moment(str(call.updated or ground.today)))
        _add(entry, "link", rel="alternate", type="text/html", href=href(lang, call.id))
        _add(entry, "category", term=state.lower(), label=STATES[state](lang))
        _add(entry, "summary", call.text("description", lang) or call.label(lang))
    body = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, headers={"Content-Type": f"{MEDIA}; charset=utf-8"})
