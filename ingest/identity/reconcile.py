"""A table of names comes back with the id, label, score and answer of each row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from rapidfuzz import fuzz

from graph.catalogue.memory import Memory
from ingest.identity.block import Index
from ingest.identity.decision import Decision
from ingest.identity.decisions import Decisions, name_key
from ingest.identity.fiscal_code import clean_cui, without_code
from ingest.identity.folding import fold, repaired
from ingest.identity.hosts import host_of
from ingest.identity.party import PLAIN, Party
from ingest.identity.resolve import Resolution, resolve
from ingest.personal_codes import personal_code
from ingest.rejects import masked
from ontology.errors import InputError, RowError, Said

ADDED = ("id", "label", "score", "answer")
"""The columns that reconcile adds."""

ORGANISATION = "ORGANISATION"

_KEPT = 5_000
"""Answers that are kept while a table is gone through."""

_HEADERS = {
    "cui": (
        "cui",
        "cif",
        "codfiscal",
        "fiscalcode",
        "cuicif",
        "coddeidentificarefiscala",
        "codunic",
        "codunicdeinregistrare",
        "vatnumber",
        "taxid",
    ),
    "city": (
        "city",
        "oras",
        "localitate",
        "localitatea",
        "town",
        "sediu",
        "municipiu",
        "ort",
        "stadt",
    ),
    "county": ("judet", "judetul", "jud", "county", "kreis", "megye", "judetsediu"),
    "email": ("email", "mail", "emailcontact", "adresaemail", "contactemail", "adresademail"),
    "website": ("website", "site", "web", "url", "homepage", "paginaweb", "siteweb"),
    "kind": ("legalform", "formajuridica"),
}


@dataclass(frozen=True)
class Columns:
    """Which column of a table says what; only the name is needed."""

    name: str
    cui: str | None = None
    city: str | None = None
    website: str | None = None
    kind: str | None = None
    county: str | None = None
    email: str | None = None

    def used(self) -> tuple[str, ...]:
        """The columns that there are."""
        return tuple(one for one in astuple(self) if one)


def columns_of(header: Iterable[str], name: str) -> Columns:
    """The columns by their usual headings (CUI, oraș, website …) beside the named one.

    Raises InputError that lists the columns when `name` is not among them.
    """
    known = list(header)
    if name not in known:
        raise InputError(
            Said(f"tabelul nu are coloana „{name}”", f"the table has no column '{name}'"),
            Said(f"Coloanele sunt: {', '.join(known)}.", f"The columns are: {', '.join(known)}."),
        )
    found: dict[str, str] = {}
    for field, headings in _HEADERS.items():
        for column in known:
            if column != name and re.sub(r"[^a-z]", "", fold(column)) in headings:
                found.setdefault(field, column)
    return Columns(name, **found)


def column_named(columns: Sequence[str], given: str, where: str) -> str:
    """The column that a person means: by its heading, by its letters alone, or by its number from 1.

    Raises InputError that lists the columns, the likeliest first.
    """
    alike = [one for one in columns if fold(one) == fold(repaired(given))]
    if given in columns or len(alike) == 1:
        return given if given in columns else alike[0]
    if given.isdecimal() and 1 <= int(given[:6]) <= len(columns):
        return columns[int(given[:6]) - 1]
    near = sorted(columns, key=lambda one: -fuzz.WRatio(fold(one), fold(given)))
    shown = ", ".join(near[:20]) + (" …" if len(near) > 20 else "")
    raise InputError(
        Said(f"coloana „{given}” nu există", f"there is no column '{given}'"),
        Said(
            f"Coloanele sunt: {shown}. Se poate da și numărul coloanei; pentru un tabel fără cap, --no-header.",
            f"The columns are: {shown}. A column's number will do, too; for a table without a header, --no-header.",
        ),
        where,
    )


def added_names(header: Iterable[str]) -> dict[str, str]:
    """What the added columns are called: `id label score answer`; `resurse_id` beside an `id`."""
    taken = set(header)
    return {name: f"resurse_{name}" if name in taken else name for name in ADDED}


def row_party(row: Mapping[str, str], columns: Columns, kind: str = ORGANISATION) -> Party | None:
    """The party that a row names; None when it names nobody or a private person."""

    def cell(column: str | None) -> str:
        return (row.get(column) or "").strip() if column else ""

    name = cell(columns.name)
    if not name or personal_code(name) or _is_personal(cell(columns.cui)):
        return None
    if kind != ORGANISATION:
        return Party(name_key(name), (name,), PLAIN)
    bare, code = without_code(name)
    return Party(
        name_key(name),
        (bare,),
        cell(columns.kind) or None,
        _cui(cell(columns.cui)) or code,
        cell(columns.city) or None,
        next(filter(host_of, (cell(columns.website), cell(columns.email))), None),
        cell(columns.county) or None,
    )


def _is_personal(code: str) -> bool:
    return len(re.sub(r"\D", "", code)) == 13


def _cui(code: str) -> str | None:
    """The code when its check digit agrees: a misspelt code says nothing, the name still does."""
    try:
        return clean_cui(code)
    except RowError:
        return None


def reconcile_row(
    row: Mapping[str, str],
    columns: Columns,
    index: Index,
    *,
    kind: str = ORGANISATION,
    decisions: Decisions | None = None,
) -> Resolution:
    """The answer for one row."""
    party = row_party(row, columns, kind)
    return Resolution("none") if party is None else resolve(party, index, decisions)


def reconcile_table(
    rows: Iterable[Mapping[str, str]],
    column: str,
    index: Index,
    *,
    kind: str = ORGANISATION,
    decisions: Decisions | None = None,
    columns: Columns | None = None,
) -> Iterator[dict[str, str]]:
    """Every row, in order, with all its columns and the added four; a name that came lately is not
    looked up again.

    `kind` is the GraphQL kind that the index holds; anything but ORGANISATION is compared by name
    only. A personal code anywhere in a row is masked. Raises InputError for an unknown column.
    """
    known: Memory[tuple[str, ...], dict[str, str]] = Memory(_KEPT)
    names: dict[str, str] = {}
    for row in rows:
        if columns is None:
            columns = columns_of(row, column)
        names = names or added_names(row)
        key = tuple(row.get(one) or "" for one in columns.used())
        answer = known.get(key)
        if answer is None:
            found = reconcile_row(row, columns, index, kind=kind, decisions=decisions)
            answer = known.put(key, _told(found, names))
        yield {
            **{
                k: masked(v)
                if personal_code(v or "") or (k == columns.cui and _is_personal(v or ""))
                else v
                for k, v in row.items()
            },
            **answer,
        }


def _told(answer: Resolution, names: Mapping[str, str]) -> dict[str, str]:
    """The added cells of a row."""
    return {
        names["id"]: answer.id or "",
        names["label"]: answer.label,
        names["score"]: f"{answer.score:.3f}" if answer.id else "",
        names["answer"]: answer.answer,
    }


def questions(rows: Iterable[tuple[Party, Resolution]]) -> Iterator[Decision]:
    """The rows for the decisions file: one question per party that was answered `ask`.

    The held id stands left: when a person answers `same`, that is the one that stays.
    """
    for party, answer in rows:
        if answer.answer == "ask" and answer.id is not None:
            why = "; ".join(feature.text("ro") for feature in answer.features[1:])
            yield Decision(
                answer.id,
                party.id,
                "",
                "",
                "",
                why,
                answer.label,
                party.label,
                f"{answer.score:.3f}",
            )
