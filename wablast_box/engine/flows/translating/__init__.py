"""Have a language model translate what a flow says: ordered by a person, worked off text by text, looked at by a person."""
