"""What still has to be indexed. The index itself, tables `fts_…`, is SQLite's FTS5 or PostgreSQL's tsvector: no model fits both."""

from __future__ import annotations

from peewee import BigAutoField, BigIntegerField, TextField

from wablast_box.lib.db import BaseModel


class SearchDue(BaseModel):
    """A row that came, changed or went. Written by triggers, in the transaction of whoever changed it."""

    id = BigAutoField()
    kind = TextField()  # message, note, contact
    subject_id = BigIntegerField()


class SearchBacklog(BaseModel):
    """Rows from before there was an index: those below are still to come, newest first. The row goes when none is left."""

    kind = TextField(primary_key=True)
    below_id = BigIntegerField()
