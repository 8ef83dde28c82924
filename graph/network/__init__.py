"""The network: who works with whom, how two things hang together, who stands where.

city = project(catalogue)          things and links of one data version
found = survey(city)               degree, betweenness, PageRank, cores, communities
neighbourhood(city, around=…)      the part a picture shows
paths(city, a, b)                  the chains of statements between two things
proximity(city, seeds)             how near each thing is to some others
"""

from graph.network.bridges import Bridge, Broker, between, bridges, brokers
from graph.network.change import Change, change, years
from graph.network.city import CONNECTORS, City, Link, Node, city
from graph.network.communities import Community, communities, membership, modularity
from graph.network.export import gexf, graphml, to_networkx
from graph.network.layout import Point, layout
from graph.network.measures import betweenness, cores, degree, pagerank, proximity
from graph.network.neighbourhood import Part, neighbourhood, neighbours
from graph.network.paths import Path, Step, paths
from graph.network.project import cite, project
from graph.network.projection import SHARINGS, projection
from graph.network.relations import Relation, relation, relations
from graph.network.survey import MEASURES, Survey, central, survey

__all__ = [
    "CONNECTORS",
    "MEASURES",
    "SHARINGS",
    "Bridge",
    "Broker",
    "Change",
    "City",
    "Community",
    "Link",
    "Node",
    "Part",
    "Path",
    "Point",
    "Relation",
    "Step",
    "Survey",
    "between",
    "betweenness",
    "bridges",
    "brokers",
    "central",
    "change",
    "cite",
    "city",
    "communities",
    "cores",
    "degree",
    "gexf",
    "graphml",
    "layout",
    "membership",
    "modularity",
    "neighbourhood",
    "neighbours",
    "pagerank",
    "paths",
    "project",
    "projection",
    "proximity",
    "relation",
    "relations",
    "survey",
    "to_networkx",
    "years",
]
