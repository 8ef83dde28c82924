"""The questions that can be asked: the query roots, hand-written and typed."""
