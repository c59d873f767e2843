"""A conversation as a file to take along: PDF to read, CSV to count. Verb: export."""
