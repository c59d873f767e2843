"""The list of conversations: filters in words, pages, counts."""
