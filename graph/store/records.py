"""One version of a source, and how the meta graph writes it down.

The subject is the version's graph: `dcat:isVersionOf`, `dcat:version`, `dcterms:title publisher
license source`, `cr:retrieved`, `prov:generatedAtTime`, `prov:wasRevisionOf`, `void:triples`,
`void:entities`. `prov:wasGeneratedBy` leads to an activity whose agent is the tool, which is
labelled with its version; `dcterms:publisher` to an agent with a name, since of most publishers
nothing else is known. Every subject has the types that the domains of these terms ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.store.terms import Iri, Literal, Quad, Term
from ontology.vocab import CR, PREFIXES, RDF_TYPE, XSD, Base, expand

VERSION_OF = Iri(expand("dcat:isVersionOf"))
_REVISION_OF = Iri(expand("prov:wasRevisionOf"))
_GENERATED_BY = Iri(expand("prov:wasGeneratedBy"))
_ASSOCIATED = Iri(expand("prov:wasAssociatedWith"))
_LABEL = Iri(expand("rdfs:label"))
_PUBLISHER = Iri(expand("dcterms:publisher"))
_NAME = Iri(expand("foaf:name"))
_TYPES = tuple(Iri(expand(one)) for one in ("dcat:Dataset", "void:Dataset", "prov:Entity"))

_VALUES: dict[str, tuple[str, str]] = {
    "source": (expand("dcterms:identifier"), "string"),
    "version": (expand("dcat:version"), "string"),
    "title": (expand("dcterms:title"), "string"),
    "licence": (expand("dcterms:license"), "licence"),
    "landing_page": (expand("dcterms:source"), "anyURI"),
    "retrieved": (CR + "retrieved", "date"),
    "generated": (expand("prov:generatedAtTime"), "dateTime"),
    "priority": (CR + "sourcePriority", "integer"),
    "entities": (PREFIXES["void"] + "entities", "integer"),
    "statements": (PREFIXES["void"] + "triples", "integer"),
}
_LICENCES = "http://spdx.org/licenses/"
_LISTED = re.compile(r"(CC0|CC-BY(-NC|-ND|-SA)*|ODbL|ODC-By|OGL-UK|EUPL)-\d\.\d")
"""Short names of licences in the SPDX list (https://spdx.org/licenses/) that publishers of data use."""
_ADDRESS = re.compile(r'[a-z][a-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`]+', re.IGNORECASE)


@dataclass(frozen=True)
class Version:
    """Where one version of a source came from, and what it gave.

    `retrieved` is an ISO day, `generated` an ISO moment; where sources disagree, `priority`
    decides. `statements` and `previous` (a graph) are filled in when the version is made current.
    """

    source: str
    version: str
    title: str
    publisher: str | None = None
    licence: str | None = None
    landing_page: str | None = None
    retrieved: str | None = None
    generated: str | None = None
    tool: str | None = None
    priority: int = 0
    entities: int = 0
    statements: int = 0
    previous: str | None = None

    def graph(self, base: Base) -> str:
        """The graph that holds it; the curated and the inferred one are the same for ever."""
        return _fixed(base).get(self.source) or base.source_graph(self.source, self.version)


def series(source: str, base: Base) -> Iri:
    """The IRI of a source as the sum of its versions."""
    return Iri(_fixed(base).get(source) or f"{base.graphs}source/{source}")


def subjects(graph: str) -> tuple[Iri, Iri, Iri, Iri]:
    """What a record speaks of: the graph, the run that made it, the tool that ran, the publisher."""
    return Iri(graph), Iri(graph + "#run"), Iri(graph + "#tool"), Iri(graph + "#publisher")


def write(version: Version, base: Base) -> Iterator[Quad]:
    """The statements that record a version."""
    meta = Iri(base.meta)
    for subject, predicate, value in _facts(version, base):
        yield Quad(subject, predicate, value, meta)


def _facts(version: Version, base: Base) -> Iterator[tuple[Iri, Iri, Term]]:
    graph, run, tool, publisher = subjects(version.graph(base))
    kind = Iri(RDF_TYPE)
    for one in _TYPES:
        yield graph, kind, one
    yield graph, VERSION_OF, series(version.source, base)
    yield graph, _GENERATED_BY, run
    yield run, kind, Iri(expand("prov:Activity"))
    for name, (path, datatype) in _VALUES.items():
        value = getattr(version, name)
        if value is not None:
            yield graph, Iri(path), _term(str(value), datatype)
    if version.previous:
        yield graph, _REVISION_OF, Iri(version.previous)
    if version.publisher:
        yield graph, _PUBLISHER, publisher
        yield publisher, kind, Iri(expand("foaf:Agent"))
        yield publisher, _NAME, Literal(version.publisher)
    if version.tool:
        yield run, _ASSOCIATED, tool
        yield tool, kind, Iri(expand("prov:SoftwareAgent"))
        yield tool, _LABEL, Literal(version.tool)


def read(quads: Iterable[Quad]) -> Version | None:
    """The version that statements about one graph, its run and its tool record."""
    found = {str(quad.predicate): quad.object for quad in quads}
    fields: dict[str, Any] = {}
    for name, (path, datatype) in _VALUES.items():
        if path in found:
            text = str(found[path].value)
            if datatype == "licence":
                text = text.removeprefix(_LICENCES)
            fields[name] = int(text) if datatype == "integer" else text
    if not {"source", "version", "title"} <= fields.keys():
        return None
    if (publisher := found.get(_NAME)) is not None:
        fields["publisher"] = str(publisher.value)
    if (tool := found.get(_LABEL)) is not None:
        fields["tool"] = str(tool.value)
    if (previous := found.get(_REVISION_OF)) is not None:
        fields["previous"] = str(previous.value)
    return Version(**fields)


def _fixed(base: Base) -> dict[str, str]:
    return {"curated": base.curated, "inferred": base.inferred}


def _term(text: str, datatype: str) -> Term:
    if datatype == "licence" and _LISTED.fullmatch(text):
        return Iri(_LICENCES + text)
    if datatype in ("anyURI", "licence"):
        return Iri(text) if _ADDRESS.fullmatch(text) else Literal(text)
    return Literal(text, XSD + datatype)
