"""The people behind the conversations, and everything staff do with them.

Table: ContactTag (the others belong to `contacts`). Verbs: create, edit, opt out and in, block, merge, export.
"""
