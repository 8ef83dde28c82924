"""Which model gives meaning: the bundled one, or any that RESURSE_MODEL names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from graph.search import static, transformer
from graph.search.embed import Embedder, broken
from graph.search.static import WEIGHTS
from ontology.errors import Said

BUNDLED: Final = Path(__file__).parent / "model"


def _is_static(folder: Path) -> bool:
    """True for a folder whose first module is StaticEmbedding, or that is one by itself."""
    listed = folder / "modules.json"
    if not listed.is_file():
        return (folder / WEIGHTS).is_file() and not (folder / "config.json").is_file()
    try:
        modules = json.loads(listed.read_text(encoding="utf-8"))
        return str(modules[0]["type"]).endswith("StaticEmbedding")
    except (ValueError, LookupError, TypeError) as error:
        said = Said("modules.json nu se poate citi", "its modules.json cannot be read")
        raise broken(folder, said) from error


def load_embedder(setting: str | None = None) -> Embedder:
    """The model of RESURSE_MODEL: a name or folder of sentence-transformers; None, the bundled one.

    A folder that holds a static model is read without torch. Raises ModelError for a model that
    is missing or broken.
    """
    if (folder := _static(setting)) is not None:
        return static.StaticEmbedder(folder)
    assert setting is not None
    return transformer.SentenceTransformerEmbedder(setting)


def embedder_name(setting: str | None = None) -> str:
    """The name that `load_embedder` would give the model, without loading it: some 40 MB or many more."""
    if (folder := _static(setting)) is not None:
        try:
            return static.name_of(folder)
        except OSError as error:
            said = Said(
                f"modelul nu se poate citi ({error})", f"the model cannot be read ({error})"
            )
            raise broken(folder, said) from error
    assert setting is not None
    return transformer.name_of(setting)


def _static(setting: str | None) -> Path | None:
    """The folder of the static model that is meant, if it is one."""
    if setting is None:
        return BUNDLED
    folder = Path(setting)
    return folder if folder.is_dir() and _is_static(folder) else None
