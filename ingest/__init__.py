"""Bringing facts in: sources, readers, the pipeline, identity.

The way of a fact, from a publisher to the graph:

    sources/ datasets/     what comes with the program: a folder for each source, the bundled tables
    source declaration declared_columns declared_values
                           what a source.yml says, every word of it checked
    fetch                  asks a publisher's server: how politely (manners), where to (reach), how much
                           (unpacking), what it remembers (memory), what comes of a response
                           (responses), what it trusts (answers), what can fail (failures);
                           links asks whether pages are still there
    readers/ plan/         a file in, rows out; a published plan in, records out
    connectors/            a publisher's own interface in, records out: crawl (what they are given),
                           nested (data inside data), records, given (told once), texts, moments,
                           paging, graph_answers, unread (fields that nobody reads)
    mapping                a row becomes an entity: columns, ranges (two ends in a cell), marks (no value,
                           the one above), labels (codes and topics by name), references (other things),
                           identifiers, personal_codes (refused); context for a source's own function
    registry               which id a key stands for: joins, prints (what changed), readings (when)
    identity/ identify     who is who: held things by name (names, name_keys), questions (likeness)
    pipeline/              all of this in order, for one source after the other
    rejects                what was refused, as a table to correct

`circles` and `tables` serve several of these.
"""
