"""The student: one vector per token, so that a mean of them comes close to the teacher's vector."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch.nn import functional

_log = logging.getLogger(__name__)

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of the training; the same recipe on the same texts gives the same model."""

    tokens: int = 32_000
    dims: int = 256
    epochs: int = 8
    batch: int = 512
    rate: float = 0.01  # Adam's first step size, falling to a tenth along a cosine
    contrast: float = 0.3  # weight of the in-batch contrastive loss beside the cosine loss
    temperature: float = 0.05
    dropout: float = 0.1  # share of tokens left out of a text in one epoch
    seed: int = 2023
    threads: int = 1  # sums of several threads end in another order on another machine


def project(vectors: Matrix, dims: int) -> Matrix:
    """Unit vectors (n, dims) along the directions of greatest variance, greatest first.

    Principal components of the centred vectors; sorted like that, any prefix of the columns
    is itself the best projection of its length.
    """
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred.T @ centred)
    # The sign of an axis is arbitrary: its largest component is made positive.
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])
    turned = centred @ (axes * signs[:, None])[:dims].T
    return np.asarray(turned / np.linalg.norm(turned, axis=1, keepdims=True), dtype=np.float32)


def _ids(made: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    return [list(encoding.ids) for encoding in made.encode_batch(list(texts))]


def rarity(made: Tokenizer, texts: Sequence[str]) -> Matrix:
    """Inverse document frequency (tokens,) of each token: ln(1 + n / (1 + texts that have it))."""
    seen = np.zeros(made.get_vocab_size())
    for text in _ids(made, texts):
        seen[list(set(text))] += 1
    return np.log1p(len(texts) / (1 + seen)).astype(np.float32)


def _first(ids: Sequence[Sequence[int]], targets: Matrix, weights: Matrix, idf: Matrix) -> Matrix:
    """Token vectors to begin with: the average target of the texts that a token appears in."""
    sums = np.zeros((len(idf), targets.shape[1]), dtype=np.float32)
    for text, target, weight in zip(ids, targets, weights, strict=True):
        if text:
            shares = idf[list(text)]
            np.add.at(sums, list(text), np.outer(weight * shares / shares.sum(), target))
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(norms, 1e-9), dtype=np.float32)


def _bags(
    flat: Numbers, ends: Numbers, chosen: Numbers, draw: np.random.Generator, dropout: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """The tokens of the chosen texts one after another, some dropped, and where each text starts.

    Text n has the tokens `flat[ends[n] : ends[n + 1]]`. One that would lose all keeps all.
    """
    lengths = ends[chosen + 1] - ends[chosen]
    begins = np.cumsum(lengths) - lengths
    taken = flat[np.arange(lengths.sum()) + np.repeat(ends[chosen] - begins, lengths)]
    kept = draw.random(len(taken)) >= dropout
    lost = np.add.reduceat(kept, begins, dtype=np.int64) == 0
    kept |= np.repeat(lost, lengths)
    left = np.add.reduceat(kept, begins, dtype=np.int64)
    return torch.from_numpy(taken[kept]), torch.from_numpy(np.cumsum(left) - left)


def train(
    made: Tokenizer,
    texts: Sequence[str],
    targets: Matrix,
    weights: Matrix,
    rarities: Matrix,
    recipe: Recipe,
) -> Matrix:
    """Token vectors (tokens, dims), each already multiplied by the token's rarity.

    The loss of a batch is the weighted mean of 1 - cosine, plus `contrast` times the
    cross-entropy of finding one's own target among the batch's (InfoNCE, van den Oord 2018).
    """
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    torch.use_deterministic_algorithms(True)
    draw = np.random.default_rng(recipe.seed)
    ids = _ids(made, texts)
    flat = np.array([token for text in ids for token in text], dtype=np.int64)
    ends = np.cumsum([0, *map(len, ids)], dtype=np.int64)
    order = np.flatnonzero(np.diff(ends))
    table = torch.nn.Parameter(torch.from_numpy(_first(ids, targets, weights, rarities)))
    counts = torch.from_numpy(rarities)
    optimiser = torch.optim.SparseAdam([table], lr=recipe.rate)
    steps = recipe.epochs * -(-len(order) // recipe.batch)
    plan = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps, eta_min=recipe.rate / 10)
    for epoch in range(recipe.epochs):
        draw.shuffle(order)
        total = 0.0
        for start in range(0, len(order), recipe.batch):
            chosen = order[start : start + recipe.batch]
            bag, starts = _bags(flat, ends, chosen, draw, recipe.dropout)
            pooled = functional.embedding_bag(
                bag, table, starts, mode="sum", sparse=True, per_sample_weights=counts[bag]
            )
            said = functional.normalize(pooled)
            meant = torch.from_numpy(targets[chosen])
            weight = torch.from_numpy(weights[chosen])
            cosine = (weight * (1 - (said * meant).sum(dim=1))).sum() / weight.sum()
            found = said @ meant.T / recipe.temperature
            contrast = functional.cross_entropy(found, torch.arange(len(chosen)))
            loss = cosine + recipe.contrast * contrast
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()  # type: ignore[no-untyped-call]
            plan.step()
            total += float(cosine.detach()) * len(chosen)
        _log.info("epoch %d: mean distance %.4f", epoch + 1, total / len(order))
    vectors = table.detach().numpy() * rarities[:, None]
    vectors[0] = 0  # the unknown piece says nothing
    return np.asarray(vectors, dtype=np.float32)
