"""Keeping the box well: opening and migrating its folder, set-up, doctor, watching, figures, retention, logs.

Verbs: open_folder, migrate, store_number, subscribe_number, send_proof, examine, look, diagnostics, prune_….
Event: SettingsChanged.
"""
