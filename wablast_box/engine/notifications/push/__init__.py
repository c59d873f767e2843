"""Web Push: news for browsers whose window is closed. Tables: PushDevice, Push (it is the queue), AlertPreference, Digest.

Verbs: register_device, revoke_device, queue_push (in the caller's transaction), send_due, change_preference.
"""
