"""Search over the bundled city: what is found, in what order, and what never happens."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.search.documents import DEFAULT_KINDS, Document
from graph.search.embed import Embedder
from graph.search.floors import nonsense
from graph.search.hybrid import Search
from graph.search.result import Result
from ontology.errors import InputError, NotFoundError

CEDILLA = str.maketrans("șțȘȚ", "şţŞŢ")
SLOW_FIXTURE = [HealthCheck.function_scoped_fixture]

WORDS = st.sampled_from(
    ["bani", "finanțare", "școală", "învățământ", "tineri", "bătrâni", "vârstnici", "șah", "dans",
     "mașini", "biciclete", "sănătate", "spații", "ONG-uri", "„Casa Tineretului”", "grants",
     "youth", "consiliu", "hotărâre", "ține", "împăduriri", "țigănci", "IT"]
)  # fmt: skip
TYPED = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


def answer(result: Result) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in result.hits]


def bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW_FIXTURE)
@given(text=TYPED)
def test_four_spellings_give_the_same_answer_in_the_same_order(
    city_search: Search, text: str
) -> None:
    expected = answer(city_search.query(text, first=20))
    for spelt in (text.translate(CEDILLA), unicodedata.normalize("NFD", text), bare(text)):
        assert answer(city_search.query(spelt, first=20)) == expected


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("cine organizeaza cursuri de dans", "org/club-dans-magnum-vrd"),
        ("adapost pentru oamenii strazii", "org/pater-jordan"),
        ("senzori de aer", "org/uradmonitor"),
        ("open data portal", "platform/data"),
        ("theatre for children", "org/merlin"),
        ("PLAI", "org/plai"),
        ("primaria timisoara", "org/primaria-municipiului-timisoara"),
        ("14756536", "org/primaria-municipiului-timisoara"),
        ("HCL 321/2021", "act/hcl-321-2021"),
    ],
)
def test_the_right_thing_is_among_the_first(city_search: Search, text: str, first: str) -> None:
    assert first in [hit.id for hit in city_search.query(text, first=3).hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("legea 350 din 2005", "act/lege-350-2005"),
        ("ce prevede HCL 211/2022", "act/hcl-211-2022"),
        ("what does law 34 of 1998 say", "act/lege-34-1998"),
    ],
)
def test_what_is_cited_comes_first(city_search: Search, text: str, first: str) -> None:
    assert city_search.query(text).hits[0].id == first


@pytest.mark.parametrize("year", ["2021", "2022", "2023", "2024"])
def test_of_the_editions_that_of_the_year_comes_first(city_search: Search, year: str) -> None:
    hit = city_search.query(f"bani de la TimCultura în {year}").hits[0]
    assert hit.id == f"call/timcultura-{year}"
    assert "It is of the year asked for" in [why.en for why in hit.why]


def test_a_whole_name_comes_first(city_search: Search, city_documents: list[Document]) -> None:
    draw = np.random.default_rng(7)
    kept = [one for one in city_documents if one.kind == "ORGANISATION"]
    chosen = [kept[n] for n in draw.permutation(len(kept))[:60].tolist()]
    right = [city_search.query(one.names()[0], first=2).hits[0].id == one.id for one in chosen]
    assert np.mean(right) >= 0.95


def test_another_language_finds_it_too(city_search: Search) -> None:
    for ro, en in (("biciclete", "bicycles"), ("refugiați", "refugees"), ("robotică", "robotics")):
        found = [{hit.id for hit in city_search.query(text).hits} for text in (ro, en)]
        assert len(found[0] & found[1]) >= 3


def test_a_filter_narrows_and_changes_no_score(city_search: Search) -> None:
    everything = dict(answer(city_search.query("tineri", first=500)))
    calls = city_search.query("tineri", kinds=("CALL",), first=500)
    assert 0 < calls.total < len(everything)
    assert dict(answer(calls)) == {k: v for k, v in everything.items() if k.startswith("call/")}
    few = frozenset(sorted(everything)[::9])
    assert dict(answer(city_search.query("tineri", allowed=few, first=500))) == {
        id_: everything[id_] for id_ in few
    }
    assert city_search.query("tineri", allowed=frozenset()).total == 0


def test_counts_over_all_hits_add_up(city_search: Search) -> None:
    for text in ("cultură", "bani pentru sport", "open data"):
        total = city_search.query(text).total
        assert len(city_search.found(text)) == total
        assert total == sum(city_search.query(text, kinds=(kind,)).total for kind in DEFAULT_KINDS)


def test_pages_follow_each_other_without_gap_or_repeat(city_search: Search) -> None:
    whole = [hit.id for hit in city_search.query("festival de muzică", first=1_000).hits]
    seen: list[str] = []
    after = None
    while True:
        page = city_search.query("festival de muzică", first=7, after=after)
        seen += [hit.id for hit in page.hits]
        if not page.has_next:
            break
        after = page.hits[-1].cursor
    assert seen == whole
    assert len(set(seen)) == len(seen) == page.total


@pytest.mark.parametrize("cursor", ["", "x", "WzFd", "eyJhIjoxfQ==", "ăî", "W251bGwsMV0="])
def test_a_cursor_of_someone_elses_is_refused(city_search: Search, cursor: str) -> None:
    with pytest.raises(InputError, match="cursor"):
        city_search.query("dans", after=cursor)


def test_other_kinds_come_when_asked_for(city_search: Search) -> None:
    assert {
        hit.id.split("/")[0] for hit in city_search.query("cultura", first=200).hits
    }.isdisjoint({"programme"})
    assert (
        city_search.query("repere in cultura", kinds=("PROGRAMME",))
        .hits[0]
        .id.startswith("programme/")
    )
    assert city_search.query("kind:programme repere").hits[0].id.startswith("programme/")


def test_a_phrase_must_be_there(city_search: Search, city_documents: list[Document]) -> None:
    loose, strict = (city_search.query(t, first=500) for t in ("dans sportiv", '"dans sportiv"'))
    assert {hit.id for hit in strict.hits} < {hit.id for hit in loose.hits}
    assert strict.hits[0].id == "org/club-dans-magnum-vrd"


def test_a_word_left_out_is_nowhere(city_search: Search) -> None:
    assert "org/junii-timisului" not in {
        hit.id for hit in city_search.query("dans -popular", first=500).hits
    }


@pytest.mark.parametrize(
    "typed",
    [
        "tip:apel",
        "tip:apeluri",
        'tip:"apel de finanțare"',
        "kind:calls",
        "kind:call",
        "kind:CALL tema:sport",
        "an:2024 kind:call",
    ],
)
def test_fields_narrow(city_search: Search, typed: str) -> None:
    result = city_search.query(typed, first=500)
    assert result.total > 0
    assert all(hit.id.startswith("call/") for hit in result.hits)
    assert city_search.query(f"{typed} muzeu", first=500).total <= result.total


def test_a_field_with_an_unknown_value_finds_nothing(city_search: Search) -> None:
    assert city_search.query("an:1850 dans").total == 0
    assert city_search.query("tema:nimic dans").total == 0


def test_the_beginning_of_a_word_finds_its_words(city_search: Search) -> None:
    whole = {hit.id for hit in city_search.query("biciclete", first=100).hits[:3]}
    assert whole <= {hit.id for hit in city_search.query("bicicl*", first=500).hits}


def test_words_that_mean_nothing_find_nothing(city_search: Search) -> None:
    found = [city_search.query(text).total for text in nonsense()]
    assert np.mean([total > 0 for total in found]) <= 0.05
    for text in (
        "xqzw blorptag",
        "asdf qwerty",
        "zzzz",
        "hjkl vbnm",
        "ozwqk ptlam dewrr",
        "你好",
        "привет",
    ):
        assert city_search.query(text).total == 0


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "a", "?", "și de la", "the of and", "😀☕🎉", "'; DROP TABLE org; --",
        "[a-z]+(.*)$", "* ? ~ ^ AND OR NOT ( ) { } [ ] : / \\", "\"", "-", "-dans", "kind:",
        "\x00\x01\x1f",
        "\u202edans\u202c", "dans\u200f", "ﷺ", "\ud800", "💃 dans", "a" * 10_000, "dans " * 2_000,
        "%s %d {0} ${x}", "<script>alert(1)</script>", "field:\"", "name:(a OR b)", "dans~2^3",
    ],
)  # fmt: skip
def test_no_text_breaks_it(city_search: Search, text: str) -> None:
    result = city_search.query(text)
    assert result.total >= len(result.hits)
    for hit in result.hits:
        assert 0 <= hit.score <= 1
        assert "<script" not in hit.highlight.get("ro", "")
    assert len(city_search.found(text)) == result.total
    city_search.complete(text)


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW_FIXTURE)
@given(text=st.text(max_size=120))
def test_no_random_text_breaks_it(city_search: Search, text: str) -> None:
    result = city_search.query(text)
    assert all(hit.why and hit.highlight for hit in result.hits)


@pytest.mark.parametrize("text", ["", " ", "și de la", "the of and", "😀☕🎉", "-dans", "\x00"])
def test_nothing_to_look_for_finds_nothing(city_search: Search, text: str) -> None:
    result = city_search.query(text)
    assert (result.total, result.hits, result.has_next) == (0, (), False)


def test_invisible_marks_change_nothing(city_search: Search) -> None:
    plain = answer(city_search.query("cursuri de dans"))
    assert answer(city_search.query("\u202ecursuri\u202c de d\u00adans\u200f")) == plain


def test_every_hit_says_why(city_search: Search) -> None:
    hit = city_search.query("cine organizează cursuri de dans").hits[0]
    said = [one.ro for one in hit.why]
    assert any(one.startswith("Cuvinte găsite: ") and "dans" in one for one in said)
    assert "Teme înțelese: Arte performative" in said
    assert any("Close in meaning" in one.en for one in hit.why)
    assert sum(hit.parts.values()) > 0


def test_topics_are_understood_and_names_are_not(city_search: Search) -> None:
    assert city_search.query("open data").understood == ("open-data",)
    assert city_search.query("Teatrul pentru Copii și Tineret „Merlin”").understood == ()


def test_highlights_keep_the_original_spelling(city_search: Search) -> None:
    hit = next(
        h for h in city_search.query("invatamant stiinta").hits if "știin" in h.highlight["ro"]
    )
    assert "<em>științ" in hit.highlight["ro"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("voluntraiat", "voluntariat"),
        ("festivlal de film", "festival de film"),
        ("Învățământ și bisericiile", None),
        ("bisreica", "biserica"),
        ("pădrue urbană", "pădure urbană"),
    ],
)
def test_a_slip_is_pointed_out(city_search: Search, typed: str, meant: str) -> None:
    assert city_search.query(typed).suggestion == meant


def test_a_slip_finds_what_was_meant(city_search: Search) -> None:
    right, wrong = (
        {hit.id for hit in city_search.query(text).hits} for text in ("voluntariat", "voluntraiat")
    )
    assert len(right & wrong) >= 6


def test_known_words_are_not_corrected(city_search: Search) -> None:
    for text in ("voluntariat", "festival de film", "chess club", "open data"):
        assert city_search.query(text).suggestion is None


def test_similar_things_are_alike_and_leave_out_the_thing(city_search: Search) -> None:
    near = city_search.similar("org/fundatia-jazz-banat", 5)
    assert "org/fundatia-jazz-banat" not in [id_ for id_, _ in near]
    assert any("jazz" in id_ for id_, _ in near)
    assert [score for _, score in near] == sorted((score for _, score in near), reverse=True)
    assert all(
        id_.startswith("call/") for id_, _ in city_search.similar("org/fitt", 5, kinds=("CALL",))
    )
    with pytest.raises(NotFoundError, match="org/nothing"):
        city_search.similar("org/nothing")


def test_names_are_completed_while_typing(city_search: Search) -> None:
    assert "org/plai" in [one.id for one in city_search.complete("pla")]
    assert city_search.complete("universitatea de v")[0].name.startswith("Universitatea de Vest")
    assert city_search.complete("învățăm") == city_search.complete("invatam")
    assert city_search.complete("") == city_search.complete("...") == []


def test_closeness_is_between_a_text_or_a_thing_and_things(city_search: Search) -> None:
    ids = ["org/fundatia-jazz-banat", "org/banca-alimente", "org/nothing"]
    music = city_search.closeness("festival de jazz", ids)
    assert list(music) == ids[:2]
    assert music[ids[0]] > city_search.floor > music[ids[1]] >= 0
    assert city_search.closeness(ids[0], ids)[ids[0]] == pytest.approx(1, abs=1e-5)
    assert city_search.closeness("", ids) == {ids[0]: 0, ids[1]: 0}
    assert city_search.closeness("dans", []) == {}


def test_scores_of_ids_are_those_of_the_hits(city_search: Search) -> None:
    hits = dict(answer(city_search.query("cursuri de dans")))
    assert city_search.scores("cursuri de dans", [*hits, "org/nothing"]) == hits


def test_a_thing_linked_to_the_best_hits_gains(city_search: Search) -> None:
    hit = next(h for h in city_search.query("refacerea bisericii").hits if h.parts["links"] > 0)
    assert any(one.en.startswith("Linked to: ") for one in hit.why)


def test_an_index_of_nothing_answers(bundled: Embedder, tmp_path: Path) -> None:
    empty = Search.build([], tmp_path / "index", bundled)
    assert empty.query("dans").total == 0
    assert empty.query("kind:call").total == 0
    assert empty.complete("da") == []
    assert len(empty) == 0


def test_an_index_of_one_answers(bundled: Embedder, tmp_path: Path) -> None:
    one = Search.build(
        [Document("org/a", "ORGANISATION", {"ro": "Club de dans"})], tmp_path / "i", bundled
    )
    assert [hit.id for hit in one.query("dans").hits] == ["org/a"]
    assert one.similar("org/a") == []


def test_many_threads_get_the_same_answers(city_search: Search) -> None:
    texts = ["tineri", "open data", "bani pentru sport", "festival de film", "voluntraiat"] * 8
    expected = [answer(city_search.query(text)) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: answer(city_search.query(text)), texts)) == expected


def test_above_the_exact_size_clusters_answer_as_well(
    city_search: Search,
    city_documents: list[Document],
    bundled: Embedder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("graph.search.vectors.EXACT", 200)
    clustered = Search.build(city_documents, tmp_path / "index", bundled)
    shares = []
    for text in (
        "tineri",
        "open data",
        "bani pentru sport",
        "festival de film",
        "help for migrants",
    ):
        right = {hit.id for hit in city_search.query(text).hits}
        shares.append(len(right & {hit.id for hit in clustered.query(text).hits}) / len(right))
        calls = clustered.query(text, kinds=("CALL",), first=500)
        assert calls.total == len(clustered.found(text, kinds=("CALL",)))
    assert np.mean(shares) >= 0.9
    assert clustered.similar("org/fundatia-jazz-banat", 5)
    assert clustered.query("xqzw blorptag").total == 0
