"""Opens the folder of a built index: every part that weighs documents, over mapped files."""

from __future__ import annotations

from pathlib import Path

from graph.search.arrays import mapped
from graph.search.build import MASKS
from graph.search.chars import LookAlikes
from graph.search.concepts import Concepts, Masks
from graph.search.embed import Embedder
from graph.search.floors import Floors
from graph.search.folder import opened, unusable
from graph.search.lexical import Lexical
from graph.search.shelf import Shelf
from graph.search.vectors import Vectors
from graph.search.weigh import Scales
from graph.search.wording import Wording
from ontology.errors import Said
from ontology.loading import load_model


def opened_scales(folder: Path, embedder: Embedder) -> Scales:
    """The parts of an index. Raises ModelError as `Search.open` says."""
    about = opened(folder)
    if (about["model"], about["dim"]) != (embedder.name, embedder.dim):
        raise unusable(
            folder,
            Said(f"indexul este al modelului {about['model']} ({about['dim']} dimensiuni), "
                 f"nu al modelului {embedder.name} ({embedder.dim})",
                 f"the index is of the model {about['model']} ({about['dim']} dimensions), "
                 f"not of {embedder.name} ({embedder.dim})"),
        )  # fmt: skip
    try:
        shelf = Shelf(folder / "shelf")
        letters = LookAlikes(folder / "chars", len(shelf))
        return Scales(
            shelf=shelf,
            lexical=Lexical(folder / "lexical"),
            letters=letters,
            vectors=Vectors(folder / "vectors", about["clusters"]),
            concepts=Concepts(load_model().topics, Masks(mapped(folder / MASKS))),
            embedder=embedder,
            floors=Floors(**about["floors"]),
            wording=Wording(folder / "chars", letters, embedder, len(shelf)),
        )
    except (OSError, ValueError, LookupError, TypeError) as error:
        said = Said(
            f"indexul de căutare nu se poate deschide ({error})",
            f"the search index cannot be opened ({error})",
        )
        raise unusable(folder, said) from error
