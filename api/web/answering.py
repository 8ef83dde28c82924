"""What the addresses for machines share: the installation they answer from, and an error as an answer."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.responses import Response

from api.web.problems import problem_of
from api.wiring import Installation
from ontology.errors import ResurseError

OPEN: Final = {"Access-Control-Allow-Origin": "*"}
"""Pages of other sites may read what is given with this header."""


def _installation(request: Request) -> Installation:
    found = request.app.state.installation
    assert isinstance(found, Installation)
    return found


Here = Annotated[Installation, Depends(_installation)]
"""The installation that a request is answered from."""


def problem(error: ResurseError, lang: str = "en") -> Response:
    """An error of ours as JSON, with the status that fits it."""
    status, body = problem_of(error, lang)
    return Response(body, status, media_type="application/json")
