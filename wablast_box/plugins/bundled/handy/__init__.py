"""Small nodes that shops in India ask for."""

from __future__ import annotations

from wablast_box.plugins.api import PluginAPI

from .nodes import Gst, PickLine, UpiLink


def register(box: PluginAPI) -> None:
    """Three nodes for the palette."""
    for kind in (Gst, UpiLink, PickLine):
        box.add_node(kind)
