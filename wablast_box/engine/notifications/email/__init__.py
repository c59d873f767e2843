"""E-mail that the box writes: invitations, digests, tests. Table: Email (it is the queue).

Verbs: queue_email (in the caller's transaction), send_due, retry_email, change_account.
"""
