"""HTTP: GraphQL, linked data, SPARQL, exports and the pages, behind one set of safety rules."""
