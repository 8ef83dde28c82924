"""The read model: lists, filters, facets and look-ups without scanning the triple store."""
