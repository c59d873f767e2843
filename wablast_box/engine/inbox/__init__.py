"""Conversations and their messages: every message in and out is a row here.

Tables: Conversation, Message (also the outbox), MessageStatus, Attachment.
Verbs: receive_messages, apply_statuses, assign, fetch (a customer's file).
Events: MessageReceived, MessageQueued, MessageChanged, ConversationChanged, ConversationAssigned.
"""
