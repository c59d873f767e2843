"""Audit: who did what, in a log that only grows. Every line carries the hash of the one before it.

Table: AuditEntry. Verbs: record, come_from, prune, verify. Anybody above may record, inside the transaction of the deed.
"""
