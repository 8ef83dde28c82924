"""The namespaces, and the one place that knows the base IRI."""

from __future__ import annotations

DEFAULT_BASE = "https://w3id.org/resurse/"
"""Where ids live unless the setting RESURSE_BASE says otherwise; no file claims it resolves."""

CR = DEFAULT_BASE + "ns#"
"""Our ontology. Fixed: another base moves the things, never the words."""

CRS = DEFAULT_BASE + "shapes#"
"""Our shapes, and the annotations on them that say how a class is shown."""

PREFIXES: dict[str, str] = {
    "cr": CR,
    "crs": CRS,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "org": "http://www.w3.org/ns/org#",
    "m8g": "http://data.europa.eu/m8g/",
    "prov": "http://www.w3.org/ns/prov#",
    "p-plan": "http://purl.org/net/p-plan#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "locn": "http://www.w3.org/ns/locn#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "time": "http://www.w3.org/2006/time#",
    "frapo": "http://purl.org/cerif/frapo/",
    "schema": "https://schema.org/",
    "eurio": "http://data.europa.eu/s66#",
    "cids": "https://ontology.commonapproach.org/cids#",
    "adms": "http://www.w3.org/ns/adms#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "sdg": "http://metadata.un.org/sdg/",
    "eurovoc": "http://eurovoc.europa.eu/",
    "euauth": "http://publications.europa.eu/resource/authority/",
}


def expand(curie: str) -> str:
    """The full IRI of `prefix:local`. Raises KeyError for an unknown prefix."""
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """`prefix:local` when a known namespace begins the IRI, else the IRI itself."""
    best = max(
        ((p, ns) for p, ns in PREFIXES.items() if iri.startswith(ns)),
        key=lambda pair: len(pair[1]),
        default=None,
    )
    return f"{best[0]}:{iri[len(best[1]) :]}" if best else iri


RDF_TYPE = expand("rdf:type")
XSD = PREFIXES["xsd"]


class Base:
    """The base IRI of one installation: builds and reads the IRIs of things and graphs."""

    def __init__(self, iri: str = DEFAULT_BASE) -> None:
        self.iri = iri if iri.endswith(("/", "#")) else iri + "/"
        self.ids = self.iri + "id/"
        self.graphs = self.iri + "graph/"

    def thing(self, id_: str) -> str:
        """The IRI of the thing whose id is `id_` (`org/x` → `…/id/org/x`)."""
        return self.ids + id_

    def id_of(self, iri: str) -> str | None:
        """The id in a thing's IRI; None when the IRI is not one of ours."""
        return iri[len(self.ids) :] if iri.startswith(self.ids) else None

    def scheme(self, name: str) -> str:
        """The datatype IRI that marks an identifier of scheme `name`."""
        return self.iri + "id/scheme/" + name

    def scheme_of(self, datatype: str) -> str | None:
        """The scheme an identifier's datatype names; None when it is no scheme."""
        prefix = self.iri + "id/scheme/"
        return datatype[len(prefix) :] if datatype.startswith(prefix) else None

    def source_graph(self, source: str, version: str) -> str:
        """The named graph of one version of a source."""
        return f"{self.graphs}source/{source}/{version}"

    @property
    def meta(self) -> str:
        """The graph that says which graphs are current, and where each came from."""
        return self.graphs + "meta"

    @property
    def curated(self) -> str:
        """The graph of statements made by people of the town hall."""
        return self.graphs + "curated"

    @property
    def inferred(self) -> str:
        """The graph of statements that follow from others; made anew, never asserted."""
        return self.graphs + "inferred"
