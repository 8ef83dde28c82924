"""A page's context becomes HTML: the templates, and what each of them may call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from ontology.errors import Said
from ontology.loading import load_model
from viz.asked import Asked, href
from viz.languages import SPEECH
from viz.palette import badge

HERE = Path(__file__).parent


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(badge=badge, href=href, model=load_model())
    return made


ENVIRONMENT = _environment()


def context_dict(context: Any) -> dict[str, Any]:
    """The fields of a page's context, as the template sees them."""
    return {one.name: getattr(context, one.name) for one in fields(context)}


def render(template: str, asked: Asked, values: Mapping[str, Any]) -> str:
    """A page as HTML."""
    speech = asked.speech
    other = "en" if asked.lang == "ro" else "ro"
    shared = {
        "lang": asked.lang,
        "other_lang": other,
        "asked": asked,
        "_": speech.say,
        "n_": speech.count,
        "number": speech.number,
        "money": speech.money,
        "day": speech.day,
        "text": speech.text,
        "name_of": speech.name,
        "percent": speech.percent,
        "month_name": month_name,
        "other_url": _in_language(asked, other),
        "contact": asked.ground.contact,
        "data_version": asked.ground.data.version,
    }
    return ENVIRONMENT.get_template(template).render({**shared, **values})


def refusal(status: int, said: Said, lang: str) -> str:
    """A page that stands on nothing: for requests that are turned away before anything is looked up."""
    other = "en" if lang == "ro" else "ro"
    return ENVIRONMENT.get_template("refusal.html").render(
        status=status,
        sentence=said(lang),
        other_sentence=said(other),
        lang=lang,
        other_lang=other,
        _=SPEECH[lang].say,
    )


def month_name(number: int, lang: str) -> str:
    """The name of a month (1 to 12)."""
    return str(SPEECH[lang].locale.months["format"]["wide"][number])


def _in_language(asked: Asked, other: str) -> str:
    return f"/{other}" + asked.link()[3:]
