"""Run within processes of their own: loaded there by name, given orders line by line, and killed when they take too long."""
