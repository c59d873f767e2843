"""Nodes that ask a language model. What a customer writes is data to them: it chooses nothing outside of the owner's lists."""
