"""Sign in with Google: authorisation code with PKCE, known people only."""
