"""The business. Synchronous, knows no web framework; floors from the ground up (see the import contracts)."""
