"""Who of the staff hears of what happens in conversations when no window is open. No tables: it reads the event log.

Verbs: tell_news (pushes), send_digests (e-mail to the away).
"""
