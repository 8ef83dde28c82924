"""The tokenizer: a Unigram model over folded words, trained the same way every time.

The trainer of the library `tokenizers` gives another vocabulary on every run (parallel sums),
so the pieces are chosen here: many candidates, then hard expectation-maximisation with the
library's own Viterbi, dropping the least used until the size is reached (Kudo 2018, simplified).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from graph.search.text import fold

START: Final = "▁"  # opens the piece that begins a word
UNKNOWN: Final = "<unk>"
_SEPARATORS: Final = r"[^\p{L}\p{N}]+"
_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST_INNER: Final = 7  # letters of a piece that does not begin a word
_CANDIDATES: Final = 6  # times the final size
_ROUNDS: Final = 8

# Letters that Unicode does not decompose, as `fold` writes them.
_LETTERS: Final = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ħ": "h", "ŋ": "n", "ß": "ss", "ς": "σ", "\u0345": "ι",
    "ʼ": "'", "ʹ": "'",  # letters to Unicode, apostrophes to people
}  # fmt: skip


def _normalizer() -> normalizers.Normalizer:
    """What `graph.search.text.fold` does to words, written into the tokenizer itself.

    sentence-transformers gives it unfolded text; both ways must lead to the same pieces.
    """
    return normalizers.Sequence(
        [
            normalizers.NFKD(),
            normalizers.Lowercase(),
            normalizers.NFKD(),
            *(normalizers.Replace(letter, plain) for letter, plain in _LETTERS.items()),
            normalizers.Replace(Regex(r"[\p{Mn}\p{Me}\p{Cf}]+"), ""),
        ]
    )


def tokenizer(pieces: Iterable[tuple[str, float]]) -> Tokenizer:
    """A tokenizer with these pieces and log-probabilities; piece 0 is the unknown one."""
    made = Tokenizer(models.Unigram([(UNKNOWN, 0.0), *pieces], unk_id=0))
    made.normalizer = _normalizer()
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_SEPARATORS), "removed"),
            pre_tokenizers.Metaspace(replacement=START, prepend_scheme="always"),
        ]
    )
    return made


def _candidates(words: Mapping[str, float], size: int) -> list[tuple[str, float]]:
    counts: dict[str, float] = defaultdict(float)
    letters: set[str] = {START}
    for word, count in words.items():
        letters.update(word)
        for end in range(2, len(word) + 1):
            counts[START + word[:end]] += count
        for start in range(1, len(word) - 1):
            for end in range(start + 2, min(len(word), start + _LONGEST_INNER) + 1):
                counts[word[start:end]] += count
    ranked = sorted(counts.items(), key=lambda item: (-item[1] * len(item[0]), item[0]))
    return [*((letter, 1.0) for letter in sorted(letters)), *ranked[: size * _CANDIDATES]]


def _scores(counts: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    known = list(counts)
    total = math.log(sum(count for _, count in known))
    return [(piece, math.log(count) - total) for piece, count in known]


def _used(pieces: list[tuple[str, float]], words: Mapping[str, float]) -> dict[str, float]:
    """How often each piece is used when every word is cut in its most probable way."""
    used: dict[str, float] = defaultdict(float)
    names = list(words)
    for word, encoding in zip(names, tokenizer(pieces).encode_batch(names), strict=True):
        for piece in encoding.tokens:
            used[piece] += words[word]
    return used


def train(texts: Iterable[tuple[str, float]], size: int) -> Tokenizer:
    """A Unigram tokenizer of at most `size` pieces from weighted texts, folded here."""
    words: dict[str, float] = defaultdict(float)
    for text, weight in texts:
        for word in _WORD.findall(fold(text)):
            words[word] += weight
    counts = _candidates(words, size)
    for left in reversed(range(_ROUNDS)):
        used = _used(_scores(counts), words)
        # Single letters stay whatever happens: they cut every word that no piece covers.
        letters = [(piece, used[piece] + 0.01) for piece, _ in counts if len(piece) == 1]
        ranked = sorted(
            ((piece, used[piece]) for piece, _ in counts if len(piece) > 1 and used[piece] > 0),
            key=lambda item: (-item[1] * len(item[0]), item[0]),
        )
        room = int(size * (1 + left / 4)) - len(letters) - 1
        counts = [*letters, *ranked[:room]]
    return tokenizer(_scores(counts))
