"""A link that opens a chat with the business, and its QR code for paper. Verbs: chat_link, qr_file."""
