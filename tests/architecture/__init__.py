"""What no type checker sees: the rules of the house, read from the source files themselves."""
