"""Measures the store: what its conveniences cost beside the bare engine on the same statements.

Run `python -m tests.bench.bench_store [ENTITIES] [ROUNDS]` (10^4 and 3 when left out). The city is
synthetic, one seed, about ten statements a thing. Rounds take turns, so that noise of the machine
meets both sides; figures are medians, ratios are of the same run.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from graph.store import Iri, Literal, Store, Triple, Version, Versions, open_store
from graph.store.filling import Filling
from graph.store.public import PublicSparql
from graph.store.terms import Quad, spell_quad, spell_triple
from ontology.vocab import RDF_TYPE, XSD, Base, expand

BASE = Base()
VERSION = Version("synthetic", "1", "Synthetic")
GRAPH = VERSION.graph(BASE)
NAME, TOPIC = Iri(expand("skos:prefLabel")), Iri(expand("dcterms:subject"))
LEAD, AMOUNT = Iri(BASE.iri + "ns#lead"), Iri(BASE.iri + "ns#amount")
PAGE = 1_000
"""Things added together, as the pipeline does."""


def city(things: int) -> Iterator[Triple]:
    """A synthetic city: named things, each with a lead, topics, an amount and texts."""
    chance = random.Random(7)
    topics = [Iri(BASE.thing(f"topic/t{i}")) for i in range(40)]
    for i in range(things):
        me = Iri(BASE.thing(f"project/p{i}"))
        yield Triple(me, Iri(RDF_TYPE), Iri(BASE.iri + "ns#Project"))
        yield Triple(me, Iri(expand("dcterms:identifier")), Literal(f"project/p{i}"))
        for lang, word in (("ro", "Proiectul"), ("en", "Project")):
            yield Triple(me, NAME, Literal(f"{word} sintetic {i}", lang=lang))
        yield Triple(
            me, Iri(expand("dcterms:description")), Literal(f"Text despre {i} " * 6, lang="ro")
        )
        yield Triple(me, LEAD, Iri(BASE.thing(f"project/p{chance.randrange(things)}")))
        yield Triple(me, AMOUNT, Literal(str(chance.randrange(10**6)), XSD + "decimal"))
        for topic in chance.sample(topics, 2):
            yield Triple(me, TOPIC, topic)
        yield Triple(me, Iri(expand("dcterms:source")), Iri(f"https://example.org/{i % 50}"))


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def in_turns(rounds: int, **works: Callable[[], object]) -> dict[str, float]:
    """The median seconds of each, measured in turns."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            seconds[name].append(timed(work))
    return {name: statistics.median(values) for name, values in seconds.items()}


def writing(triples: list[Triple], rounds: int, home: Path) -> dict[str, float]:
    """Adding a whole graph at once and by pages, beside the engine's own bulk load of a file."""
    file = home / "city.nq"
    file.write_text("".join(f"{spell_quad(Quad(*t, Iri(GRAPH)))}\n" for t in triples))
    page = PAGE * len(triples) // len({t.subject for t in triples})
    places = iter(range(1 << 30))

    def add(size: int) -> None:
        with open_store(str(home / f"s{next(places)}"), base=BASE) as store:
            for start in range(0, len(triples), size):
                store.add(GRAPH, triples[start : start + size])

    def fill(size: int) -> None:
        with (
            open_store(str(home / f"s{next(places)}"), base=BASE) as store,
            Filling(store, GRAPH) as filling,
        ):
            for start in range(0, len(triples), size):
                lines = (f"{spell_triple(one)}\n" for one in triples[start : start + size])
                filling.add("".join(lines))

    def bulk_load() -> None:
        store = ox.Store(str(home / f"s{next(places)}"))
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
        store.flush()

    return in_turns(
        rounds,
        bulk_load=bulk_load,
        add_at_once=lambda: add(len(triples)),
        add_by_pages=lambda: add(page),
        fill_by_pages=lambda: fill(page),
    )


def reading(store: Store, bare: ox.Store, things: int, rounds: int) -> dict[str, float]:
    """Each kind of read beside the least the engine needs for the same answer."""
    chance = random.Random(11)
    ids = [BASE.thing(f"project/p{chance.randrange(things)}") for _ in range(50)]
    graph = ox.NamedNode(GRAPH)
    values = " ".join(f"<{one}>" for one in ids)
    query = f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"

    def hops() -> None:
        edge = {ox.NamedNode(ids[0])}
        for _ in range(2):
            edge = {
                end
                for node in edge
                for quads in (
                    bare.quads_for_pattern(node, None, None, graph),
                    bare.quads_for_pattern(None, None, node, graph),
                )
                for quad in quads
                for end in (quad.subject, quad.object)
                if isinstance(end, ox.NamedNode) and end.value.startswith(BASE.ids)
            }

    return in_turns(
        rounds,
        match_bare=lambda: sum(1 for _ in bare.quads_for_pattern(None, None, None, graph)),
        match=lambda: sum(1 for _ in store.match(graph=GRAPH)),
        values_bare=lambda: len(list(bare.query(query, default_graph=[graph]))),  # type: ignore[arg-type]
        describe=lambda: store.describe(ids),
        hops_bare=hops,
        neighbours=lambda: store.neighbours(ids[:1], 2),
        dump_bare=lambda: bare.dump(format=ox.RdfFormat.N_QUADS),
        dump=lambda: sum(1 for _ in store.dump()),
    )


def asking(store: Store, copy: Path, rounds: int) -> dict[str, float]:
    """A query of a stranger: the way through a process of its own, beside asking directly."""
    query = "SELECT ?s ?v WHERE { ?s ?p ?v } LIMIT 100"
    store.backup(copy)
    public = PublicSparql(copy, BASE)
    first = timed(lambda: public.run(query))
    seconds = in_turns(
        rounds * 5, direct=lambda: store.select(query), public=lambda: public.run(query)
    )
    public.close()
    return {**seconds, "public_first": first}


def bench(things: int = 10_000, rounds: int = 3) -> dict[str, object]:
    """All figures: seconds, and the ratio of each to its bare counterpart (1 = as fast)."""
    triples = list(city(things))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        wrote = writing(triples, rounds, home)
        with open_store(str(home / "read"), base=BASE) as store:
            store.add(GRAPH, triples)
            Versions(store).make_current(VERSION)
            store.backup(home / "bare")
            bare = ox.Store.read_only(str(home / "bare"))
            read = reading(store, bare, things, rounds)
            asked = asking(store, home / "copy", rounds)
    ratios = {
        "add at once / bulk_load of a file": wrote["bulk_load"] / wrote["add_at_once"],
        "add by pages / bulk_load of a file": wrote["bulk_load"] / wrote["add_by_pages"],
        "fill by pages / bulk_load of a file": wrote["bulk_load"] / wrote["fill_by_pages"],
        "match / bare scan": read["match_bare"] / read["match"],
        "describe 50 / bare VALUES": read["values_bare"] / read["describe"],
        "neighbours 2 / bare BFS": read["hops_bare"] / read["neighbours"],
        "sorted dump / bare dump": read["dump_bare"] / read["dump"],
    }
    return {
        "things": things,
        "statements": len(triples),
        "speed_as_a_fraction": {name: round(value, 2) for name, value in ratios.items()},
        "milliseconds": {
            name: round(value * 1000, 2) for name, value in {**wrote, **read, **asked}.items()
        },
        "statements_per_second": round(len(triples) / wrote["add_at_once"]),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Prints the figures as JSON."""
    given = [int(one) for one in sys.argv[1:]]
    sys.stdout.write(json.dumps(bench(*given), indent=2) + "\n")


if __name__ == "__main__":
    main()
