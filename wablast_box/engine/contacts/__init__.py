"""The people who write in. Table: Contact. Verbs: find_or_create, apply_preference."""
