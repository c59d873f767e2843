"""Catalogue and orders. Empty until the first product."""
