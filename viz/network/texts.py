"""What the network page says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from ontology.errors import Said

TEXTS: Mapping[str, Said] = {
    "picture": Said("Imaginea rețelei", "The picture of the network"),
    "how": Said(
        "Mutați cu mausul sau cu degetul, apropiați cu rotița sau cu două degete; dublu clic deschide pagina. De la tastatură: "
        "săgețile dreapta și stânga trec prin vecini, jos pășește la vecin, sus se întoarce, Enter "
        "deschide pagina, Home merge la cel mai central.",
        "Drag to move, scroll or pinch to zoom, double-click to open a page. From the keyboard: right and "
        "left go through the neighbours, down steps onto one, up goes back, Enter opens its page, "
        "Home goes to the most central.",
    ),
    "filters": Said("Ce se vede în imagine", "What the picture shows"),
    "more_filters": Said("Filtre și aspect", "Filters and looks"),
    "look": Said("Cum se vede", "How it looks"),
    "search": Said("Caută în imagine", "Search the picture"),
    "found_none": Said("Nimic cu acest nume în imagine.", "Nothing by that name in the picture."),
    "found": Said("Găsite: {count}", "Found: {count}"),
    "kinds": Said(
        "Legendă: debifați ce nu vreți să vedeți", "Legend: untick what you do not want to see"
    ),
    "topic": Said("Temă", "Topic"),
    "topics_all": Said("toate temele", "all topics"),
    "year": Said("Anul", "Year"),
    "years_all": Said("toți anii", "all years"),
    "undated": Said("și legăturile fără dată", "undated links too"),
    "size": Said("Mărimea arată", "Size shows"),
    "colour": Said("Culoarea arată", "Colour shows"),
    "colour_kind": Said("felul", "the kind"),
    "colour_circle": Said("cercul", "the circle"),
    "hulls": Said("contururile cercurilor", "outlines of circles"),
    "edge_labels": Said("numele legăturilor", "names of links"),
    "zoom_in": Said("Apropie", "Zoom in"),
    "zoom_out": Said("Depărtează", "Zoom out"),
    "fit": Said("Toată imaginea", "Whole picture"),
    "save_png": Said("Salvează PNG", "Save PNG"),
    "save_svg": Said("Salvează SVG", "Save SVG"),
    "fold": Said("Strânge cercurile", "Fold the circles"),
    "folded": Said(
        "Sunt {things}: prea multe ca imaginea să rămână fluidă, așa că fiecare cerc de elemente "
        "strâns legate este un disc. Apăsați pe un disc ca să-l deschideți.",
        "There are {things}, too many for the picture to stay fluid, so each circle of close "
        "partners is one disc. Click a disc to open it.",
    ),
    "opened": Said("Deschis: {name}, {things}.", "Opened: {name}, {things}."),
    "opened_some": Said(
        "Deschis: {name}, primele {count} din {total}.",
        "Opened: {name}, the first {count} of {total}.",
    ),
    "more": Said("încă {count}", "{count} more"),
    "untied": Said("fără legături", "without ties"),
    "details": Said("Ales", "Selected"),
    "details_none": Said(
        "Alegeți un punct din imagine ca să vedeți ce este și cu ce se leagă.",
        "Select a dot in the picture to see what it is and what it is tied to.",
    ),
    "open_page": Said("Deschide pagina", "Open its page"),
    "open_circle": Said("Deschide cercul", "Open the circle"),
    "expand": Said("Arată vecinii", "Show its neighbours"),
    "expanded": Said("Adăugate: {count}.", "Added: {count}."),
    "expand_failed": Said(
        "Vecinii nu au putut fi aduși. Încercați din nou peste puțin timp.",
        "The neighbours could not be fetched. Try again in a moment.",
    ),
    "links": Said("Legături în imagine", "Links in the picture"),
    "community": Said("Cercul", "Circle"),
    "said_node": Said("{name}, {kind}, {links}.", "{name}, {kind}, {links}."),
    "said_neighbour": Said(
        "{sentence} Vecinul {at} din {count}: {name}, {kind}.",
        "{sentence} Neighbour {at} of {count}: {name}, {kind}.",
    ),
    "said_alone": Said(
        "{name} nu are vecini în imagine.", "{name} has no neighbours in the picture."
    ),
    "said_start": Said("Începutul drumului.", "The start of the walk."),
    "shown": Said("Se văd {things} și {links}.", "Showing {things} and {links}."),
    "twin": Said("Aceeași rețea, în cuvinte", "The same network in words"),
    "twin_things": Said("Elementele", "The things"),
    "twin_links": Said("Legăturile", "The links"),
    "twin_more": Said("Arată-le pe toate ({count})", "Show all ({count})"),
    "name": Said("Nume", "Name"),
    "kind": Said("Fel", "Kind"),
    "sentence": Said("Legătura", "The link"),
    "when": Said("Când", "When"),
    "since": Said("din {year}", "since {year}"),
    "until": Said("până în {year}", "until {year}"),
    "between": Said("{start}–{end}", "{start}–{end}"),
    "degree": Said("Legături", "Ties"),
    "betweenness": Said("Punte între alții", "Joins others"),
    "pagerank": Said("Importanță", "Importance"),
    "core": Said("Nucleu", "Core"),
    "measures": Said(
        "Legături: câte are. Punte între alții: a câta parte din drumurile cele mai scurte dintre "
        "celelalte trece prin el. Importanță: cât de legat este de cei bine legați (PageRank; în "
        "toată rețeaua fac 100 %). Nucleu: face parte dintr-un grup în care fiecare are cel puțin "
        "atâtea legături.",
        "Ties: how many it has. Joins others: the share of the shortest ways between the others that "
        "lead through it. Importance: how tied it is to the well tied (PageRank; the whole network "
        "makes 100%). Core: it belongs to a group in which each has at least so many ties.",
    ),
    "noscript": Said(
        "Imaginea are nevoie de JavaScript. Aceeași rețea este mai jos, în cuvinte.",
        "The picture needs JavaScript. The same network is below in words.",
    ),
    "title_city": Said("Rețeaua orașului", "The city's network"),
    "title_around": Said("Rețeaua din jurul: {name}", "The network around {name}"),
    "summary": Said("{things} și {links}.", "{things} and {links}."),
    "summary_cut": Said(
        "{nodes} din {things}, cele mai apropiate sau cele mai bine legate, și {links} între ele.",
        "{nodes} of {things}, the nearest or the best connected, and {links} between them.",
    ),
    "things": Said("{n} element|{n} elemente|{n} de elemente", "{n} thing|{n} things|{n} things"),
    "some_links": Said("{n} legătură|{n} legături|{n} de legături", "{n} link|{n} links|{n} links"),
    "sampled": Said(
        "Valoarea „punte între alții” este estimată.", "“Joins others” is an estimate."
    ),
}


def texts(lang: str) -> dict[str, str]:
    """All of them in one language."""
    return {name: said(lang) for name, said in TEXTS.items()}


def when(start: int | None, end: int | None, lang: str) -> str:
    """A span of years in words; empty when nothing is known."""
    if start is None and end is None:
        return ""
    if start == end:
        return str(start)
    name = "since" if end is None else "until" if start is None else "between"
    return TEXTS[name](lang).format(year=start if end is None else end, start=start, end=end)
