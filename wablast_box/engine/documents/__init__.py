"""PDF papers. Empty until the first one is printed."""
