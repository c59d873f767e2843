"""The node types that come with the box. Each file is one family; BUILTIN in `catalogue` is the list."""
