"""The bundled model: small, whole, the same by both ways, and made again the same every time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer

from graph.search.embed import Matrix
from graph.search.models import BUNDLED, load_embedder
from graph.search.text import fold
from graph.search.training import student, texts, tokens
from graph.search.training.inflect import forms
from graph.search.training.package import quantised
from graph.search.training.teacher import WEIGHTS_SHA256, sha256

MOST_BYTES = 15_000_000
DATA = Path(texts.__file__).parent / "data"
CITY = Path(__file__).parents[2] / "ingest" / "datasets" / "timisoara"

Encode = Callable[[Sequence[str]], Matrix]

PAIRS = [
    ("adăpost pentru animale", "animal shelter"),
    ("bugetare participativă", "participatory budgeting"),
    ("date deschise", "open data"),
    ("formarea funcționarilor publici", "training of civil servants"),
    ("bani pentru reparat biserici", "money to repair churches"),
    ("cine organizează cursuri de dans", "who organises dance classes"),
    ("club de șah", "chess club"),
    ("îngrijire la domiciliu", "home care"),
    ("patrimoniu construit", "built heritage"),
    ("voluntari care plantează copaci", "volunteers who plant trees"),
]
SPELLINGS = [
    ("învățământ", "invatamant"),
    ("Șah și ţară", "sah si tara"),
    ("„Bătrâni” – îngrijire", "batrani ingrijire"),
    ("BIBLIOTECĂ", "biblioteca"),
]


@pytest.fixture(scope="module")
def light() -> Encode:
    model = load_embedder()
    return lambda written: model.encode(written, kind="query")


@pytest.fixture(scope="module")
def heavy() -> Encode:
    model = SentenceTransformer(str(BUNDLED), device="cpu")
    return lambda written: np.asarray(model.encode(list(written)), dtype=np.float32)


@pytest.fixture(scope="module")
def queries() -> list[dict[str, object]]:
    listed = yaml.safe_load((Path(__file__).parent / "queries.yml").read_text(encoding="utf-8"))
    return list(listed["queries"])


def test_it_is_small() -> None:
    assert sum(file.stat().st_size for file in BUNDLED.rglob("*")) <= MOST_BYTES


def test_it_has_256_dimensions_of_length_one(light: Encode) -> None:
    vectors = light(["bibliotecă", "a library in the neighbourhood"])
    assert vectors.shape == (2, 256)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_the_card_says_the_checksums() -> None:
    card = (BUNDLED / "README.md").read_text(encoding="utf-8")
    assert f"SHA-256 `{sha256(BUNDLED / 'model.safetensors')}`" in card
    assert WEIGHTS_SHA256 in card


def test_the_card_says_the_recipe() -> None:
    card = (BUNDLED / "README.md").read_text(encoding="utf-8")
    recipe = student.Recipe()
    assert f"seed {recipe.seed}" in card
    assert f"{recipe.epochs} epochs" in card
    assert f"{recipe.dims} dimensions" in card


def test_sentence_transformers_gives_the_same_vectors(light: Encode, heavy: Encode) -> None:
    written = [text for pair in PAIRS + SPELLINGS for text in pair]
    written += ["", "???", "😀", "œuvre, straße, Łódź", "ﬁnanțare", "soft\u00adhyphen", "x" * 5000]
    # float32 sums of thousands of tokens in another order
    np.testing.assert_allclose(light(written), heavy(written), atol=5e-5)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=30))
def test_folding_first_changes_nothing(text: str) -> None:
    made = tokens.tokenizer([("▁", -5.0), ("a", -3.0), ("▁ab", -4.0), ("i", -3.0), ("s", -3.0)])
    assert made.encode(text).tokens == made.encode(fold(text)).tokens


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spellings_of_the_same_words_have_one_vector(one: str, other: str, light: Encode) -> None:
    first, second = light([one, other])
    np.testing.assert_array_equal(first, second)


def test_a_text_in_one_language_is_closest_to_itself_in_the_other(light: Encode) -> None:
    romanian, english = (light(side) for side in zip(*PAIRS, strict=True))
    closeness = romanian @ english.T
    assert closeness.argmax(axis=1).tolist() == list(range(len(PAIRS)))
    assert closeness.argmax(axis=0).tolist() == list(range(len(PAIRS)))
    others = closeness[~np.eye(len(PAIRS), dtype=bool)]
    assert np.diag(closeness).mean() > others.mean() + 0.4


def test_the_first_dimensions_are_a_smaller_model(light: Encode) -> None:
    """Dimensions are sorted by variance, so that a prefix still tells the pairs apart."""
    romanian, english = (light(side)[:, :64] for side in zip(*PAIRS, strict=True))
    unit = romanian / np.linalg.norm(romanian, axis=1, keepdims=True)
    found = (unit @ (english / np.linalg.norm(english, axis=1, keepdims=True)).T).argmax(axis=1)
    assert found.tolist() == list(range(len(PAIRS)))


def test_no_query_of_the_evaluation_is_a_training_text(queries: list[dict[str, object]]) -> None:
    learned = {fold(text) for one in texts.lessons(DATA, CITY) for text in (one.text, one.meaning)}
    assert [one["text"] for one in queries if fold(str(one["text"])) in learned] == []


def test_the_evaluation_is_large_and_in_both_languages(queries: list[dict[str, object]]) -> None:
    by_lang = [one["lang"] for one in queries]
    assert len(queries) >= 120
    assert by_lang.count("ro") >= 60
    assert by_lang.count("en") >= 60
    assert all(one["relevant"] for one in queries)


def test_every_judged_id_is_a_row_of_the_city(
    queries: list[dict[str, object]], city_row_ids: dict[str, str]
) -> None:
    judged = {id_ for one in queries for id_ in dict(one["relevant"])}  # type: ignore[call-overload]
    plan = {id_ for id_ in judged if id_.startswith("plan/")}  # test_evaluate finds these
    assert judged - city_row_ids.keys() - plan == set()


def _small() -> str:
    """The checksum of a model trained on a few hundred lessons with made-up targets."""
    recipe = student.Recipe(tokens=600, dims=16, epochs=2, batch=64)
    lessons = texts.lessons(DATA, CITY)[::200]
    written = [lesson.text for lesson in lessons]
    rows = np.random.default_rng(7).normal(size=(len(lessons), 32)).astype(np.float32)
    made = tokens.train(((lesson.text, lesson.weight) for lesson in lessons), recipe.tokens)
    weights = np.ones(len(lessons), dtype=np.float32)
    targets = student.project(rows, recipe.dims)
    rarities = student.rarity(made, written)
    vectors = student.train(made, written, targets, weights, rarities, recipe)
    return hashlib.sha256(vectors.tobytes() + made.to_str().encode()).hexdigest()


def test_training_twice_gives_the_same_bytes() -> None:
    assert _small() == _small()


def test_eight_bits_lose_little() -> None:
    vectors = np.random.default_rng(1).normal(size=(50, 256)).astype(np.float32)
    rows, steps = quantised(vectors)
    back = rows * steps[:, None]
    cosines = (back * vectors).sum(axis=1) / (
        np.linalg.norm(back, axis=1) * np.linalg.norm(vectors, axis=1)
    )
    assert rows.dtype == np.int8
    assert cosines.min() > 0.999


def test_a_row_of_zeros_stays_zero() -> None:
    rows, steps = quantised(np.zeros((1, 4), dtype=np.float32))
    assert not rows.any()
    assert not steps.any()


@pytest.mark.parametrize(
    ("entry", "form"),
    [
        ("biserică", "bisericilor"),
        ("student", "studenților"),
        ("ghid", "ghizii"),
        ("proiect", "proiectele"),
        ("finanțare", "finanțărilor"),
        ("muzeu", "muzeele"),
        ("organizație", "organizațiilor"),
        ("a planta", "plantează"),
        ("a citi", "citește"),
    ],
)
def test_romanian_forms(entry: str, form: str) -> None:
    # The rules do not turn vowels (finanțare, finanțări): folding makes most of them equal.
    assert fold(form) in {fold(one) for one in forms(entry)}


def test_phrases_are_left_as_they_are() -> None:
    assert forms("bani publici") == ()


def test_every_training_text_says_where_it_comes_from() -> None:
    listed = (DATA / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in DATA.iterdir() if path.is_file()} - {"README.md", "NOTICES.txt"}
    assert [name for name in sorted(files) if name not in listed] == []


def test_the_lexicon_has_its_form() -> None:
    """Every line is a comment or `ro=en`, in Romanian letters with comma below."""
    wrong = [
        (path.name, line)
        for path in sorted([*DATA.glob("lexicon/*.txt"), *DATA.glob("phrases/*.txt")])
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#") and not re.fullmatch(r"[^=ŞşŢţ]+[^=ŞşŢţ\s]=\S[^=]*", line)
    ]
    assert wrong == []
