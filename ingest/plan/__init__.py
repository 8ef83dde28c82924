"""The published plan: read from a document, written as plan.yml, turned into entities.

The way of a document, and who sees to what:

    read                            the whole way, from a document to records
    files                           opens the document:
      markup html_page              text, Markdown, a web page
      office word_lists odt         Word and OpenDocument
      pdf pdf_page pdf_heads pdf_cells pdf_columns pdf_words
                                    PDF, by where its letters and lines stand
    mending mended                  what was damaged on the way here, mended and said:
      mojibake odd_letters letters letter_case misread hyphens line_ends line_prefixes list_marks
      furniture cell_borders idle_columns
    unseen                          what a reader of the document does not see
    text                            the text made comparable, every character traced back
    template headings near_headings anchors contents codes tables
                                    where the template's headings, codes and tables stand
    cells sides parts going_on      the fields of each commitment put together
    front process                   what stands before the commitments; how the plan was made
    commitment                      one commitment:
      items periods                 its lists, its time
      measures numbers units measure_words other_numbers
                                    its figures
      actors actor_parts actor_words sorts
                                    whom it names
      acts named funds platforms    which acts, strategies, programmes, platforms it names
    rest doubts whole_doubts doubt_words spots
                                    what nobody took; what is doubtful, and where
    records document plain yaml_file plan_rules
                                    what was read, as records and as plan.yml, and what it must satisfy
    entities things named_ids       the plan as entities of the ontology
"""

from ingest.plan.document import PlanDocument
from ingest.plan.entities import plan_entities, plan_id_of
from ingest.plan.read import read_plan
from ingest.plan.yaml_file import load_plan_yaml

__all__ = ["PlanDocument", "load_plan_yaml", "plan_entities", "plan_id_of", "read_plan"]
