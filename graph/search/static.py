"""Meaning by a static model: a vector per token, read with numpy alone, without torch."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from graph.search.embed import Kind, Matrix, broken, encodable, learnt, unit
from ontology.errors import Said

WEIGHTS: Final = "model.safetensors"
BATCH: Final = 1024
MOST_WORDS: Final = 32_000
"""How many words a static model remembers the vectors of; a kilobyte each."""

FEW: Final = 16
_BETWEEN: Final = r"[^\p{L}\p{N}]+"  # what the bundled model's tokenizer drops between words
_FOREIGN: Final = re.compile(r"[^\W\x00-\x7f]")  # letters and digits beyond ASCII
_WORD: Final = re.compile(r"[^\W_]+")
_DTYPES: Final = {
    "F64": np.float64, "F32": np.float32, "F16": np.float16,
    "I64": np.int64, "I32": np.int32, "I8": np.int8, "U8": np.uint8,
}  # fmt: skip


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a .safetensors file, memory-mapped: a length, a JSON header, raw numbers."""
    raw = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
    size = int.from_bytes(raw[:8].tobytes(), "little")
    header = json.loads(raw[8 : 8 + size].tobytes())
    header.pop("__metadata__", None)
    tensors: dict[str, NDArray[Any]] = {}
    for name, about in header.items():
        start, end = (8 + size + offset for offset in about["data_offsets"])
        if end > len(raw):
            raise ValueError(f"tensor {name} ends after the file")
        tensors[name] = raw[start:end].view(_DTYPES[about["dtype"]]).reshape(about["shape"])
    return tensors


def name_of(folder: Path) -> str:
    """The name of a static model, which changes when its weights do; the model is not loaded."""
    with (folder / WEIGHTS).open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=8))
    return f"static:{digest.hexdigest()}"


class StaticEmbedder:
    """A vector per token and their mean: a StaticEmbedding folder read with numpy alone.

    Reads `embedding.weight` (sentence-transformers) or `embeddings` with optional `weights` per
    token and `mapping` (model2vec); integer rows stay integers in memory. Gives what
    sentence-transformers gives for the same folder, of length 1.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            tensors = read_tensors(folder / WEIGHTS)
            self.name = name_of(folder)
        except Exception as error:  # the tokenizer library raises nothing narrower
            said = Said(
                f"modelul nu se poate citi ({error})", f"the model cannot be read ({error})"
            )
            raise broken(folder, said) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        rows = tensors.get("embedding.weight", tensors.get("embeddings"))
        size = self._tokenizer.get_vocab_size()
        per_token = [tensors[name] for name in ("mapping", "weights") if name in tensors]
        if "mapping" not in tensors and rows is not None:
            per_token.append(rows)
        if rows is None or rows.ndim != 2 or any(len(one) < size for one in per_token):
            said = Said(
                f"modelul nu are un vector pentru fiecare din cele {size} de fragmente de cuvânt",
                f"the model has no vector for each of its {size} pieces of words",
            )
            raise broken(folder, said)
        self._rows = rows
        self._mapping = tensors.get("mapping")
        self._scale = tensors.get("weights")
        self.dim = int(rows.shape[1])
        self._apart = _word_by_word(self._tokenizer)
        self._words: dict[str, NDArray[np.float32]] = {}
        self.knows = lru_cache(maxsize=MOST_WORDS)(self._knows)

    def _knows(self, word: str) -> bool:
        """Whether the pieces of a word are long enough to mean something."""
        return learnt(word, self._tokenizer.encode(word, add_special_tokens=False).tokens)

    def encode(self, texts: Sequence[str], *, kind: Kind) -> Matrix:
        """The mean of the vectors of each text's tokens, of length 1 (n, dim)."""
        if len(texts) == 1:
            return self._one(texts[0])
        found = np.zeros((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            batch = [self._plain(text) for text in texts[start : start + BATCH]]
            plain = [
                row for row, text in enumerate(batch) if self._apart and not _FOREIGN.search(text)
            ]
            if plain:
                rows = np.array(plain) + start
                found[rows] = self._by_words([_WORD.findall(batch[row]) for row in plain])
            others = sorted(set(range(len(batch))) - set(plain))
            for row, ids in zip(others, self._ids([batch[row] for row in others]), strict=True):
                if ids:
                    found[start + row] = self._sum(np.array(ids))
        return unit(found)  # of length 1, the sum of some vectors is their mean

    def _one(self, text: str) -> Matrix:
        """The vector of one text (1, dim), without what only many are worth."""
        text = self._plain(text)
        if self._apart and not _FOREIGN.search(text):
            summed = self._of_one(_WORD.findall(text))
        else:
            summed = self._sum(np.array(self._ids([text])[0], dtype=np.int64))
        length = math.sqrt(float(np.dot(summed, summed)))
        return np.asarray(summed / np.float32(length or 1.0), dtype=np.float32)[None]

    def _plain(self, text: str) -> str:
        """The text as its words are looked up: as the tokenizer itself writes it, if it must."""
        if not self._apart or text.isascii():
            return text
        return str(self._tokenizer.normalizer.normalize_str(encodable(text)))

    def _of_one(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The sum of the vectors of some words (dim,)."""
        vectors = self._of_words(words)
        summed = np.zeros(self.dim, dtype=np.float32)
        for word in words:
            summed += vectors[word]
        return summed

    def _by_words(self, texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """The sum of the vectors of each text's words (n, dim)."""
        number = {word: place for place, word in enumerate(dict.fromkeys(chain(*texts)))}
        vectors = self._of_words(number)
        words = np.array([vectors[word] for word in number], dtype=np.float32)
        found = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            if text:
                found[row] = words[[number[word] for word in text]].sum(axis=0)
        return found

    def _of_words(self, words: Collection[str]) -> Mapping[str, NDArray[np.float32]]:
        """By word, these at least, the sum of the vectors of its pieces; remembered."""
        known = self._words
        if known.keys() >= set(words):
            return known
        new = list({word: None for word in words if word not in known})
        made = {
            word: self._sum(np.array(ids, dtype=np.int64))
            for word, ids in zip(new, self._ids(new), strict=True)
        }
        every = {word: known[word] for word in words if word in known} | made
        if len(known) + len(new) <= MOST_WORDS:
            known |= made
        elif len(new) <= MOST_WORDS:
            self._words = made  # a new one: other threads may be reading the old
        return every

    def _ids(self, batch: Sequence[str]) -> list[list[int]]:
        """The tokens of each text; a few texts are not worth a pool of threads."""
        batch = [encodable(text) for text in batch]
        if len(batch) < FEW:
            return [self._tokenizer.encode(one, add_special_tokens=False).ids for one in batch]
        encodings = self._tokenizer.encode_batch(batch, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def _sum(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        rows = self._rows[ids if self._mapping is None else self._mapping[ids]].astype(np.float32)
        if self._scale is None:
            return np.asarray(rows.sum(axis=0))
        return np.asarray(self._scale[ids].astype(np.float32) @ rows)


def _word_by_word(tokenizer: Tokenizer) -> bool:
    """True when a text is cut into pieces word by word, as the bundled model's is.

    Then the sum over a text is the sum over its words, which are remembered.
    """
    about = json.loads(tokenizer.to_str())
    parts = (about.get("pre_tokenizer") or {}).get("pretokenizers", ())
    return [part.get("type") for part in parts] == ["Split", "Metaspace"] and (
        parts[0].get("pattern") == {"Regex": _BETWEEN}
        and parts[0].get("behavior") == "Removed"
        and parts[1].get("prepend_scheme") == "always"
    )
