"""Connectors: one file per published format, each a `crawl(context)` that a source.py imports."""
