"""Arriving with more than a password: the second half of a sign-in, and passkeys alone."""
