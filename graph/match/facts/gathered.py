"""Goes through the catalogue once and gathers what matching weighs: columns, and who is tied to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.catalogue.base import Catalogue, Record
from graph.match.facts.columns import Columns, Gathering
from graph.match.facts.names import NameIndex
from graph.match.facts.records import KEPT, Records

Ties = Mapping[str, Sequence[tuple[str, str]]]
"""By id, pairs of ids, or of an id and a field."""


@dataclass(frozen=True)
class Facts:
    """What one going through finds."""

    columns: Columns
    records: Records
    names: NameIndex
    done: Ties
    """By who did it: (project or grant, the field that says so)."""
    doers: Mapping[str, tuple[str, ...]]
    """By project or grant: who did it."""
    funded: Mapping[str, Sequence[str]]
    """By call: the projects under it."""
    editions: Mapping[str, Sequence[str]]
    """By programme: its calls, the newest first."""
    bodies: Ties
    """By member: (body, membership)."""
    involvements: Mapping[str, Sequence[Record]]
    """By what it is an involvement in."""
    references: Ties
    """By commitment: (thing its relevance refers to, relevance part)."""
    dates: Mapping[str, Mapping[str, object]]
    """By call: what its state is told from."""


@dataclass
class _Pile:
    """The ties while they are read."""

    done: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    doers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    funded: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    editions: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    references: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    dates: dict[str, dict[str, object]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """What one thing ties together."""
        if record.type in ("Project", "Grant"):
            self._deed(record)
        elif record.type == "Call":
            values = record.values
            for programme in record.refs("programme"):
                self.editions[programme].append((-(values.get("year") or 0), record.id))
            self.dates[record.id] = {n: values.get(n) for n in ("opens", "closes", "year")}
        for part in record.values.get("relevance", ()):
            for thing in part.get("refersTo", ()):
                self.references[record.id].append((thing, part["id"]))

    def _deed(self, record: Record) -> None:
        names = ("lead", "partners") if record.type == "Project" else ("recipient",)
        tied = [(body, name) for name in names for body in record.refs(name)]
        for body, name in tied:
            self.done[body].append((record.id, name))
        if tied:
            self.doers[record.id] = tuple(body for body, _ in tied)
        if record.type == "Project":
            for call in record.refs("calls"):
                self.funded[call].append(record.id)


def gather(catalogue: Catalogue) -> Facts:
    """Everything that matching weighs, in one going through and two short ones."""
    columns, pile, names = Gathering(), _Pile(), NameIndex()
    kept: dict[str, Record] = {}
    for record in catalogue.scan():
        names.add(columns.add(record), record)
        pile.add(record)
        if len(kept) < KEPT:
            kept[record.id] = record
    found = columns.done()
    records = Records(catalogue, found)
    records.keep(kept)
    names.finish(found.ids)
    bodies: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in catalogue.scan_type("Membership"):
        for member in one.refs("organisation"):
            for body in one.refs("body"):
                bodies[member].append((body, one.id))
    involvements: dict[str, list[Record]] = defaultdict(list)
    for one in catalogue.scan_type("Involvement"):
        for thing in one.refs("involvedIn"):
            involvements[thing].append(one)
    editions = {p: [call for _, call in sorted(held)] for p, held in pile.editions.items()}
    return Facts(
        found, records, names, dict(pile.done), pile.doers, dict(pile.funded), editions,
        dict(bodies), dict(involvements), dict(pile.references), pile.dates,
    )  # fmt: skip
