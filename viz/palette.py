"""Colours and shapes of every kind, from the ontology, as CSS and SVG."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from ontology.loading import load_model

_SHAPES = {
    "dot": '<circle cx="8" cy="8" r="6"/>',
    "ellipse": '<ellipse cx="8" cy="8" rx="7" ry="5"/>',
    "square": '<rect x="2.5" y="2.5" width="11" height="11" rx="1"/>',
    "box": '<rect x="1.5" y="4" width="13" height="8" rx="1"/>',
    "diamond": '<path d="M8 1l7 7-7 7-7-7z"/>',
    "triangle": '<path d="M8 2l6.5 12h-13z"/>',
    "triangleDown": '<path d="M8 14L1.5 2h13z"/>',
    "star": '<path d="M8 1l2.1 4.6 5 .5-3.8 3.3 1.1 4.9L8 11.8l-4.4 2.5 1.1-4.9L.9 6.1l5-.5z"/>',
    "hexagon": '<path d="M4.5 2h7L15 8l-3.5 6h-7L1 8z"/>',
}


@cache
def kind_css() -> str:
    """One custom property per kind, for light and dark screens: the only place colours enter CSS."""
    kinds = load_model().kinds.values()
    light = "".join(f"--{c.name}:{c.colour};" for c in kinds)
    dark = "".join(f"--{c.name}:{c.dark_colour};" for c in kinds)
    rules = "".join(f".k-{c.name}{{--kind:var(--{c.name})}}" for c in kinds)
    return f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{rules}\n"


@cache
def shape(type_name: str) -> Markup:
    """The outline of a kind on a field of 16 by 16: kinds differ by it, never by colour alone."""
    cls = load_model().classes.get(type_name)
    return Markup(_SHAPES.get(cls.node_shape if cls else "dot", _SHAPES["dot"]))  # noqa: S704


@cache
def badge(type_name: str) -> Markup:
    """The small drawn sign of a kind: its shape in its colour; decorative, the kind's name stands beside it."""
    return Markup(
        '<svg class="badge k-{0}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{1}</svg>'
    ).format(
        type_name,
        shape(type_name),
    )
