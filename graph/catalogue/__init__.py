"""The read model: lists, filters, facets and look-ups without scanning the triple store.

Its files, in the order of their use:

    base                            what everybody reads: records, links, pages, statements
    build gathering merge linking numbering
                                    made from the current graphs: gathered, merged, linked, numbered
    schema file                     its tables, and the file they lie in
    lookups memory                  things by their ids; what was read lately
    sqlite conditions facets        lists, filters and counts
    calls plans                     the state of a call today; which plan is meant
"""
