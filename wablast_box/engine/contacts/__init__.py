"""The people who write in, and what the business wants to know of them.

Tables: Contact, ContactField, ContactValue, ContactAccount, ContactActivity. Verbs: find_or_create, apply_preferences,
add_field, change_field, delete_field, write_values, record. Events: ContactChanged, SamePersonFound, ContactsMerged.
"""
