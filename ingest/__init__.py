"""Bringing facts in: sources, readers, the pipeline, identity."""
