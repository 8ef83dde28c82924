"""Who is who: one organisation under many spellings, by identifier, then by explained features.

From a written name to an answer:

    party                           one body as identity sees it: fiscal_code, hosts of its websites
    folding words lexicon names misspelt
                                    a name taken apart: letters, words, what each word is
    held block postings             very many held bodies, and the few worth comparing
    rarity align pair               two names side by side, word by word
    features places telling         what speaks for and against, each with its sentence
    compare resolve                 same, ask, or none; which held body it is
    decision decision_file decisions contradictions
                                    what people said, and what follows
    reconcile sheet                 a table of names, answered row by row
"""

from ingest.identity.block import Index
from ingest.identity.compare import Feature, Judgement, compare
from ingest.identity.decision import Decision
from ingest.identity.decision_file import append, decide, read_decisions
from ingest.identity.decisions import Decisions
from ingest.identity.fiscal_code import clean_cui
from ingest.identity.party import PLAIN, Party, parties_of, party_of
from ingest.identity.rarity import Stats
from ingest.identity.reconcile import Columns, columns_of, questions, reconcile_row, reconcile_table
from ingest.identity.resolve import Clusters, Resolution, clusters, resolve
from ingest.personal_codes import personal_code

__all__ = [
    "PLAIN",
    "Clusters",
    "Columns",
    "Decision",
    "Decisions",
    "Feature",
    "Index",
    "Judgement",
    "Party",
    "Resolution",
    "Stats",
    "append",
    "clean_cui",
    "clusters",
    "columns_of",
    "compare",
    "decide",
    "parties_of",
    "party_of",
    "personal_code",
    "questions",
    "read_decisions",
    "reconcile_row",
    "reconcile_table",
    "resolve",
]
