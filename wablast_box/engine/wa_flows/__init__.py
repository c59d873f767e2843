"""Meta's native forms. Empty until the first one."""
