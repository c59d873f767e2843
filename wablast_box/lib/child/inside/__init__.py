"""What runs within such a process. Imported there; it knows nothing of the box's tables, settings and network."""
