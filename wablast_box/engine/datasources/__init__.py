"""Other databases as a source. Empty until the first one can be connected."""
