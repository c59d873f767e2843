"""Stories that a real browser plays, from the first command to the blue ticks."""
