"""A flow leaves this box as a file and comes into another one: without what is ours, and with what it needs by name."""
