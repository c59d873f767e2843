"""Pages for customers. Empty until the first one."""
