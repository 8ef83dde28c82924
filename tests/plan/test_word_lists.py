"""Lists that Word numbers by itself: their marks stand nowhere in the text of the document."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

ROWS = (
    (0, "Titlu bun"), "Descriere:", "Ceva pe larg.", "Rezultate țintite:", (5, "Instruirea a 5 elevi"),
    (5, "Tipărirea a 20 de ghiduri"), "Acțiuni:", (1, "Hartă a orașului"), (1, "Ghid"), (0, "Titlu nou"),
    "Descriere:", "Altceva pe larg.", "Acțiuni:", (1, "Concurs"),
)  # fmt: skip


def word_file(first: str, second: str, *, style: str | None = None) -> bytes:
    """A Word file whose list levels are shown as `first` and `second`."""
    document = docx.Document()
    lists = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for n, shown in enumerate((first, second))
    )
    plain = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    for number, body in ((90, levels), (91, plain)):
        lists.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{body}</w:abstractNum>'
            ),
        )
        lists.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
            )
        )
    for row in ROWS:
        level, words = row if isinstance(row, tuple) else (None, row)
        paragraph = document.add_paragraph(words)
        if level is None:
            continue
        if level == 0 and style:
            paragraph.style = document.styles[style]
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().set(qn("w:val"), str(level % 5))
        properties.get_or_add_numId().set(qn("w:val"), "91" if level == 5 else "90")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A%1:", "A%1.%2."), ("A%1", "A%1.%2"), ("A%1.", "%1.%2."), ("Angajamentul %1:", "Acțiunea %1.%2:"),
        ("A%1:", "A.%1.%2"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("style", [None, "Heading 2"])
def test_codes_that_word_counts(first: str, second: str, style: str | None, read) -> None:
    doc = read(word_file(first, second, style=style), "plan.docx")
    assert [(c.code, c.title, [(a.code, a.title) for a in c.actions]) for c in doc.commitments] == [
        ("A1", "Titlu bun", [("A1.1", "Hartă a orașului"), ("A1.2", "Ghid")]),
        ("A2", "Titlu nou", [("A2.1", "Concurs")]),
    ]
    assert [(t.text, t.value) for t in doc.commitments[0].targets] == [
        ("Instruirea a 5 elevi", 5),
        ("Tipărirea a 20 de ghiduri", 20),
    ]
    assert not any("nu are cod" in one.message for one in doc.warnings)
