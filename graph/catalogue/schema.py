"""The tables of the read model, and the key by which names are sorted and found."""

from __future__ import annotations

from ontology.cleaning import bare
from ontology.kinds import tidy

FORMAT = 2
"""Changes when the tables do; a file of another format is built anew."""

ALSO = "@also"
"""Where a record's document keeps the codes beside those that count."""

TABLES = """
CREATE TABLE record (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, kind TEXT,
  label_ro TEXT NOT NULL, label_en TEXT NOT NULL, key_ro TEXT NOT NULL, key_en TEXT NOT NULL,
  year INTEGER, opens TEXT, closes TEXT, amount REAL, updated TEXT,
  doc BLOB NOT NULL, facts BLOB NOT NULL, sources BLOB NOT NULL, contradictions BLOB NOT NULL);
CREATE TABLE link (src TEXT NOT NULL, field TEXT NOT NULL, dst TEXT NOT NULL, ord INTEGER NOT NULL);
CREATE TABLE facet (name TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (name, value, id)) WITHOUT ROWID;
CREATE TABLE alias (alias TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (alias, id)) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, doc BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX record_label ON record (kind, key_ro, id);
CREATE INDEX record_updated ON record (kind, updated, id);
CREATE INDEX record_year ON record (kind, year, id);
CREATE INDEX record_closes ON record (kind, closes, id);
CREATE INDEX record_amount ON record (kind, amount, id);
CREATE INDEX record_type ON record (type, id);
CREATE INDEX link_src ON link (src, field, ord, dst);
CREATE INDEX facet_id ON facet (id, name, value);
"""


def sort_key(text: str) -> str:
    """A name as it sorts and is looked up: no case, no diacritics, no punctuation at the start."""
    return bare(tidy(text)).lstrip("„“”\"'«»([ ").strip()
