"""The words of the documents in a tantivy index: who holds which, and how telling they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur

from graph.search.documents import PARTS, Document
from graph.search.query import Query
from graph.search.text import LANGS, STEMMED, fold, stem, tokens

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]

HEAP: Final = 64_000_000

CODE: Final = 8.0
"""What a code, number or year typed exactly adds."""
MOST_ENDINGS: Final = 200

_NOTHING: Final = (np.empty(0, np.int64), np.empty(0, np.float32))
_STEMS: Final = "stems"  # the tokenizer: words come stemmed, only white space parts them


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for lang in LANGS:
        builder.add_text_field(f"stems_{lang}", tokenizer_name=_STEMS, index_option="freq")
    for name in ("words", "codes"):
        builder.add_text_field(name, tokenizer_name=_STEMS, index_option="position")
    builder.add_text_field("start", tokenizer_name=_STEMS, index_option="basic")  # of names
    for name in ("exact", "code"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("row", fast=True, indexed=True)
    return builder.build()


def _register(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(
        _STEMS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    )
    return index


class LexicalWriter:
    """Writes a new index, row by row, into an empty folder; memory is that of the engine's heap."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._index = _register(tantivy.Index(_schema(), str(folder)))
        self._writer = self._index.writer(HEAP, 1)
        self._row = 0

    def add(self, document: Document, words: Mapping[str, list[list[str]]]) -> None:
        """Adds the document of the next row.

        `words` are its folded words by part, text by text: as written for phrases, its stems as
        often as their part counts.
        """
        entry = tantivy.Document()
        entry.add_unsigned("row", self._row)
        for part, weight in PARTS.items():
            for text in words[part]:
                written = " ".join(text)
                entry.add_text("words", written)
                for lang, stemmed in STEMMED.items():
                    stems = " ".join(map(stemmed, text))
                    entry.add_text(f"stems_{lang}", " ".join([stems] * weight))
                if part == "name":
                    entry.add_text("start", written)
                    entry.add_text("exact", written)
        for code in document.codes:
            entry.add_text("code", fold(code))
            entry.add_text("codes", " ".join(tokens(code)))
        self._writer.add_document(entry)
        self._row += 1

    def finish(self) -> None:
        """Writes all that is left."""
        self._writer.commit()
        self._writer.wait_merging_threads()


class Lexical:
    """An index that was built, open for reading by any number of threads."""

    def __init__(self, folder: Path) -> None:
        self._index = _register(tantivy.Index.open(str(folder)))
        self._searcher = self._index.searcher()
        self._schema = self._index.schema
        self._word = lru_cache(maxsize=10_000)(self._in_any_form)

    @property
    def size(self) -> int:
        """How many documents it holds."""
        return int(self._searcher.num_docs)

    def scores(self, query: Query, depth: int) -> tuple[Rows, Scores]:
        """The rows of the `depth` best documents by BM25 and their scores, best first."""
        clauses = [(Occur.Should, self._word(word)) for word in query.words]
        clauses += [(Occur.Should, self._phrase(words)) for words in query.phrases]
        clauses += [(Occur.Should, self._beginning(start)) for start in query.prefixes]
        clauses += [(Occur.Should, self._code(code)) for code in query.codes]
        return self._found(tantivy.Query.boolean_query(clauses), depth) if clauses else _NOTHING

    def holding(self, words: Sequence[str]) -> Rows:
        """Every row with a word in any of its forms, or with the words as a phrase."""
        one = self._word(words[0]) if len(words) == 1 else self._phrase(words)
        return self._found(one, max(1, self.size))[0]

    def coded(self, code: str) -> Rows:
        """Every row whose own code it is, whole or in part („321/2021” of hcl-321-2021)."""
        return self._found(self._own_code(code), max(1, self.size))[0]

    def beginning(self, start: str) -> Rows:
        """Every row with a word that begins so."""
        return self._found(self._beginning(start), max(1, self.size))[0]

    def named(self, words: Sequence[str], limit: int = 50) -> Rows:
        """Rows of documents one of whose names is exactly these words."""
        return self._found(self._term("exact", " ".join(words)), limit)[0]

    def called(self, words: Sequence[str], start: str, limit: int) -> Rows:
        """Rows of documents whose names hold the words, and a word that begins with `start`."""
        clauses = [(Occur.Must, self._term("start", word)) for word in words]
        if start:
            clauses.append((Occur.Must, self._beginning(start, "start")))
        return (
            self._found(tantivy.Query.boolean_query(clauses), limit)[0] if clauses else _NOTHING[0]
        )

    def _found(self, query: tantivy.Query, limit: int) -> tuple[Rows, Scores]:
        hits = self._searcher.search(query, limit, count=False).hits
        if not hits:
            return _NOTHING
        scores, addresses = zip(*hits, strict=True)
        rows = self._searcher.fast_field_values("row", list(addresses))
        return np.array(rows, np.int64), np.array(scores, np.float32)

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "freq")

    def _in_any_form(self, word: str) -> tantivy.Query:
        """A word in any of its forms, by the rules of the language that fits it better."""
        forms = [self._term(f"stems_{lang}", stem(word, lang)) for lang in LANGS]
        return tantivy.Query.disjunction_max_query(forms)

    def _code(self, code: str) -> tantivy.Query:
        """A code as a thing's own, or its parts one after the other in a text."""
        parts = tokens(code)
        own = tantivy.Query.const_score_query(self._own_code(code), CODE)
        return own if len(parts) == 1 else own.or_should_match(self._phrase(parts))

    def _own_code(self, code: str) -> tantivy.Query:
        parts, whole = tokens(code), self._term("code", code)
        return whole if len(parts) == 1 else whole.or_should_match(self._phrase(parts, "codes"))

    def _phrase(self, words: Sequence[str], field: str = "words") -> tantivy.Query:
        return tantivy.Query.phrase_query(self._schema, field, list(words))

    def _beginning(self, start: str, field: str = "words") -> tantivy.Query:
        """Any word that begins so; the more often it is used, the sooner it is tried."""
        terms = self._searcher.terms_with_prefix(field, start, limit=MOST_ENDINGS)
        return tantivy.Query.disjunction_max_query([self._term(field, term) for term, _ in terms])
