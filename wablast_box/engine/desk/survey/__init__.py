"""Surveys: after a conversation is resolved, the customer is asked how it was. Asked once, answered by a tap."""
