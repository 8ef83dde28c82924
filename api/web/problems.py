"""Answers as bytes, and errors as JSON with the status that fits them."""

from __future__ import annotations

from typing import Any

import orjson

from api.graphql.limits import FAULT, INTERNAL
from ontology.errors import InputError, NotFoundError, RefusedError, ResurseError


def problem_of(error: ResurseError, lang: str = "en") -> tuple[int, bytes]:
    """The status and the body of an error of ours."""
    asked_wrongly = isinstance(error, (InputError, RefusedError))
    status = 404 if isinstance(error, NotFoundError) else 400 if asked_wrongly else 503
    body = {
        "code": error.code,
        "error": error.message(lang),
        "ro": error.message("ro"),
        "en": error.message("en"),
    }
    return status, orjson.dumps(body)


def as_json(answer: dict[str, Any]) -> bytes:
    """An answer of GraphQL as bytes."""
    return orjson.dumps(answer, default=str)


def bad_request(message: str) -> bytes:
    """A refusal of something that is no GraphQL request."""
    return orjson.dumps({"errors": [{"message": message, "extensions": {"code": "BAD_REQUEST"}}]})


def fault() -> bytes:
    """What a GraphQL client is told of a fault of ours."""
    return orjson.dumps({"errors": [{"message": FAULT.en, "extensions": INTERNAL}]})
