"""Macros: several things done with a conversation by one press, one's own or everybody's."""
