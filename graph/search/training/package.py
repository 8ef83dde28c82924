"""The folder of a finished model: int8 vectors, tokenizer, and what sentence-transformers reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Final

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save
from tokenizers import Tokenizer

from graph.search.training.teacher import sha256

Matrix = npt.NDArray[np.float32]

WEIGHTS: Final = "model.safetensors"
_CARD: Final = Path(__file__).with_name("card.md")
_MODULES: Final = (
    ("0", "", "sentence_transformers.models.StaticEmbedding"),
    ("1", "1_Normalize", "sentence_transformers.models.Normalize"),
)


def quantised(vectors: Matrix) -> tuple[npt.NDArray[np.int8], Matrix]:
    """Rows as int8 (n, dims) and one float32 step (n,) each: vector = int8 row times its step."""
    step = np.abs(vectors).max(axis=1) / 127
    safe = np.where(step > 0, step, 1)
    return np.rint(vectors / safe[:, None]).astype(np.int8), step.astype(np.float32)


def write(folder: Path, made: Tokenizer, vectors: Matrix, about: Mapping[str, object]) -> str:
    """Write the model and its card into `folder`; returns the SHA-256 of its weights.

    `embeddings` and `weights` are the names of model2vec, which sentence-transformers'
    StaticEmbedding multiplies when it loads; a plain mean follows, so that the weight of a
    token counts in the mean.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows, steps = quantised(vectors)
    (folder / WEIGHTS).write_bytes(save({"embeddings": rows, "weights": steps}))
    made.save(str(folder / "tokenizer.json"), pretty=False)
    modules = [
        {"idx": int(name), "name": name, "path": path, "type": kind}
        for name, path, kind in _MODULES
    ]
    (folder / "1_Normalize").mkdir(exist_ok=True)
    _json(folder / "1_Normalize" / "config.json", {})
    _json(folder / "modules.json", modules)
    _json(
        folder / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "", "document": ""},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
    checksum = sha256(folder / WEIGHTS)
    tokens, dims = rows.shape
    card = Template(_CARD.read_text(encoding="utf-8"))
    said = card.substitute(about, sha256=checksum, tokens=f"{tokens:,}", dims=dims)
    (folder / "README.md").write_text(said, encoding="utf-8")
    return checksum


def _json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
