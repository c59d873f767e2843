"""What leaves the box for Meta. The rows are the inbox's messages: their state says what is still to be done.

Verbs: send_message, send_to, retry_message (decide and write the row), mark_read, show_typing, answer (as somebody).
`outbound` says what may be sent, `transmit` hands it to Meta. Events: MessageQueued, MessageChanged.
"""
