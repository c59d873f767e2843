"""What may be sent: every kind of message, held against WhatsApp's limits before a row is written."""
