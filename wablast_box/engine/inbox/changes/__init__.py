"""What is said about a message afterwards: a reaction, an edit, a deletion. Each is a message row that names its target.

Nothing is written onto the target: what it shows is derived from all that is kept, so it does not matter how often or
in which order they arrive. The words that were written first are never lost.
"""
