"""Flows to begin with, one file each: {"name", "help", "graph"}. `gallery` reads them."""
