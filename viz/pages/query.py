"""Questions in SPARQL: a field to write one, examples that answer, and where programs ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology.errors import InputError, NotFoundError, Said
from ontology.vocab import DEFAULT_BASE
from viz.asked import Asked, PageDef

EXAMPLES = Path(__file__).parents[1] / "queries"
"""One file per example; its first line says in both languages what it answers."""

MAX_QUERY = 20_000
"""Characters of one question (graph/store/public.py refuses longer ones)."""


SHARED = 4_000
"""Characters of a question that an address carries; a longer one would not survive a mail."""


@dataclass(frozen=True)
class Example:
    """A question that the map answers: its title, its text, and the address that brings it into the field."""

    title: str
    url: str
    chosen: bool


@dataclass(frozen=True)
class QueryPage:
    """`text` is the question in the field: that of the address (then `asked_for` is true and it is put at
    once), else the chosen example's, else the first one's. Addresses of things begin with `things`.
    """

    examples: tuple[Example, ...]
    text: str
    asked_for: bool
    longest: int
    shared: int
    things: str


@cache
def _held() -> dict[str, tuple[Said, str]]:
    """By name of the file: what the example answers, and its question."""
    found = {}
    for file in sorted(EXAMPLES.glob("*.rq")):
        head, _, text = file.read_text(encoding="utf-8").partition("\n")
        ro, _, en = head.removeprefix("#").partition("|")
        found[file.stem.partition("-")[2]] = Said(ro.strip(), en.strip()), text
    return found


def _own(asked: Asked) -> str:
    """The question in the address; empty where there is none. InputError when it is too long for one."""
    text = (asked.query.get("query") or [""])[-1].strip()
    if len(text) > SHARED:
        raise InputError(
            Said(
                f"întrebarea are {len(text)} de caractere; o adresă duce cel mult {SHARED}",
                f"the question is {len(text)} characters long; an address carries at most {SHARED}",
            ),
            Said(
                "Lipiți-o în câmpul paginii sau trimiteți-o prin POST la /sparql.",
                "Paste it into the field of the page, or send it by POST to /sparql.",
            ),
            "query",
        )
    return text


def build(asked: Asked) -> QueryPage:
    """The page. Raises NotFoundError for an example that there is not."""
    held, chosen = _held(), asked.one("example") or next(iter(_held()))
    if chosen not in held:
        raise NotFoundError(
            Said(f"exemplul „{chosen[:40]}” nu există", f"there is no example '{chosen[:40]}'"),
            Said(f"Exemplele sunt: {', '.join(held)}.", f"The examples are: {', '.join(held)}."),
        )
    own = _own(asked)
    text = held[chosen][1].replace(DEFAULT_BASE, asked.ground.base.iri)
    return QueryPage(
        tuple(
            Example(
                title(asked.lang),
                asked.link(example=name, query=None),
                not own and name == chosen,
            )
            for name, (title, _) in held.items()
        ),
        own or text.replace('"ro"', f'"{asked.lang}"').strip(),
        bool(own),
        MAX_QUERY,
        SHARED,
        asked.ground.base.ids,
    )


PAGES = (PageDef("query", "/query", build, "query.html", QueryPage),)
