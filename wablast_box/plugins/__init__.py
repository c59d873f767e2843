"""Code of others inside the box. Empty until the first door."""
