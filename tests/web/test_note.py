"""An official takes her shortlist along as a Word document: reasons, conditions, and the pages they rest on."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn
from fastapi.testclient import TestClient

from api.wiring import Installation
from viz.asked import Asked
from viz.pages.note import Note, note

CHOSEN = "pick=org/fitt&pick=org/fundatia-comunitara-timisoara&pick=programme/impuls-in-comunitate"


def read(client: TestClient, address: str):
    answer = client.get(address)
    assert answer.status_code == 200
    assert "wordprocessingml" in answer.headers["content-type"]
    return docx.Document(io.BytesIO(answer.content))


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_a_note_on_an_action_says_what_is_wanted_who_was_chosen_and_why(
    client: TestClient, lang: str
) -> None:
    page = client.get(f"/{lang}/actions/A1.3?{CHOSEN}").text
    assert "format=docx" in page
    document = read(client, f"/{lang}/actions/A1.3?{CHOSEN}&format=docx")
    heads = [p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert "A1.3" in heads[0]
    assert [head[:2] for head in heads if head[:1].isdigit()] == ["1.", "2.", "3."]
    assert "Fundația Județeană pentru Tineret Timiș" in " ".join(heads)
    text = "\n".join(p.text for p in document.paragraphs)
    assert "/100" in text
    assert ("Rezultate țintite" if lang == "ro" else "Target results") in heads
    assert ("Se poate depune?" if lang == "ro" else "May one apply?") in text
    paper = document.sections[0]
    assert (round(paper.page_width.mm), round(paper.page_height.mm)) == (210, 297)
    told = {mark.get(qn("w:val")) for mark in document.styles.element.iter(qn("w:lang"))}
    assert told == {"ro-RO" if lang == "ro" else "en-GB"}  # so that Word spells it right


def test_every_source_that_a_reason_names_by_number_stands_at_the_end_as_a_link(
    client: TestClient,
) -> None:
    document = read(client, f"/ro/actions/A1.3?{CHOSEN}&format=docx")
    lines = [p.text for p in document.paragraphs]
    listed = [line.split("]")[0] + "]" for line in lines if line.startswith("[")]
    assert listed
    cited = {f"[{at}]" for at in range(1, len(listed) + 1)}
    assert set(listed) == cited
    assert all(any(line.endswith(f" {one}") for line in lines) for one in cited)
    links = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert len(links) == len(listed)
    assert all(link.startswith("http") for link in links)


def test_an_idea_with_signs_that_no_document_can_hold_becomes_a_note_all_the_same(
    client: TestClient,
) -> None:
    document = read(client, "/en/match?text=youth%01festival&pick=org/fitt&format=docx")
    assert any("youth\ufffdfestival" in p.text for p in document.paragraphs)


def test_an_action_with_a_long_title_becomes_a_note_all_the_same(
    client: TestClient, installation: Installation
) -> None:
    """Properties of a document hold 255 letters; its heading holds the whole title."""
    title = "Școli și cartiere " * 30
    asked = Asked(installation.ground(), "ro", {}, {}, "/ro/match")
    made = note(asked, Note('Acțiunea "1"', title, "", ()), ())
    assert made.headers["content-disposition"].endswith('filename="resurse-Actiunea-1-.docx"')
    document = docx.Document(io.BytesIO(made.body))
    assert document.paragraphs[0].text == title
    assert title.startswith(document.core_properties.title)


def test_a_shortlist_made_with_an_id_of_another_time_is_kept_by_the_form(
    client: TestClient, installation: Installation
) -> None:
    """Any id that a thing ever had picks it, and its box is ticked."""
    (row,) = installation.snapshot.catalogue.records(["org/fitt"])
    assert row is not None
    other = next(f"{one['scheme']}:{one['value']}" for one in row.values["identifiers"])
    page = client.get("/ro/actions/A1.3", params={"pick": other}).text
    assert 'name="pick" value="org/fitt" checked' in page
    assert page.count('name="pick" value="org/fitt"') == 1
    assert f'value="{other}"' not in page


def test_from_one_action_of_the_plan_the_next_is_one_click_away(client: TestClient) -> None:
    """A1.7 is the last of its commitment: the first of the next one follows."""
    page = client.get("/ro/actions/A1.7").text
    assert 'rel="prev" href="/ro/actions/A1.6"' in page
    assert 'rel="next" href="/ro/actions/A2.1"' in page
    assert 'rel="prev"' not in client.get("/en/actions/A1.1").text
    assert 'rel="next"' not in client.get("/en/actions/A4.7").text
