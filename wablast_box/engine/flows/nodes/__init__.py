"""The node types that come with the box. Empty until the first node."""
