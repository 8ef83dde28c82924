"""What two spellings have in common once letters, forms and languages are set aside."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identity.folding import fold, stem
from ingest.identity.lexicon import Role, lexicon
from ingest.identity.misspelt import respelled
from ingest.identity.names import abbreviates, parse

SAME_KEY = [
    ("Fundația Comunitară Timișoara", "FUNDATIA COMUNITARA TIMISOARA"),
    ("Fundația Comunitară Timișoara", "Fundaţia Comunitară Timişoara"),
    ("Fundația Comunitară Timișoara", "Fundaþia Comunitarã Timiºoara"),
    ("Fundația Comunitară Timișoara", "FundaÅ£ia ComunitarÄƒ TimiÅŸoara"),
    ("Fundația Comunitară Timișoara", "Timișoara Community Foundation"),
    ("Fundația Comunitară Timișoara", "Temeswarer Gemeinschaftsstiftung"),
    ("Asociația „Verde de Banat”", "Asoc. Verde de Banat"),
    ("Asociația Club Sportiv Velocitas", "A.C.S. Velocitas"),
    ("SC Retim SA", "S.C. RETIM S.A."),
    ("Consiliul Județean Timiș", "CJ Timiș"),
    ("Consiliul Județean Timiș", "Timiș County Council"),
    ("Școala Gimnazială nr. 30", "Sc. Gim. Nr.30"),
    ("Școala Gimnazială nr. 30", "Școala Generală 30"),
    ("Fundația Timișoara ’89", "Fundația „Timișoara 89”"),
    ("Asociația Trib’Art", "Asociația Tribart"),
    ("Colegiul Național „C. D. Loga”", "CN C.D. Loga"),
    ("Teatrul Național Timișoara", "National Theatre Timișoara"),
    ("Universitatea de Vest din Timișoara", "Timișoara, Universității de Vest"),
    ("Primăria Municipiului Timișoara", "Primăria Timișoara"),
    ("Primăria Municipiului Timișoara", "Timisoara City Hall"),
    ("Primăria Municipiului Timișoara", "UAT Timișoara"),
    ("Primăria Municipiului Timișoara", "Primăria Municipiului Timișoara, Bd. C.D. Loga nr. 1"),
    ("Primăria Comunei Giroc", "Comuna Giroc"),
    ("Consiliul Județean Timiș", "Cons. Jud. Timiș"),
    ("Consiliul Județean Timiș", "UAT Județul Timiș"),
    ("Instituția Prefectului Timiș", "Instituția Prefectului – Jud. Timiș"),
    ("Centrul de Proiecte al Municipiului Timișoara", "CENTRUL DE PROIECTE AL MUN TIMISOARA"),
    ("Inspectoratul Școlar Județean Timiș", "ISJ TM"),
    ("Universitatea de Vest din Timișoara", "Université de l'Ouest de Timișoara"),
    ("Fundația Timișoara ’89", "Fundația Timișoara 1989"),
    ("Județul Timiș prin Consiliul Județean Timiș", "Consiliul Județean Timiș"),
    ("Asociația „Inițiativă în Educație”", "Asociația InEdu – Inițiativă în Educație"),
    ("Fundația Județeană pentru Tineret Timiș (FITT)", "Fundația Județeană pt. Tineret Timiș"),
]


@pytest.mark.parametrize(("one", "other"), SAME_KEY)
def test_one_body_has_one_key(one: str, other: str) -> None:
    assert parse(one).key == parse(other).key


OTHER_KEY = [
    ("Școala Gimnazială nr. 25", "Școala Gimnazială nr. 30"),
    ("Asociația Calina", "Fundația Calina"),
    ("Asociația Sportivă Bega", "Asociația Club Sportiv Bega"),
    ("Teatrul German de Stat", "Teatrul Maghiar de Stat"),
    ("Fundația Comunitară Timișoara", "Fundația Comunitară Cluj"),
    ("Fundația Calina", "Fundația Calin"),
    ("Liceul „I. Vidu”", "Liceul Vidu nr. 1"),
    ("Asociația de Proprietari, Str. Arieș nr. 19", "Asociația de Proprietari, Str. Arieș nr. 20"),
    ("Grupul de inițiativă – Strada Veselă", "Grupul de inițiativă"),
]


@pytest.mark.parametrize(("one", "other"), OTHER_KEY)
def test_what_distinguishes_stays_in_the_key(one: str, other: str) -> None:
    assert parse(one).key != parse(other).key


def test_words_have_roles() -> None:
    roles = {w.key: w.role for w in parse("Asociația Bega nr. 5 – Filiala Arad").words}
    assert roles["association"] is Role.FORM
    assert roles["#5"] is Role.NUMBER
    assert roles["branch"] is Role.BRANCH
    assert roles["arad"] is Role.PLACE
    assert [w.text for w in parse("Asociația Bega").words if w.role is Role.OWN] == ["bega"]


def test_roman_numerals_are_numbers_but_initials_are_not() -> None:
    assert parse("Regele Mihai I").of(Role.NUMBER) == {"#1"}
    assert parse("Programul URBACT III").of(Role.NUMBER) == {"#3"}
    assert not parse("Colegiul „I. Vidu”").of(Role.NUMBER)


def test_the_genitive_of_a_place_is_the_place() -> None:
    for written in ("Arhiepiscopia Timișoarei", "Alianța Universităților Timișorene"):
        assert parse(written).of(Role.PLACE) == {"timisoara"}


def test_a_town_lies_in_its_county_and_country() -> None:
    assert lexicon().place_levels("lugoj") == ("lugoj", "timis", "romania")


def test_plain_titles_have_no_forms_or_places() -> None:
    roles = {w.role for w in parse("Asociația lunii în Timișoara 2024", plain=True).words}
    assert roles <= {Role.OWN, Role.COMMON, Role.NUMBER, Role.LINK}


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("inedu", "Inițiativă în Educație", True),
        ("cdpp", "Centrul de Dezvoltare Personală și Profesională", True),
        ("oncohelp", "Centrul de Oncologie", False),
        ("pax", "Asociația Culturală", False),
    ],
)
def test_an_acronym_is_made_of_beginnings(short: str, full: str, fits: bool) -> None:
    assert abbreviates(short, full) is fits


def test_one_slip_in_a_long_known_word_is_mended() -> None:
    assert respelled("asocatia") == "asociatia"
    assert respelled("timsoara") == "timisoara"
    assert respelled("filantropia") == "filantropia"


@given(st.text(max_size=60))
def test_any_text_is_a_name(text: str) -> None:
    name = parse(text)
    assert parse(text, plain=True).written == text
    assert all(word.text for word in name.words)


def test_a_line_that_is_no_name_costs_little() -> None:
    for broken in ("x" * 1_000_000, "a " * 500_000, "(" * 100_000, "Ab" * 50_000 + " – c"):
        assert len(parse(broken).words) <= 500


@given(st.sampled_from([one for pair in SAME_KEY for one in pair]))
def test_letters_do_not_count(name: str) -> None:
    key = parse(name).key
    assert parse(unicodedata.normalize("NFD", name)).key == key
    assert parse(f"  {name} ").key == key
    assert parse(name.translate(str.maketrans("șțȘȚ", "şţŞŢ"))).key == key


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(stem(fold(text))) <= len(fold(text))
