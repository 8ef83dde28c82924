"""The ways in: GraphQL, linked data, web, command line; the only place that wires things together."""
