"""Readers: a file in, rows out; damaged rows are told apart, never lost.

By format:

    base rows                       opens a file of any format; what every reader gives
    encoding lines delimited        text files, CSV and TSV
    workbook xlsx number_formats shared_texts
                                    XLSX: its cells, its texts, how its numbers are shown
    xls ods                         the other workbooks
    jsonfile jsonlists xmlfile markup flatten
                                    JSON and XML, nested records as rows
    htmltable htmlpage docxtable    tables of web pages and documents
    grid heading                    from a grid of cells to a table with its header
    document                        the text of a document, for plans
    archive                         zip archives, unpacked with care
"""

from ingest.readers.base import FORMATS, BadRow, Row, Table, open_table
from ingest.readers.document import read_text

__all__ = ["FORMATS", "BadRow", "Row", "Table", "open_table", "read_text"]
