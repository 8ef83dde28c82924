"""How the bundled search model is made: texts, a teacher, a tokenizer, a student, a folder.

Build time only: this package needs torch and sentence-transformers, and nothing that runs
imports it. `python -m graph.search.training` (`make model`) does the whole of it.
"""
