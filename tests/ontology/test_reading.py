"""The loader checks the Turtle files hard, and says what to add."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ontology import compiled
from ontology.errors import UnknownWordError, VocabularyError
from ontology.loading import load_model
from ontology.reading import read_model
from ontology.turtle import HERE


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The Turtle files, free to be broken."""
    for folder in ("classes", "codes"):
        shutil.copytree(HERE / folder, tmp_path / folder)
    return tmp_path


def _broken(folder: Path, name: str, old: str, new: str) -> str:
    path = next(folder.glob(f"c*/{name}.ttl"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        read_model(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("grant", 'crs:target "Call"', 'crs:target "Cal"', "Grant.call points at the class 'Cal'"),
        ("grant", ' crs:target "Call" ;', "", "Grant.call is a reference: add `crs:target"),
        ("grant", '"decimal"', '"money"', "Grant.amount has crs:valueKind 'money'"),
        (
            "event",
            ' ; crs:codeList "EventType"',
            "",
            "Event.eventType is a code: add `crs:codeList",
        ),
        ("event", '"EventType"', '"Kinds"', "Event.eventType names the code list 'Kinds'"),
        (
            "event",
            'sh:name "participanți"@ro , "attendance"@en',
            'sh:name "attendance"@en',
            "Event.attendance needs sh:name in both languages",
        ),
        ("event", "sh:targetClass m8g:PublicEvent ;", "", "Event needs sh:targetClass"),
        ("event_type", 'skos:notation "meeting" ; ', "", "cr:eventMeeting needs skos:notation"),
        ("event_type", '"întâlnire"@ro , ', "", "EventType/meeting needs skos:prefLabel in both"),
        ("call", '; crs:about "closes" ; sh:sev', "; sh:sev", "crs:CallDeadline has sh:or: add"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_what_to_add(
    copy: Path, file: str, old: str, new: str, says: str
) -> None:
    assert says in _broken(copy, file, old, new)


def test_unknown_words_name_the_known_ones() -> None:
    model = load_model()
    with pytest.raises(UnknownWordError, match="There is no class 'Organization'"):
        model.cls("Organization")
    with pytest.raises(UnknownWordError, match=r"Call has no field 'deadline'.*closes"):
        model.cls("Call").property("deadline")
    with pytest.raises(UnknownWordError, match=r"'ngo' is not in the list .legal forms"):
        _ = model.codes["LegalForm"]["ngo"]


def test_every_kind_of_the_contract_is_a_class() -> None:
    kinds = [
        "ORGANISATION",
        "PROJECT",
        "PROGRAMME",
        "CALL",
        "GRANT",
        "WORKING_GROUP",
        "COUNCIL",
        "PLAN",
        "COMMITMENT",
        "ACTION",
        "TARGET",
        "PLATFORM",
        "STRATEGY",
        "LEGAL_ACT",
        "PLACE",
        "TOPIC",
        "EVENT",
    ]
    assert list(load_model().kinds) == kinds


def test_a_text_is_one_value_said_in_each_language() -> None:
    call = load_model().cls("Call")
    assert not call.property("label").many
    assert call.property("altLabels").many
    assert load_model().cls("Commitment").property("objectives").many


def test_an_inverse_field_reads_the_path_that_some_class_writes() -> None:
    model = load_model()
    written = {
        p.path for c in model.classes.values() for p in c.properties.values() if not p.inverse
    }
    for cls in model.classes.values():
        for prop in cls.properties.values():
            if prop.inverse:
                assert prop.path in written, (cls.name, prop.name)


def test_no_two_fields_of_a_class_share_a_path() -> None:
    for cls in load_model().classes.values():
        paths = [(p.path, p.inverse) for p in cls.properties.values()]
        assert len(paths) == len(set(paths)), cls.name


def test_no_two_classes_have_the_same_iri() -> None:
    iris = [cls.iri for cls in load_model().classes.values()]
    assert len(iris) == len(set(iris))


def test_a_function_is_no_legal_form() -> None:
    codes = load_model().codes["LegalForm"].codes.values()
    assert {code.value for code in codes if code.is_function} == {
        "cultural_institution", "student_organisation", "sports_club", "cluster",
        "international_body", "eu_body", "foundation_funder",
    }  # fmt: skip


def test_the_compiled_form_is_not_used_when_a_file_has_changed(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in HERE.glob("*.py"):
        shutil.copy(path, copy / path.name)
    shutil.copy(compiled.COMPILED, copy / "compiled.json")
    monkeypatch.setattr(compiled, "HERE", copy)
    monkeypatch.setattr(compiled, "COMPILED", copy / "compiled.json")
    assert compiled.load_compiled() is not None
    with (copy / "codes" / "unit.ttl").open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert compiled.load_compiled() is None


def test_loading_does_not_need_rdflib() -> None:
    program = "import sys, ontology.loading as m; m.load_model(); print('rdflib' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=HERE.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
