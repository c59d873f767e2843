"""Our automation graph. Empty until the first node."""
