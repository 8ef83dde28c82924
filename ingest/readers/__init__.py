"""Readers: a file in, rows out; damaged rows are told apart, never lost."""

from ingest.readers.base import FORMATS, BadRow, Row, Table, open_table
from ingest.readers.document import read_text

__all__ = ["FORMATS", "BadRow", "Row", "Table", "open_table", "read_text"]
