"""The words: classes, properties, code lists and topics; imports nothing of ours.

From the Turtle files to what is made of them:

    classes/ codes/                 the words themselves, as Turtle: one file for each class and list
    turtle reading concepts rules   what reads them: into
    model kinds constraints         classes with fields, kinds of value, rules, as Python sees them
    loading compiled                which form a process loads
    vocab                           namespaces, and the base of all addresses
    entity cleaning                 a thing as a source states it; cells made values:
      numbers money days            by kind; sums are written back for people
      sums
    validate findings telling       the gate on the way in, and what it says
    shacl shapes rdf_file           the same rules over RDF of somebody else's
    errors                          every error a user can meet
    generate names vocabulary reference publish
                                    what is made from the words: for mypy, for readers, for machines
"""
