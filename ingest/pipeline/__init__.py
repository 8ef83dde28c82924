"""Brings a source in: from rows of a file, or things of a crawl, to a new version of the source's graph.

A row goes through these rooms, `BATCH` rows at a time, so that a million need no more memory than
ten thousand:

1. `reading`: the file is opened, its columns are held against source.yml, its rows are read, as the
   `corrections` of a clerk say them where there are any.
2. `naming`: the row's own key gets an id that it keeps for ever; a body that is held already keeps its id.
3. `making`: cells are cleaned and become entities, each an `item` with the page that it was read from (`pages`;
   `cell_pages` of single cells). A crawled source gives its entities itself: `crawling`. What a source's own
   function gives is looked at in `own_code`.
4. `judging`: the ontology's rules; a row that breaks one goes to the rejects, with the reasons.
   `above` holds what stands under what against all sources, so that no circle closes between two (`circles`).
5. `writing`: what is stated is compared with what is held, counted, and written into the new graph.
6. `run`: at the end, one small transaction makes the new graph the current one; `outcome` is the report,
   `stops` says why nothing was changed. The version is the `digest` of all that was read.

`runs` takes one source after the other, all in the same `place`.
A dry run goes the same way, writes nothing, and tells the `changes`.
"""

from ingest.pipeline.outcome import Change, Counts, Outcome
from ingest.pipeline.place import Place, Progress
from ingest.pipeline.runs import ingest

__all__ = ["Change", "Counts", "Outcome", "Place", "Progress", "ingest"]
