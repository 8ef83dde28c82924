"""Finding things by what people type: words, parts of words and meaning, in two languages.

What is built, once for each data version:

    reading documents neighbours    records of the catalogue become documents
    build folder                    every part, into a folder that is switched in whole
    vocabulary lexical              words, and who holds which
    letters chars                   pieces of words, for words that look alike
    embed models static transformer vectors clusters    meaning as vectors, by the model of one's choice
    floors                          how close is close enough
    shelf ids                       the documents themselves, to show and to narrow
    arrays parting postings         files that are read as mapped memory, and sorted piece by piece

What a query goes through:

    hybrid opening                  the front door, and what stands behind it once an index is open
    query text spelling             what was typed, folded, stemmed, as it was probably meant
    concepts meaning wording        topics and kinds it names, its meaning as a whole and word by word
    weigh lending hits              five kinds of evidence, one score, what is found
    result why snippets complete    what is shown: hits, reasons, passages, names that go on
    finding                         search as every way in asks it, filtered and counted by the catalogue

`model/` is the bundled model, `training/` made it, `evaluate` says how good all of it is.
"""
