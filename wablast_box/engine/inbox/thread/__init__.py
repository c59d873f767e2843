"""What staff read of a conversation besides its messages, and all of it in one order.

Tables: Note, NoteMention, ConversationActivity. Verbs: add_note, record. Queries: timeline.
Events: NoteAdded, NoteMentioned, ActivityAdded.
"""
