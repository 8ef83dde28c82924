"""`python -m graph.search.training`: train the bundled search model again, from its texts."""

from __future__ import annotations

import argparse
import logging
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np

from graph.search.training import package, student, teacher, texts, tokens

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[2]
_MAKERS = ("numpy", "torch", "tokenizers")
_log = logging.getLogger("graph.search.training")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m graph.search.training", description=__doc__)
    parser.add_argument("--output", type=Path, default=_HERE.parent / "model")
    parser.add_argument("--data", type=Path, default=_HERE / "data")
    parser.add_argument("--city", type=Path, default=_ROOT / "ingest/datasets/timisoara")
    parser.add_argument("--cache", type=Path, default=_ROOT / ".model-build")
    return parser.parse_args()


def main() -> None:
    """Read the lessons, ask the teacher, train, write the folder and say what came out."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given = _arguments()
    started = time.monotonic()
    recipe = student.Recipe()
    lessons = texts.lessons(given.data, given.city)
    _log.info("%d lessons", len(lessons))
    meant = list(dict.fromkeys(lesson.meaning for lesson in lessons))
    position = {meaning: number for number, meaning in enumerate(meant)}
    projected = student.project(teacher.meanings(meant, given.cache), recipe.dims)
    targets = projected[[position[lesson.meaning] for lesson in lessons]]
    weights = np.array([lesson.weight for lesson in lessons], dtype=np.float32)
    made = tokens.train(((lesson.text, lesson.weight) for lesson in lessons), recipe.tokens)
    _log.info("%d pieces after %.0f s", made.get_vocab_size(), time.monotonic() - started)
    said = [lesson.text for lesson in lessons]
    vectors = student.train(made, said, targets, weights, student.rarity(made, said), recipe)
    # "City" tells little apart in a city's own documents, however rare it is in language: what
    # is common in what will be searched counts less. Weighing so before the training gained less.
    here = student.rarity(made, texts.documents(given.city))
    vectors *= (here / here.max())[:, None]
    about = {
        "lessons": f"{len(lessons):,}",
        "package": teacher.PACKAGE,
        "teacher": teacher.WEIGHTS_SHA256,
        "epochs": recipe.epochs,
        "contrast": recipe.contrast,
        "dropout": f"{recipe.dropout:.0%}",
        "seed": recipe.seed,
        "versions": ", ".join(f"{name} {version(name)}" for name in _MAKERS),
    }
    checksum = package.write(given.output, made, vectors, about)
    _log.info("%s: SHA-256 %s, %.0f s", given.output, checksum, time.monotonic() - started)


if __name__ == "__main__":
    main()
