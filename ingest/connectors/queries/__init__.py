"""The query documents that connectors send."""
