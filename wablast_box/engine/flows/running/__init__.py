"""A published flow with a real customer: turns are taken one at a time in a conversation, and every stretch of steps is one transaction."""
