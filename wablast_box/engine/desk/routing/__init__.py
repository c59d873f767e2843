"""Who answers a conversation that nobody has: given to somebody present in turn, or taken from the queue."""
