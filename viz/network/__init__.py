"""The network page: a picture that the browser draws, and its twin in words.

    page                what the page shows, and the page as a file of its own
    data legend         what the script draws from; kinds with their shapes and colours
    rows                the tables of things and links, and measures as people read them
    texts               what the page says

Positions come from the server and physics is off, so the browser only draws; nothing is fetched
from elsewhere. The same data gives the same bytes.
"""

from viz.network.page import SCRIPTS, STATIC, Picture, network_page, picture
from viz.network.rows import share

__all__ = ["SCRIPTS", "STATIC", "Picture", "network_page", "picture", "share"]
