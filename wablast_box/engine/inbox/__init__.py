"""Every message in and out passes here.

Tables: Conversation, Message (also the outbox), MessageStatus, Attachment.
Verbs: receive_messages, apply_statuses, send_message, take_due and settle (the sender), assign, mark_read, show_typing, fetch.
Events: MessageReceived, MessageQueued, MessageChanged, ConversationChanged, ConversationAssigned.
"""
